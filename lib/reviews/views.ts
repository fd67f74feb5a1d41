export const REVIEW_STATES = [
  "waiting",
  "accepted",
  "rolling_back",
  "rolled_back",
  "rollback_failed",
  "lapsed",
] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What happens when nobody looked within the window: it stands, it is asked once more of everybody above, or it is undone. */
export const LAPSES = ["accept", "escalate", "rollback"] as const;
export type Lapse = (typeof LAPSES)[number];

/**
 * How a person stands to a review: may decide it, or why not. `excluded`: the run acted on their behalf (invariant I3); `no_role`: they only
 * see it; `due`: its window is over and the worker is about to do what the rule says; `settled`: it has been decided.
 */
export type ReviewStanding = "may_decide" | "excluded" | "no_role" | "due" | "settled";

export type Risk = "low" | "medium" | "high";

/** How a rollback is carried out: the system's receiver is called, or the agent's software fetches a task. */
export type RollbackVia = "webhook" | "task";
export type RollbackState = "waiting" | "running" | "done" | "failed" | "cancelled";
