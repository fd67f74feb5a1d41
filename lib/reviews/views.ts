import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { Json, JsonObject } from "@/lib/kernel/json";
import type { Planned } from "@/lib/rollbacks/plan";
import type { RunTrail } from "@/lib/runs/timeline";

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

/** One review with everything that a person needs to decide it, and how its rollbacks went. */
export interface ReviewDetail {
  id: string;
  /** A waiting one whose window is over is `lapsed` for people, before the worker does what its rule says. */
  state: ReviewState;
  risk: Risk;
  onLapse: Lapse;
  createdAt: Date;
  deadline: Date;
  escalatedAt: Date | null;
  decidedAt: Date | null;
  decidedBy: { id: string; name: string } | null;
  comment: string | null;
  /** Until then whoever decided can take it back. */
  releaseAt: Date | null;
  endedAt: Date | null;
  incidentId: string | null;
  standing: ReviewStanding;
  /** The viewer decided it, and can still take it back. */
  mayUndo: boolean;
  decision: DecisionDetail;
  trail: RunTrail;
  /** What the agent reported came of it; null: nothing so far. */
  reported: { ok: boolean; result: Json; error: Json; at: Date; cut: boolean } | null;
  /** Of its run so far, decimal micro-USD; `unpriced` calls are not in it. */
  cost: { microUsd: string; unpriced: number };
  /** What rolling it back would do now, or why it cannot be; null where nobody can order it any more. */
  plan: Planned | null;
  rollbacks: RollbackView[];
  undoSeconds: number;
  /** The server's clock when it was read. */
  now: Date;
}

/** A rollback and how it went, the latest first. */
export interface RollbackView {
  id: string;
  action: string;
  title: string;
  args: JsonObject;
  via: RollbackVia;
  state: RollbackState;
  /** Null: the rule. */
  requestedBy: string | null;
  reason: string;
  requestedAt: Date;
  releaseAt: Date;
  deadline: Date;
  nextAt: Date;
  attempts: number;
  detail: string | null;
  endedAt: Date | null;
  tries: { number: number; at: Date; durationMs: number | null; statusCode: number | null; error: string | null }[];
}

export interface ReviewRow {
  id: string;
  state: ReviewState;
  risk: Risk;
  onLapse: Lapse;
  action: string;
  actionTitle: string;
  target: string | null;
  agent: { id: string; slug: string; name: string };
  createdAt: Date;
  deadline: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  runId: string;
}
