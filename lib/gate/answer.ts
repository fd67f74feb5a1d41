import type { BudgetAnswer } from "@/lib/budgets/answer";
import type { Effect } from "@/lib/decisions/types";
import type { Planned } from "@/lib/gate/evaluate";
import type { DecisionAnswer } from "@/lib/gate/wire";

/** Where the waiting agent asks for the outcome, relative to the gate's address. */
const waitUrl = (approvalId: string): string => `/api/v1/approvals/${approvalId}?wait=30`;

/** What is kept of a decision, and all that its answer is made of: a repeat is answered from the store exactly as the first time. */
interface Recorded {
  decisionId: string;
  effect: Effect;
  code: string;
  message: string;
  mode: "live" | "shadow";
  reviewDeadline: Date | null;
  approval: { id: string; deadline: Date } | null;
  /** Of `rate_limited`. */
  retryAfterMs: number | null;
  budget: BudgetAnswer;
}

/** Its text. */
export function answerFrom(recorded: Recorded): string {
  const { decisionId, effect, code, message, approval, reviewDeadline, mode, retryAfterMs, budget } = recorded;
  const answer: DecisionAnswer = {
    decisionId,
    effect,
    code,
    message,
    ...(approval && {
      approval: { id: approval.id, deadline: approval.deadline.toISOString(), waitUrl: waitUrl(approval.id) },
    }),
    ...(reviewDeadline && { review: { deadline: reviewDeadline.toISOString() } }),
    ...(retryAfterMs !== null && { retryAfterMs }),
    ...(mode === "shadow" && { shadow: true as const }),
    windDown: budget.windDown,
    remaining: budget.remaining,
  };
  return JSON.stringify(answer);
}

/** The text of the answer to a decision, once it is committed. */
export function answerOf({ id, decision, approvalId, asked }: Planned): string {
  return answerFrom({
    decisionId: id,
    effect: decision.effect,
    code: decision.code,
    message: decision.message,
    mode: asked.entry.state.mode,
    reviewDeadline: decision.review?.deadline ?? null,
    budget: decision.budget,
    retryAfterMs: decision.code === "rate_limited" ? decision.retryAfterMs : null,
    approval:
      approvalId !== null && decision.escalation ? { id: approvalId, deadline: decision.escalation.deadline } : null,
  });
}
