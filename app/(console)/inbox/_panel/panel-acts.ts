import { toast } from "@/components/ui/toast";
import type { PanelHandle } from "./panel-handle";

/** What one presses on an item that is answered in its own way: the button that agrees with it, and the one that does not. */
export type PanelAct = "approve" | "reject";

/**
 * Presses the button that the panel marks with `data-act`, as its key; says so where there is none to press. One that acts at once, and
 * asks nothing, is only led to: whoever goes through requests with one key does not classify an action on the way.
 */
export function pressAct(act: PanelAct): void {
  // The evidence of the next item stands ready, out of sight.
  const button = [...document.querySelectorAll<HTMLElement>(`[data-act="${act}"]`)].find(
    (one) => one.getClientRects().length > 0,
  );
  if (button?.getAttribute("aria-haspopup") === "dialog") button.click();
  else if (button !== undefined) button.focus();
  else toast.note(act === "approve" ? "Nothing here is yours to approve" : "Nothing here is yours to reject");
}

const onlyRequests = () => toast.note("That is for requests that wait for an approval");

/** The keys of what is neither request nor review: its own two buttons, and the way back from the last decision. */
export const plainHandle = (undo: () => void): PanelHandle => ({
  approve: () => pressAct("approve"),
  reject: () => pressAct("reject"),
  approveWithComment: () => pressAct("approve"),
  edit: onlyRequests,
  ask: onlyRequests,
  comment: onlyRequests,
  claim: onlyRequests,
  snooze: onlyRequests,
  undo,
});
