import { standingOf, stateAt } from "@/lib/approvals/standing";

export type ApprovalState = "pending" | "approved" | "rejected" | "expired" | "cancelled";

/** What the rules of an approval depend on. */
export interface ApprovalRecord {
  readonly state: ApprovalState;
  readonly runId: string;
  readonly agentId: string;
  readonly action: string;
  /** Hex. */
  readonly argsHash: string;
  readonly approverIds: readonly string[];
  readonly excludedIds: readonly string[];
  readonly deadline: Date;
  readonly decidedById: string | null;
  readonly validUntil: Date | null;
  readonly redeemedAt: Date | null;
}

/** What can happen to one. `holdsRole`: the person may decide for the agent's node now. */
export type ApprovalEvent =
  | { kind: "approve"; by: string; holdsRole: boolean; at: Date; validUntil: Date; argsHash: string }
  | { kind: "reject"; by: string; holdsRole: boolean; at: Date }
  | { kind: "cancel"; at: Date }
  | { kind: "expire"; at: Date }
  | ({ kind: "redeem"; at: Date } & Use);

/** Who wants to redeem it for what. */
export interface Use {
  runId: string;
  agentId: string;
  action: string;
  argsHash: string;
}

export type Refusal = "not_pending" | "not_yours" | "not_due" | RedemptionFault;
export type RedemptionFault = "mismatch" | "redeemed" | "pending" | "rejected" | "expired" | "cancelled" | "lapsed";

export type Step = { ok: true; record: ApprovalRecord } | { ok: false; refusal: Refusal };

/**
 * pending → approved, rejected, expired or cancelled, once; an approved one is redeemed once (invariant I2). Nobody decides one who
 * is excluded, is not asked or holds no role for it (invariant I3), nor after its deadline. The commands write the same steps as
 * conditional updates, so that of many at once exactly one happens.
 */
export function step(record: ApprovalRecord, event: ApprovalEvent): Step {
  switch (event.kind) {
    case "approve":
      return decided(record, event, {
        state: "approved",
        validUntil: event.validUntil,
        argsHash: event.argsHash,
      });
    case "reject":
      return decided(record, event, { state: "rejected" });
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

/** Why an approval can not be redeemed for this use, or null: only its own run, for exactly its arguments, in time, and once. */
export function redemptionFault(
  record: Pick<ApprovalRecord, "runId" | "agentId" | "action" | "argsHash" | "state" | "validUntil" | "redeemedAt">,
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
  if (record.state !== "approved") return record.state;
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

function decided(
  record: ApprovalRecord,
  event: { by: string; holdsRole: boolean; at: Date },
  change: Partial<ApprovalRecord>,
): Step {
  const refusal = decisionRefusal(record, event.by, event.holdsRole, event.at);
  return refusal ? refused(refusal) : moved(record, { ...change, decidedById: event.by });
}

const moved = (record: ApprovalRecord, change: Partial<ApprovalRecord>): Step => ({
  ok: true,
  record: { ...record, ...change },
});
const refused = (refusal: Refusal): Step => ({ ok: false, refusal });
