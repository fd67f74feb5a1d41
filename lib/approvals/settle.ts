import { authorise } from "@/lib/auth/authorise";
import { decisionRefusal } from "@/lib/approvals/machine";
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
      argsHash: true,
      state: true,
      approverIds: true,
      excludedIds: true,
      deadline: true,
      decision: { select: { evidence: true } },
    },
  });

/** The approval, or `not_found` for an id that is foreign, malformed or out of the person's sight (invariant I12). */
export async function openApproval(step: Step, id: string): Promise<Result<Opened>> {
  const approval = isId(id) ? await load(step, id) : null;
  if (!approval) return fail("not_found", "There is no such approval.");
  const allowed = authorise(step, "approval.decide", approval.agentId);
  if (!allowed.ok && allowed.error.code === "not_found") return fail("not_found", "There is no such approval.");
  return ok({ approval, holdsRole: allowed.ok });
}

/** Why the person who acts may not decide it, as the command's error. Remit itself and the operator never decide in a person's place. */
export function mayDecide(step: Step, opened: Opened): Result<{ personId: string }> {
  const { actor } = step;
  if (actor.kind !== "person") return fail("forbidden", "Only a person decides an approval.");
  const refusal = decisionRefusal(opened.approval, actor.id, opened.holdsRole, step.now);
  switch (refusal) {
    case null:
      return ok({ personId: actor.id });
    case "not_pending":
      return NOT_PENDING;
    case "not_yours":
      return fail("approval_not_yours", "This approval is for somebody else to decide.");
  }
}

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

/** The audit entry of a step, and what live pages and the waiting agent listen to. */
export function record(
  change: Change,
  action: "approval.approve" | "approval.reject" | "approval.cancel" | "approval.expire",
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
