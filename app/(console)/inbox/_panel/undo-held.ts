"use client";
import { toast } from "@/components/ui/toast";
import { dropHeld, latestDecision, type Held } from "./held-decisions";
import { forgetPanel, refreshPanel } from "./panel-store";

type Undoable = Omit<Held, "until">;

/** Takes a decision back: the latest of this tab, unless one is named. Says so when there is none any more. */
export async function undoHeld(announce: (message: string) => void, named?: Undoable): Promise<void> {
  const one = named ?? (await latestDecision());
  if (one === "refused") return;
  if (one === null) {
    toast.info("Nothing to undo", "What was decided has reached the agent, or was undone.");
    return;
  }
  dropHeld(one.key);
  toast.dismiss(one.key);
  const result = await one.takeBack();
  forgetPanel(one.key);
  if (!result.ok) {
    toast.error(result.error.message);
    refreshPanel(one.key);
    return;
  }
  one.onReturn(one.key);
  refreshPanel(one.key);
  toast.info("Taken back", one.title);
  announce(`Taken back. ${one.title} waits again.`);
}
