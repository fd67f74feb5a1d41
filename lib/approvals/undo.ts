import { step as machine, undo as machineUndo, type ApprovalRecord } from "@/lib/approvals/machine";
import { undoInput } from "@/lib/approvals/schemas";
import { hex, openApproval, personWhoActs, record, type OpenApproval } from "@/lib/approvals/settle";
import { lockForUndo } from "@/lib/approvals/undo-lock";
import type { Step } from "@/lib/audit/command";
import { command } from "@/lib/audit/command";
import { withdrawSignal } from "@/lib/incidents/signal";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Takes back one's own decision before it is released, or one's own approval while others are still to approve: the approval waits
 * again, and if nobody stands behind edited arguments any more, for those that were asked. Taking back needs no role: it allows
 * nothing. Errors: `not_found`, `approval_not_yours`, `undo_too_late` (released, redeemed, or past the deadline), `run_ended`.
 */
export const undoDecision = command(undoInput, {}, async (step, { approvalId }) => {
  const opened = await openApproval(step, approvalId, "run_and_approval");
  if (!opened.ok) return opened;
  const person = personWhoActs(step);
  if (!person.ok) return person;
  const { personId } = person.value;
  const { approval, record: before } = opened.value;
  const run = await step.tx.run.findUniqueOrThrow({ where: { id: approval.runId }, select: { status: true } });
  // Begun before the release, it holds whenever it is committed: until then gates tell nobody (lib/gate/approval-waiters.ts).
  await lockForUndo(step, approval.id);
  const at = new Date(step.now.getTime() + step.elapsedMs() + MARGIN_MS);
  const event = { kind: "undo", by: personId, at, runOpen: run.status === "running" } as const;
  const undone = machineUndo(before, event);
  if (!undone.ok) return REFUSALS[undone.refusal];
  const moved = machine(before, event);
  if (!moved.ok) return REFUSALS.too_late;
  const { count } = await step.tx.approval.updateMany({
    where: { id: approval.id, state: before.state, redeemedAt: null },
    data: {
      state: "pending",
      decidedAt: null,
      decidedById: null,
      comment: null,
      releaseAt: null,
      validUntil: null,
      secondsSpent: null,
      ...(moved.record.argsHash === before.argsHash ? {} : askedAgain(approval)),
    },
  });
  if (count !== 1) return REFUSALS.too_late;
  await dropVotes(step, approval.id, before, moved.record);
  if (before.state === "rejected") await withdrawSignal(step, approval);
  record(step, "approval.undo", approval, {
    argsHash: moved.record.argsHash,
    undone: before.state === "pending" ? "vote" : before.state,
    ...(moved.record.argsHash !== before.argsHash && { editedArgsHash: before.argsHash }),
  });
  return ok({ state: "pending" as const, votes: moved.record.votes.length, quorum: before.quorum });
});

/** By so much the clocks of a web and a gate may differ, and a gate take a decision for released that a web still takes back. */
const MARGIN_MS = 200;

const REFUSALS = {
  not_yours: fail("approval_not_yours", "Only whoever decided it takes it back."),
  too_late: fail("undo_too_late", "The agent has learned of it, or its time is up: it can no longer be undone."),
  run_ended: fail("run_ended", "The run has ended: nothing waits for this any more."),
} as const;

/** The arguments as the agent asked for them, without what an edit answered. */
const askedAgain = ({ decision }: OpenApproval) => ({
  args: decision.args as JsonObject,
  argsHash: new Uint8Array(Buffer.from(hex(decision.argsHash), "hex")),
  answers: [],
  editedById: null,
  editedAt: null,
});

async function dropVotes(step: Step, approvalId: string, before: ApprovalRecord, after: ApprovalRecord): Promise<void> {
  const kept = after.votes.map((vote) => vote.by);
  if (kept.length === before.votes.length) return;
  await step.tx.approvalVote.deleteMany({ where: { approvalId, personId: { notIn: kept } } });
}
