"use client";
import { CirclePause, CirclePlay } from "lucide-react";
import { useState } from "react";

import { resume, suspend } from "@/app/(console)/agents/actions";
import type { AgentStatus } from "@/components/domain/agent-status-badge";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

interface AgentActionsProps {
  id: string;
  name: string;
  status: AgentStatus;
  maySuspend: boolean;
  mayResume: boolean;
}

/** Stop and start of an agent. Both say why: others must be able to read it afterwards. */
export function AgentActions({ id, name, status, maySuspend, mayResume }: AgentActionsProps) {
  const [open, setOpen] = useState(false);
  const suspendable = status === "active" && maySuspend;
  const resumable = status === "suspended" && mayResume;
  useHotkeys(
    [
      {
        keys: "shift+s",
        label: suspendable ? `Suspend ${name}` : `Resume ${name}`,
        group: "Agent",
        palette: true,
        run: () => setOpen(true),
      },
    ],
    { enabled: suspendable || resumable },
  );
  if (suspendable) {
    return (
      <ReasonDialog
        title={`Suspend ${name}`}
        description="Its next decision, in any run, is a deny. Running work is not undone."
        confirm="Suspend"
        open={open}
        onOpenChange={setOpen}
        action={(fields) => suspend({ id, reason: fields.text("reason") })}
        onDone={() => toast.success(`${name} is suspended`)}
        trigger={
          <Button variant="danger-quiet">
            <CirclePause aria-hidden />
            Suspend
          </Button>
        }
      />
    );
  }
  if (!resumable) return null;
  return (
    <ReasonDialog
      title={`Resume ${name}`}
      description="It may act again at once, within the remit that it had."
      confirm="Resume"
      tone="primary"
      open={open}
      onOpenChange={setOpen}
      action={(fields) => resume({ id, reason: fields.text("reason") })}
      onDone={() => toast.success(`${name} is active`)}
      trigger={
        <Button variant="primary">
          <CirclePlay aria-hidden />
          Resume
        </Button>
      }
    />
  );
}
