import type { Part } from "@/lib/decisions/explain";
import type { DraftFault } from "@/lib/policies/drafts/faults";
import type { SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { RuleEffect } from "@/lib/policies/schemas";

/** A decision that a rule can be tried on. */
export interface TryCandidate {
  id: string;
  agent: string;
  action: string;
  title: string;
  /** Agent's text: what it was done to. */
  target: string | null;
  effect: SimulatedOutcome;
  mode: "live" | "shadow";
  at: string;
}

/** What a draft would have answered to one past decision, beside what the rules in force answer to the same request now. */
export interface TryResult {
  decision: TryCandidate;
  before: TriedAnswer;
  after: TriedAnswer;
  /** Rules of the draft that are about the decision's agent and action, in their order. */
  rules: TriedRule[];
  /** Rules of the draft that could not be tried, because they are not finished. */
  unfinished: DraftFault[];
  notes: TryNote[];
}

export interface TriedAnswer {
  outcome: SimulatedOutcome;
  code: string;
  /** What the agent is told. */
  message: string;
}

export interface TriedRule {
  rule: string;
  effect: RuleEffect;
  /** `error`: its condition could not be evaluated; a rule other than `allow` then counts as matched. */
  said: "matched" | "not_matched" | "error";
  error: string | null;
  when: string | null;
  /** The condition's parts and what they came to; null without a condition. */
  condition: Part | null;
}

/** Why the answers may differ from what the gate would have said: shown beside them. */
export type TryNote = "standing" | "incomplete" | "differs_from_stored";
