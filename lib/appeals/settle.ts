import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { mayAnswer } from "@/lib/appeals/may-answer";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** What the commands on one appeal read of it. */
export type OpenAppeal = Awaited<ReturnType<typeof load>> & object;

const load = (step: Step, id: string) =>
  step.tx.appeal.findUnique({
    where: { id },
    select: {
      id: true,
      decisionId: true,
      runId: true,
      agentId: true,
      action: true,
      code: true,
      subject: true,
      rules: true,
      state: true,
      excludedIds: true,
      decision: { select: { checks: true, args: true, argsHash: true, code: true } },
      run: { select: { status: true, tokenExpiresAt: true, tokenRevokedAt: true } },
    },
  });

/**
 * The pending appeal under its row lock, for a person who may answer it. The operator at the machine never answers in a person's place.
 * Errors: `not_found` when its agent is out of sight (invariant I12), `forbidden`, `appeal_not_pending`.
 */
export async function pendingAppeal(step: Step, id: string): Promise<Result<{ appeal: OpenAppeal; personId: string }>> {
  if (!isId(id)) return NO_APPEAL;
  await step.tx.$queryRaw`SELECT 1 FROM appeal WHERE id = ${id}::uuid FOR UPDATE`;
  const appeal = await load(step, id);
  if (!appeal) return NO_APPEAL;
  const seen = authorise(step, "approval.read", appeal.agentId);
  if (!seen.ok) return NO_APPEAL;
  const { actor, access } = step;
  if (actor.kind !== "person" || !access) return fail("forbidden", "Only a person answers an appeal.");
  if (!mayAnswer(access, appeal.subject, appeal.agentId))
    return fail("forbidden", "This appeal is for those who may change what denied it.");
  if (appeal.excludedIds.includes(actor.id))
    return fail("forbidden", "The run acts for you: somebody else answers this appeal.");
  if (appeal.state !== "pending") return fail("appeal_not_pending", "This appeal has been answered already.");
  return ok({ appeal, personId: actor.id });
}

const NO_APPEAL = fail("not_found", "There is no such appeal.");

/** Writes the answer, its audit entry, and tells the agent that waits. */
export async function settleAppeal(
  step: Step,
  { appeal, personId }: { appeal: OpenAppeal; personId: string },
  action: "appeal.uphold" | "appeal.permit" | "appeal.change",
  comment: string,
  data: Prisma.AppealUncheckedUpdateInput,
  detail: JsonObject = {},
): Promise<void> {
  const { id, runId, agentId, decisionId } = appeal;
  await step.tx.appeal.update({
    where: { id },
    data: { ...data, comment, decidedAt: step.now, decidedById: personId },
  });
  step.audit({
    action,
    subjectKind: "appeal",
    subjectId: id,
    nodeId: agentId,
    detail: { runId, agentId, decisionId, action: appeal.action, rules: appeal.rules, comment, ...detail },
  });
  step.notify("appeals", `appeal:${id}`, `run:${runId}`);
}
