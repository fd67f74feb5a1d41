import type { Overturned } from "@/lib/measures/outcomes";
import type { AgeId } from "@/lib/measures/waiting";

export const OUTCOME_STATES = ["approved", "rejected", "expired", "cancelled", "waiting"] as const;
export type OutcomeState = (typeof OUTCOME_STATES)[number];

/** The approvals behind a number. Empty lists leave open. */
export interface OutcomeFilter {
  /** UTC days on which they ended, both included. */
  from: string;
  to: string;
  agents: readonly string[];
  /** People by id. */
  reviewers: readonly string[];
  causes: readonly string[];
  actions: readonly string[];
  states: readonly OutcomeState[];
  overturned: readonly Overturned[];
  /** Approved by somebody in less than five seconds. */
  quick: boolean;
  /** What waits now, for so long; nothing of the above but agents applies to it. */
  age: AgeId | null;
  page: number;
  /** At most 100. */
  pageSize: number;
}
