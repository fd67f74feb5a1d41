import { standingOf, stateAt } from "@/lib/approvals/standing";

export type ApprovalState = "pending" | "approved" | "rejected" | "expired" | "cancelled";

/** One person's approval, for exactly these arguments. */
interface Vote {
  readonly by: string;
  /** Hex. */
  readonly argsHash: string;
}

/** What the rules of an approval depend on. */
export interface ApprovalRecord {
  readonly state: ApprovalState;
  readonly runId: string;
  readonly agentId: string;
  readonly action: string;
  /** Hex: what may be redeemed. */
  readonly argsHash: string;
  /** Hex: what the agent asked for. Another `argsHash` is somebody's edit. */
  readonly askedArgsHash: string;
  readonly approverIds: readonly string[];
  readonly excludedIds: readonly string[];
  /** So many distinct people must approve. */
  readonly quorum: number;
  readonly votes: readonly Vote[];
  readonly deadline: Date;
  readonly decidedById: string | null;
  /** When the agent learns of the decision; null: at once, as of a permit. */
  readonly releaseAt: Date | null;
  readonly validUntil: Date | null;
  readonly redeemedAt: Date | null;
}

/** What can happen to one. `holdsRole`: the person may decide for the agent's node now. */
export type ApprovalEvent =
  | ({ kind: "approve"; by: string; holdsRole: boolean; at: Date; argsHash: string } & Approving)
  | { kind: "reject"; by: string; holdsRole: boolean; at: Date; releaseAt: Date }
  | { kind: "undo"; by: string; at: Date; runOpen: boolean }
  | { kind: "cancel"; at: Date }
  | { kind: "expire"; at: Date }
  | ({ kind: "redeem"; at: Date } & Use);

interface Approving {
  /** Of those who voted, the people who may still decide it: others count no longer. */
  stillMay: ReadonlySet<string>;
  releaseAt: Date;
  validUntil: Date;
}

/** Who wants to redeem it for what. */
interface Use {
  runId: string;
  agentId: string;
  action: string;
  argsHash: string;
}

type UndoRefusal = "not_yours" | "too_late" | "run_ended";
type Refusal = "not_pending" | "already_voted" | "not_due" | UndoRefusal | RedemptionFault;
export type RedemptionFault = "mismatch" | "redeemed" | "pending" | "rejected" | "expired" | "cancelled" | "lapsed";

type Step = { ok: true; record: ApprovalRecord } | { ok: false; refusal: Refusal };

/**
 * pending → approved, rejected, expired or cancelled; an approved one is redeemed once (invariant I2), after its release. Nobody
 * decides one who is excluded, is not asked or holds no role for it (invariant I3), nor after its deadline; where several must
 * approve, they are distinct people, each for the same arguments. Before its release whoever decided takes it back; afterwards
 * nobody does. The commands write the same steps under the row's lock, so that of many at once exactly one happens.
 */
export function step(record: ApprovalRecord, event: ApprovalEvent): Step {
  switch (event.kind) {
    case "approve":
      return approved(record, event);
    case "reject": {
      const refusal = decisionRefusal(record, event.by, event.holdsRole, event.at);
      if (refusal) return refused(refusal);
      return moved(record, { state: "rejected", decidedById: event.by, releaseAt: event.releaseAt });
    }
    case "undo": {
      const undone = undo(record, event);
      return undone.ok ? moved(record, undone.change) : undone;
    }
    case "cancel":
      return record.state === "pending" ? moved(record, { state: "cancelled" }) : refused("not_pending");
    case "expire":
      if (record.state !== "pending") return refused("not_pending");
      return event.at.getTime() < record.deadline.getTime() ? refused("not_due") : moved(record, { state: "expired" });
    case "redeem": {
      const fault = redemptionFault(record, event, event.at);
      return fault ? refused(fault) : moved(record, { redeemedAt: event.at });
    }
  }
}

/** What the agent is told: a decision that is not released yet has not been made, as far as it knows. */
export function agentState(record: Pick<ApprovalRecord, "state" | "releaseAt">, now: Date): ApprovalState {
  return isReleased(record, now) ? record.state : "pending";
}

const isReleased = ({ releaseAt }: Pick<ApprovalRecord, "releaseAt">, now: Date): boolean =>
  releaseAt === null || releaseAt.getTime() <= now.getTime();

