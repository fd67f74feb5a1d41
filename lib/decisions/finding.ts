import type { Contact } from "@/lib/approvals/route/contacts";
import type { Asked } from "@/lib/approvals/route/plan";
import type { Amounts } from "@/lib/budgets/envelope";
import type { TatUs } from "@/lib/budgets/rate";
import type { DecisionCode } from "@/lib/decisions/codes";
import type { CheckName, CheckOutcome, Outcome, Request, Snapshot, Usage } from "@/lib/decisions/types";
import type { ActionView, AgentView, GrantView } from "@/lib/decisions/views";
import type { JsonObject } from "@/lib/kernel/json";
import type { PolicyFindings } from "@/lib/policies/evaluate";

/** What a check looks at. Everything is given; a check looks nothing up. */
export interface CheckContext {
  readonly snapshot: Snapshot;
  readonly request: Request;
  readonly usage: Usage;
  readonly now: Date;
  readonly nowMs: number;
  /** undefined: not in the snapshot. */
  readonly agent: AgentView | undefined;
  /** undefined: not in the catalogue. */
  readonly action: ActionView | undefined;
  readonly policy: PolicyFindings;
  /** Whether a grant's condition is true of this request; a condition that errs is not. */
  holds(grant: GrantView): boolean;
}

/** One thing that only a person can answer. */
export interface Question {
  /** Stable: an approval answers questions by name. */
  name: string;
  /** null: whoever is nearest above. */
  to: readonly Contact[] | null;
  next?: Asked["next"];
  /** So many distinct people must agree; absent is one. */
  quorum?: number;
  /** The agent's accountable owner must not decide it. */
  excludeOwner?: boolean;
  deadlineMs: number | null;
}

/** A check's outcome with what the decision is made of beside the trace. */
export interface Finding {
  readonly outcome: CheckOutcome;
  /** What the agent is told, where it is more than the code's default message. */
  readonly told?: string;
  readonly questions?: readonly Question[];
  /** Of a review: how long it may take; absent is the default. */
  readonly reviewMs?: number;
  readonly grantIds?: readonly string[];
  /** Of the rate check: the run's bucket afterwards. */
  readonly runTatUs?: TatUs;
  readonly retryAfterMs?: number;
  /** Of the budget check, where envelopes bind: what would be reserved. */
  readonly asked?: Amounts;
  /** No person can answer it: the one whom the run acts for must sign in again. */
  readonly reauthentication?: true;
}

export type Check = (context: CheckContext) => Finding;

/** A finding without questions. */
export function found(
  check: CheckName,
  outcome: Exclude<Outcome, "escalate">,
  code: DecisionCode,
  message: string,
  saw: JsonObject = {},
  more: Omit<Finding, "outcome"> = {},
): Finding {
  return { outcome: { check, outcome, code, message, saw }, ...more };
}

/** A finding that asks a person. */
export function asks(
  check: CheckName,
  code: DecisionCode,
  message: string,
  saw: JsonObject,
  questions: readonly Question[],
  told?: string,
): Finding {
  const outcome: CheckOutcome = {
    check,
    outcome: "escalate",
    code,
    message,
    saw,
    questions: questions.map((one) => one.name),
  };
  return told === undefined ? { outcome, questions } : { outcome, questions, told };
}

/** Values in a trace are small: the whole request is stored beside it. */
export const brief = (text: string, length = 120): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
