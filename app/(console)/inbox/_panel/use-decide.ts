"use client";
import { reaching, unanswered } from "@/components/form/unreachable";
import { toast } from "@/components/ui/toast";
import type { ApproveInput, RejectInput } from "@/lib/approvals/schemas";
import type { ApprovalView } from "@/lib/inbox/panel";
import { visibleText } from "@/lib/kernel/visible-text";
import type { Result } from "@/lib/kernel/result";
import { approve, reject, undo } from "../actions";
import { approveInTurn } from "./approve-in-turn";
import { sendDecision } from "./held-decisions";
import type { Leaving } from "./panel-handle";
import { forgetPanel, refreshPanel } from "./panel-store";
import { offerUndo } from "./undo-held";

type Approved = Awaited<ReturnType<typeof approve>>;
type Rejected = Awaited<ReturnType<typeof reject>>;

export interface Decide {
  /** Approves what is shown at once: the item leaves before the server answered, and comes back if it refuses. */
  approveAtOnce: () => void;
  /** Approves from a form, which shows a refusal itself. */
  approveWith: (input: Omit<ApproveInput, "approvalId">) => Promise<Approved>;
  rejectWith: (input: Omit<RejectInput, "approvalId">) => Promise<Rejected>;
}

/** The two decisions on one approval, with what follows: the item leaves, the way back is offered for as long as there is one. */
export function useDecide(key: string, approval: ApprovalView, { onLeave, onReturn }: Leaving): Decide {
  const approvalId = approval.id;
  const { action, target } = approval.decision;
  const what = visibleText(target === null ? action.title : `${action.title} ${target}`);
  const seen = { argsHash: approval.argsHash };

  /** From a form: the time to undo runs from when the browser asked, whatever the two clocks say. */
  const undoFrom = (begunMs: number) => begunMs + approval.rules.undoSeconds * 1_000;
  const settled = (verb: "Approved" | "Rejected", released: boolean, until: number) => {
    forgetPanel(key);
    if (!released) {
      toast.done("Your approval counts", `${what}: others must approve it, too.`);
      return;
    }
    const title = `${verb}: ${what}`;
    if (until > Date.now()) {
      offerUndo({ key, title, until, onReturn, takeBack: () => reaching(() => undo({ approvalId })) });
      return;
    }
    toast.done(title);
  };

  const approveWith = async (input: Omit<ApproveInput, "approvalId">): Promise<Approved> => {
    const begunMs = Date.now();
    const result = await reaching(() => approve({ approvalId, ...input, seen: { ...seen, ...input.seen } }));
    if (result.ok) settled("Approved", result.value.state === "approved", undoFrom(begunMs));
    return result;
  };
  const approveOrReturn = async () => {
    const { result, undoUntil } = await approveInTurn({ approvalId, seen });
    if (result.ok) {
      settled("Approved", result.value.state === "approved", undoUntil ?? 0);
      return;
    }
    onReturn(key, "refused");
    refreshPanel(key);
    toast.error(`${unanswered(result.error) ? "No answer" : "Not approved"}: ${what}`, result.error.message);
  };
  return {
    approveWith: async (input) => leaveAfter(await approveWith(input), () => onLeave(key, "approved")),
    approveAtOnce: () => {
      const answer = approveOrReturn();
      onLeave(key, "approved", answer);
      sendDecision([key], answer);
    },
    rejectWith: async (input) => {
      const begunMs = Date.now();
      const result = await reaching(() => reject({ approvalId, ...input }));
      if (result.ok) settled("Rejected", true, undoFrom(begunMs));
      return leaveAfter(result, () => onLeave(key, "rejected"));
    },
  };
}

function leaveAfter<T>(result: Result<T>, leave: () => void): Result<T> {
  if (result.ok) leave();
  return result;
}
