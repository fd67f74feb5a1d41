"use client";
import { Plus } from "lucide-react";
import { useState } from "react";

import { NewAgentDialog } from "@/app/(console)/agents/_edit/new-agent-dialog";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import type { ChartChoices } from "@/lib/agents/chart-choices";

/** The button of the agents' page. */
export function NewAgent({ choices, ownerId }: { choices: ChartChoices; ownerId: string }) {
  const [open, setOpen] = useState(false);
  useHotkeys([{ keys: "n", label: "New agent", group: "Agents", palette: true, run: () => setOpen(true) }]);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New agent
      </Button>
      <NewAgentDialog choices={choices} ownerId={ownerId} open={open} onOpenChange={setOpen} />
    </>
  );
}