/** Why an approval can not be redeemed for this use, or null: only its own run, for exactly its arguments, after its release, in time, and once. */
export function redemptionFault(
  record: Pick<ApprovalRecord, "runId" | "agentId" | "action" | "argsHash" | "state" | "validUntil" | "redeemedAt"> & {
    readonly releaseAt?: Date | null;
  },
  use: Use,
  now: Date,
): RedemptionFault | null {
  const exact =
    record.runId === use.runId &&
    record.agentId === use.agentId &&
    record.action === use.action &&
    record.argsHash === use.argsHash;
  if (!exact) return "mismatch";
  if (record.redeemedAt !== null) return "redeemed";
  const state = agentState({ state: record.state, releaseAt: record.releaseAt ?? null }, now);
  if (state !== "approved") return state;
  return record.validUntil !== null && now.getTime() < record.validUntil.getTime() ? null : "lapsed";
}

/** Why a person may not decide it now, or null. */
export function decisionRefusal(
  record: Pick<ApprovalRecord, "state" | "deadline" | "approverIds" | "excludedIds">,
  by: string,
  holdsRole: boolean,
  now: Date,
): "not_pending" | "not_yours" | null {
  const state = stateAt(record.state, record.deadline, now);
  const standing = standingOf({ ...record, state }, by, holdsRole);
  if (standing === "settled") return "not_pending";
  return standing === "may_decide" ? null : "not_yours";
}

/**
 * The votes when one more person approves for these arguments: those for other arguments are void, as are those of people who may
 * no longer decide it. Null: this person has approved exactly this before.
 */
export function votesWith(
  votes: readonly Vote[],
  vote: Vote,
  stillMay: ReadonlySet<string>,
): { counted: readonly Vote[]; void: readonly Vote[] } | null {
  if (votes.some((one) => one.by === vote.by && one.argsHash === vote.argsHash)) return null;
  const counts = (one: Vote): boolean => one.by !== vote.by && one.argsHash === vote.argsHash && stillMay.has(one.by);
  return {
    counted: [...votes.filter(counts), vote],
    void: votes.filter((one) => !counts(one) && one.by !== vote.by),
  };
}

/** What an undo changes: the person's own decision before its release, or their vote while others are still to approve. */
export function undo(
  record: ApprovalRecord,
  { by, at, runOpen }: { by: string; at: Date; runOpen: boolean },
): { ok: true; change: Partial<ApprovalRecord> } | { ok: false; refusal: UndoRefusal } {
  const decided = record.state === "approved" || record.state === "rejected";
  const own = decided ? record.decidedById === by : record.votes.some((vote) => vote.by === by);
  if (!own) return { ok: false, refusal: "not_yours" };
  const open = decided ? !isReleased(record, at) && record.redeemedAt === null : record.state === "pending";
  if (!open || record.deadline.getTime() <= at.getTime()) return { ok: false, refusal: "too_late" };
  if (!runOpen) return { ok: false, refusal: "run_ended" };
  const votes = record.state === "rejected" ? record.votes : record.votes.filter((vote) => vote.by !== by);
  return {
    ok: true,
    change: {
      state: "pending",
      decidedById: null,
      releaseAt: null,
      validUntil: null,
      votes,
      // Nobody stands behind an edit any more: what the agent asked for is the question again.
      argsHash: votes.length > 0 ? record.argsHash : record.askedArgsHash,
    },
  };
}

function approved(record: ApprovalRecord, event: Extract<ApprovalEvent, { kind: "approve" }>): Step {
  const refusal = decisionRefusal(record, event.by, event.holdsRole, event.at);
  if (refusal) return refused(refusal);
  const { by, argsHash } = event;
  const votes = votesWith(record.votes, { by, argsHash }, event.stillMay)?.counted;
  if (!votes) return refused("already_voted");
  if (votes.length < record.quorum) return moved(record, { votes, argsHash });
  const { releaseAt, validUntil } = event;
  return moved(record, { state: "approved", votes, argsHash, decidedById: by, releaseAt, validUntil });
}

const moved = (record: ApprovalRecord, change: Partial<ApprovalRecord>): Step => ({
  ok: true,
  record: { ...record, ...change },
});
const refused = (refusal: Refusal): Step => ({ ok: false, refusal });
