import { isDecisionCode, type DecisionCode } from "@/lib/decisions/codes";

/** Whose word the denial rests on: a rule of a policy, or what the agent is granted and which tier it has. */
export type AppealSubject = "policy" | "authority";

const SUBJECTS: Partial<Record<DecisionCode, AppealSubject>> = {
  policy_denied: "policy",
  policy_conflict: "policy",
  policy_error: "policy",
  missing_source: "policy",
  not_granted: "authority",
  tier_denies: "authority",
};

/**
 * Who can answer an appeal against a denial; null for one that is no judgement: a stopped agent or run, arguments that do not fit,
 * evidence that is missing, an approval that does not hold, a limit. There the agent has to do something, or a person to lift the stop.
 */
export const appealSubject = (code: string): AppealSubject | null =>
  isDecisionCode(code) ? (SUBJECTS[code] ?? null) : null;
