import { authorise } from "@/lib/auth/authorise";
import { decidersAmong } from "@/lib/approvals/deciders";
import { decisionRefusal, type ApprovalRecord } from "@/lib/approvals/machine";
import type { Change } from "@/lib/audit/change";
import type { Step } from "@/lib/audit/command";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import { sha256, type JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** What the commands on one approval read of it. */
export type OpenApproval = Awaited<ReturnType<typeof load>> & object;

export interface Opened {
  approval: OpenApproval;
  /** The same for the pure rules. */
  record: ApprovalRecord;
  /** The person may decide for the agent's node. */
  holdsRole: boolean;
}

const load = (change: Change, id: string) =>
  change.tx.approval.findUnique({
    where: { id },
    select: {
      id: true,
      decisionId: true,
      runId: true,
      agentId: true,
      action: true,
      args: true,
      argsHash: true,
      state: true,
      risk: true,
      approverIds: true,
      excludedIds: true,
      quorum: true,
      deadline: true,
      decidedById: true,
      releaseAt: true,
      validUntil: true,
      redeemedAt: true,
      editedById: true,
      editedAt: true,
      answers: true,
      assigneeId: true,
      votes: { select: { personId: true, argsHash: true }, orderBy: [{ at: "asc" }, { personId: "asc" }] },
      decision: { select: { args: true, argsHash: true, evidence: true, resource: true, checks: true } },
    },
  });

/** What is locked until the change commits: the approval's row, and before it that of its run, where whether that is open matters. */
type Lock = "none" | "approval" | "run_and_approval";

/** The approval, or `not_found` for an id that is foreign, malformed or out of the person's sight (invariant I12). */
export async function openApproval(step: Step, id: string, lock: Lock = "approval"): Promise<Result<Opened>> {
  if (!isId(id)) return NO_APPROVAL;
  // Runs before approvals: that is the order in which batches of decisions lock.
  if (lock === "run_and_approval")
    await step.tx
      .$queryRaw`SELECT 1 FROM run WHERE id = (SELECT run_id FROM approval WHERE id = ${id}::uuid) FOR SHARE`;
  if (lock !== "none") await step.tx.$queryRaw`SELECT 1 FROM approval WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const approval = await load(step, id);
  if (!approval) return NO_APPROVAL;
  const allowed = authorise(step, "approval.decide", approval.agentId);
  if (!allowed.ok && allowed.error.code === "not_found") return NO_APPROVAL;
  return ok({
    approval,
    record: recordOf(approval),
    holdsRole: allowed.ok && (await stillHolds(step, approval.agentId)),
  });
}

/** What a person may do was read when their request came; a role that was taken since, while it waited for the lock, counts no longer. */
const stillHolds = async ({ actor, tx }: Step, agentId: string): Promise<boolean> =>
  actor.kind !== "person" || (await decidersAmong(tx, agentId, [actor.id])).has(actor.id);

const NO_APPROVAL = fail("not_found", "There is no such approval.");

const recordOf = ({ decision, votes, argsHash, ...row }: OpenApproval): ApprovalRecord => ({
  ...row,
  argsHash: hex(argsHash),
  askedArgsHash: hex(decision.argsHash),
  votes: votes.map((vote) => ({ by: vote.personId, argsHash: hex(vote.argsHash) })),
});

/** Why the person who acts may not decide it, as the command's error. Remit itself and the operator never decide in a person's place. */
export function mayDecide(step: Step, opened: Opened): Result<{ personId: string }> {
  const person = personWhoActs(step);
  if (!person.ok) return person;
  const refusal = decisionRefusal(opened.record, person.value.personId, opened.holdsRole, step.now);
  switch (refusal) {
    case null:
      return person;
    case "not_pending":
      return NOT_PENDING;
    case "not_yours":
      return fail("approval_not_yours", "This approval is for somebody else to decide.");
  }
}

/** The person behind the change; `forbidden` for everybody else. */
export const personWhoActs = ({ actor }: Step): Result<{ personId: string }> =>
  actor.kind === "person" ? ok({ personId: actor.id }) : fail("forbidden", "Only a person decides an approval.");

export const NOT_PENDING = fail("approval_not_pending", "This approval has been decided already, or its time is up.");

/** Moves it out of `pending` unless somebody else just did: of many at once exactly one succeeds. */
export async function settle(
  change: Change,
  id: string,
  data: Prisma.ApprovalUncheckedUpdateManyInput,
  /** Decisions of people come before the deadline. */
  when: { beforeDeadline: boolean },
): Promise<boolean> {
  const { count } = await change.tx.approval.updateMany({
    where: { id, state: "pending", ...(when.beforeDeadline ? { deadline: { gt: change.now } } : {}) },
    data,
  });
  return count === 1;
}

type ApprovalAct =
  | "approve"
  | "vote"
  | "reject"
  | "undo"
  | "cancel"
  | "expire"
  | "ask"
  | "comment"
  | "assign"
  | "snooze";

/** The audit entry of a step, and what live pages and the waiting agent listen to. */
export function record(
  change: Change,
  action: `approval.${ApprovalAct}`,
  approval: Pick<OpenApproval, "id" | "runId" | "agentId" | "action" | "decisionId">,
  detail: JsonObject,
): void {
  const { id, runId, agentId, decisionId } = approval;
  change.audit({
    action,
    subjectKind: "approval",
    subjectId: id,
    nodeId: agentId,
    detail: { runId, agentId, decisionId, action: approval.action, ...detail },
  });
  change.notify("approvals", `approval:${id}`, `run:${runId}`);
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What the person decided upon: the hash of the evidence as stored, null when there was none. */
export const evidenceHash = (evidence: Prisma.JsonValue): string | null =>
  evidence === null ? null : sha256(JSON.stringify(evidence)).toString("hex");
