"use client";
import { Pencil } from "lucide-react";
import { useState } from "react";

import { agentChanges, type EditedAgent } from "@/app/(console)/agents/_edit/agent-changes";
import { AgentFields, readAgent } from "@/app/(console)/agents/_edit/agent-fields";
import { change } from "@/app/(console)/agents/actions";
import { DialogActions } from "@/components/form/dialog-actions";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { PersonChoice } from "@/lib/agents/chart-choices";
import { ok } from "@/lib/kernel/result";

interface EditAgentProps {
  agent: EditedAgent;
  people: readonly PersonChoice[];
  /** Other agents that it may be allowed to hand work to. */
  others: readonly { slug: string; name: string }[];
  systems: readonly { id: string; name: string }[];
}

/** Changes what an agent is: of what belongs to its boundary a new version is made, so that a run names what it ran under. */
export function EditAgent({ agent, people, others, systems }: EditAgentProps) {
  const [open, setOpen] = useState(false);
  useHotkeys([
    { keys: "shift+e", label: `Edit ${agent.name}`, group: "Agent", palette: true, run: () => setOpen(true) },
  ]);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Pencil aria-hidden />
          Edit
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Edit ${agent.name}`}
        description={`A changed boundary becomes version ${agent.version + 1}. Runs under way keep theirs.`}
        className="max-w-xl"
      >
        <EditForm agent={agent} people={people} others={others} systems={systems} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function EditForm({ agent, people, others, systems, onDone }: EditAgentProps & { onDone: () => void }) {
  // As it was opened: the page behind may be refreshed meanwhile.
  const [before] = useState(agent);
  const [words, setWords] = useState({
    systemsRead: before.boundary.systemsRead,
    systemsWritten: before.boundary.systemsWritten,
    neverData: before.boundary.neverData,
    delegates: before.boundary.delegates,
  });
  return (
    <Form
      aria-label={`Edit ${before.name}`}
      className="min-h-0 gap-0"
      action={async (fields) => {
        const changes = agentChanges(before, readAgent(fields, words));
        return changes === null ? ok(null) : await change({ id: before.id, ...changes });
      }}
      onSuccess={(made) => {
        onDone();
        if (made === null) toast.info("Nothing was changed");
        else if (made.version > before.version)
          toast.success(`Version ${made.version} is in force`, "From its next decision on.");
        else toast.success(`${before.name} is changed`);
      }}
    >
      <DialogBody className="flex flex-col gap-4 pt-1">
        <AgentFields
          agent={before}
          people={people}
          others={others}
          systems={systems}
          words={words}
          onWords={setWords}
        />
      </DialogBody>
      <DialogActions>
        <SubmitButton>Save</SubmitButton>
      </DialogActions>
    </Form>
  );
}
