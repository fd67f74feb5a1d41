"use client";
import { toast } from "@/components/ui/toast";
import { formatCount } from "@/components/ui/format/number";
import { dropHeld, heldDecision, heldDecisions, holdDecision, latestDecision, type Held } from "./held-decisions";
import { forgetPanel, refreshPanel } from "./panel-store";

type Undoable = Omit<Held, "until">;

/** The one message that offers to take something back: whoever decides twice a second is not to look at ten of them. */
const OFFER = "undo";

/** Keeps a decision that can still be taken back, and says so for as long as it can be. */
export function offerUndo(announce: (message: string) => void, one: Held): void {
  holdDecision(one);
  announce(`${one.title}. U takes it back.`);
  showOffer(announce);
}

/** The latest, and how many before it; nothing once there is none. */
function showOffer(announce: (message: string) => void): void {
  const latest = heldDecision();
  if (latest === null) {
    toast.dismiss(OFFER);
    return;
  }
  const before = heldDecisions() - 1;
  toast.held(OFFER, latest.title, {
    untilMs: latest.until,
    description: before > 0 ? `U takes it back, then the ${formatCount(before)} before` : undefined,
    undo: () => void undoHeld(announce, latest),
  });
}

/** Takes a decision back: the latest of this tab, unless one is named. Says so when there is none any more. */
export async function undoHeld(announce: (message: string) => void, named?: Undoable): Promise<void> {
  const one = named ?? (await latestDecision());
  if (one === "refused") return;
  if (one === null) {
    toast.info("Nothing to undo", "What was decided has reached the agent, or was undone.");
    return;
  }
  dropHeld(one.key);
  showOffer(announce);
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
