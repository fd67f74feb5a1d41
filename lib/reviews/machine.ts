import type { Lapse, ReviewStanding, ReviewState } from "@/lib/reviews/views";

/** What the rules of a review depend on. */
export interface ReviewRecord {
  readonly state: ReviewState;
  /** When it was done: the window is from then to the first deadline. */
  readonly createdAt: Date;
  readonly deadline: Date;
  readonly onLapse: Lapse;
  readonly excludedIds: readonly string[];
  readonly escalatedAt: Date | null;
  readonly decidedById: string | null;
  /** Until then whoever decided can take it back. */
  readonly releaseAt: Date | null;
}

/** What can happen to one. `holdsRole`: the person may decide for the agent's node now. `possible`: what is to be done can be derived. */
export type ReviewEvent =
  | { kind: "accept" | "roll_back"; by: string; holdsRole: boolean; at: Date; releaseAt: Date }
  | { kind: "undo"; by: string; at: Date }
  | { kind: "lapse"; at: Date; possible: boolean }
  | { kind: "done" | "fail"; at: Date };

export type ReviewRefusal = "not_waiting" | "not_yours" | "not_due" | "released";
type ReviewStep = { ok: true; record: ReviewRecord } | { ok: false; refusal: ReviewRefusal };

/** The longest that a second window lasts, and the shortest: who is asked then must have time to come. */
const AGAIN_MAX_MS = 7 * 86_400_000;
const AGAIN_MIN_MS = 60_000;

/**
 * waiting → accepted, or rolling_back → rolled_back or rollback_failed (from which a person may try again), or what its rule says when nobody
 * looked in time. Nobody decides one who is excluded or holds no role for the agent (invariant I3), nor after the window. What was decided can
 * be taken back until it is released, by whoever decided. The commands write the same steps under the row's lock, so that of many at once
 * exactly one happens.
 */
export function step(record: ReviewRecord, event: ReviewEvent): ReviewStep {
  switch (event.kind) {
    case "accept":
    case "roll_back":
      return decided(record, event);
    case "undo":
      return undone(record, event);
    case "lapse":
      return lapsed(record, event);
    case "done":
    case "fail":
      if (record.state !== "rolling_back") return refused("not_waiting");
      if (record.releaseAt !== null && event.at < record.releaseAt) return refused("not_due");
      return moved(record, { state: event.kind === "done" ? "rolled_back" : "rollback_failed" });
  }
}

/** How a person stands to it. The console shows it; the command decides anew. */
export function reviewStanding(
  record: Pick<ReviewRecord, "state" | "deadline" | "excludedIds">,
  personId: string,
  holdsRole: boolean,
  now: Date,
): ReviewStanding {
  const again = record.state === "rollback_failed";
  if (record.state !== "waiting" && !again) return "settled";
  if (record.excludedIds.includes(personId)) return "excluded";
  if (!holdsRole) return "no_role";
  return again || now < record.deadline ? "may_decide" : "due";
}

/** End of the second window: as long as the first was. */
export function secondDeadline({ createdAt, deadline }: Pick<ReviewRecord, "createdAt" | "deadline">, now: Date): Date {
  const windowMs = deadline.getTime() - createdAt.getTime();
  return new Date(now.getTime() + Math.min(AGAIN_MAX_MS, Math.max(AGAIN_MIN_MS, windowMs)));
}

function decided(record: ReviewRecord, event: ReviewEvent & { kind: "accept" | "roll_back" }): ReviewStep {
  const { kind, by, at, releaseAt } = event;
  // What failed can be tried again, not be accepted after all: the action stands, and an incident says so.
  if (kind === "accept" && record.state === "rollback_failed") return refused("not_waiting");
  const standing = reviewStanding(record, by, event.holdsRole, at);
  if (standing === "settled" || standing === "due") return refused("not_waiting");
  if (standing !== "may_decide") return refused("not_yours");
  // A second try is not taken back: it would have to become a failure again.
  const release = record.state === "rollback_failed" ? at : releaseAt;
  const state = kind === "accept" ? "accepted" : "rolling_back";
  return moved(record, { state, decidedById: by, releaseAt: release });
}

function undone(record: ReviewRecord, { by, at }: { by: string; at: Date }): ReviewStep {
  if (record.state !== "accepted" && record.state !== "rolling_back") return refused("not_waiting");
  if (record.decidedById !== by) return refused("not_yours");
  const inTime = record.releaseAt !== null && at < record.releaseAt && at < record.deadline;
  return inTime ? moved(record, { state: "waiting", decidedById: null, releaseAt: null }) : refused("released");
}

function lapsed(record: ReviewRecord, { at, possible }: { at: Date; possible: boolean }): ReviewStep {
  if (record.state !== "waiting") return refused("not_waiting");
  if (at < record.deadline) return refused("not_due");
  switch (record.onLapse) {
    case "accept":
      return moved(record, { state: "lapsed" });
    case "rollback":
      return moved(record, possible ? { state: "rolling_back", releaseAt: at } : { state: "rollback_failed" });
    case "escalate":
      if (record.escalatedAt !== null) return moved(record, { state: "lapsed" });
      return moved(record, { escalatedAt: at, deadline: secondDeadline(record, at) });
  }
}

const moved = (record: ReviewRecord, change: Partial<ReviewRecord>): ReviewStep => ({
  ok: true,
  record: { ...record, ...change },
});
const refused = (refusal: ReviewRefusal): ReviewStep => ({ ok: false, refusal });
