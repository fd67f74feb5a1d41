import type { ApprovalState } from "@/lib/approvals/views";
import type { Overturned } from "@/lib/measures/outcomes";
import type { AgeId } from "@/lib/measures/ages";

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
  states: readonly ApprovalState[];
  overturned: readonly Overturned[];
  /** Approved by somebody in less than five seconds. */
  quick: boolean;
  /** What waits now, for so long; of the above, only agents and actions apply to it. */
  ages: readonly AgeId[];
  /** Those that ended first come first; without it the last. */
  ascending: boolean;
  page: number;
  /** At most 100. */
  pageSize: number;
}
