"use client";
import { reaching, unanswered } from "@/components/form/unreachable";
import { painted } from "@/components/ui/painted";
import { toast } from "@/components/ui/toast";
import type { ReviewView } from "@/lib/inbox/panel";
import { visibleText } from "@/lib/kernel/visible-text";
import { accept, rollBack, undo } from "../../reviews/actions";
import { decidedLately, sendDecision } from "./held-decisions";
import type { Leaving } from "./panel-handle";
import { forgetPanel, refreshPanel } from "./panel-store";
import { offerUndo, undoHeld } from "./undo-held";

type Accepted = Awaited<ReturnType<typeof accept>>;
type RolledBack = Awaited<ReturnType<typeof rollBack>>;

export interface ReviewActs {
  /** The item leaves before the server answered, and comes back if it refuses. */
  acceptAtOnce: () => void;
  /** From a form, which shows a refusal itself. */
  acceptWith: (comment: string | undefined) => Promise<Accepted>;
  rollBackWith: (reason: string) => Promise<RolledBack>;
  takeBack: () => void;
}

/** What can be done with one review, with what follows: the item leaves, the way back is offered for as long as there is one. */
export function useReview(key: string, review: ReviewView, { onLeave, onReturn }: Leaving): ReviewActs {
  const { id: reviewId, decision } = review;
  const { action, target } = decision;
  const what = visibleText(target === null ? action.title : `${action.title} ${target}`);
  const takeBack = () => reaching(() => undo({ reviewId }));
  const heldAs = (title: string) => ({ key, title, onReturn, takeBack });

  /** `begunMs`: when the browser asked; the time to undo runs from then, whatever the two clocks say. */
  const settled = (title: string, begunMs: number, undoable: boolean) => {
    forgetPanel(key);
    const untilMs = begunMs + review.undoSeconds * 1_000;
    if (undoable && untilMs > Date.now()) {
      offerUndo({ ...heldAs(title), until: untilMs });
      return;
    }
    toast.done(title);
  };
  const acceptNow = async (comment: string | undefined): Promise<Accepted> => {
    const begunMs = Date.now();
    const result = await reaching(() => accept({ reviewId, ...(comment !== undefined && { comment }) }));
    if (result.ok) settled(`Accepted: ${what}`, begunMs, true);
    return result;
  };
  /** The latest decision of this tab, which may be on its way still; else this one, which another tab made. */
  const takeBackLatest = () => void undoHeld(!decidedLately() && review.mayUndo ? heldAs(what) : undefined);
  const acceptOrReturn = async () => {
    await painted();
    const result = await acceptNow(undefined);
    if (result.ok) return;
    onReturn(key, "refused");
    refreshPanel(key);
    toast.error(`${unanswered(result.error) ? "No answer" : "Not accepted"}: ${what}`, result.error.message);
  };
  return {
    acceptAtOnce: () => {
      const answer = acceptOrReturn();
      onLeave(key, "approved", answer);
      sendDecision([key], answer);
    },
    acceptWith: async (comment) => {
      const result = await acceptNow(comment);
      if (result.ok) onLeave(key, "approved");
      return result;
    },
    rollBackWith: async (reason) => {
      const begunMs = Date.now();
      const result = await reaching(() => rollBack({ reviewId, reason }));
      if (!result.ok) return result;
      // A second try, after one that failed, is on its way at once.
      settled(`To be rolled back: ${what}`, begunMs, review.state === "waiting");
      onLeave(key, "rejected");
      return result;
    },
    takeBack: takeBackLatest,
  };
}
