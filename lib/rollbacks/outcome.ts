import type { Step } from "@/lib/audit/command";
import type { Prisma } from "@/lib/db/generated/client";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { step as machine } from "@/lib/reviews/machine";
import { lockReview, move, recordReview } from "@/lib/reviews/settle";

/** What is known of a rollback's end. `detail`: in words of whoever did it. */
interface Outcome {
  state: "done" | "failed";
  detail: string | null;
}

/**
 * Ends a rollback and, with it, its review, in one change. Refused when somebody else has ended it, or its order was taken back. The review's row
 * is locked first, here and wherever both are written.
 */
export async function endRollback(
  step: Step,
  rollbackId: string,
  outcome: Outcome,
  attempt?: { number: number; durationMs: number; statusCode: number | null; error: string | null },
): Promise<Result<null>> {
  const rollback = await step.tx.rollback.findUnique({ where: { id: rollbackId }, select: { reviewId: true } });
  const review = rollback && (await lockReview(step, rollback.reviewId));
  const moved = review && machine(review, { kind: outcome.state === "done" ? "done" : "fail", at: step.now });
  if (!review || !moved?.ok) return ENDED;
  const ended = await step.tx.rollback.updateManyAndReturn({
    where: { id: rollbackId, state: { in: ["waiting", "running"] } },
    data: { state: outcome.state, detail: outcome.detail, endedAt: step.now },
    select: { action: true, via: true, attempts: true },
  });
  const [one] = ended;
  if (!one) return ENDED;
  if (attempt) await writeAttempt(step, rollbackId, attempt);
  const detail = { rollbackId, rollback: one.action, via: one.via, attempts: one.attempts };
  await move(
    step,
    review,
    { state: moved.record.state, endedAt: step.now },
    outcome.state === "done" ? "rollback.done" : "rollback.fail",
    outcome.detail === null ? detail : { ...detail, reason: outcome.detail },
  );
  return ok(null);
}

/** Writes down one try that did not end it. */
export async function noteAttempt(
  step: Step,
  rollbackId: string,
  data: Prisma.RollbackUncheckedUpdateManyInput,
  attempt: { number: number; durationMs: number; statusCode: number | null; error: string | null },
): Promise<Result<null>> {
  const rollback = await step.tx.rollback.findUnique({ where: { id: rollbackId }, select: { reviewId: true } });
  const review = rollback && (await lockReview(step, rollback.reviewId));
  if (!review) return ENDED;
  const { count } = await step.tx.rollback.updateMany({
    where: { id: rollbackId, state: "waiting", attempts: attempt.number },
    data,
  });
  if (count === 0) return ENDED;
  await writeAttempt(step, rollbackId, attempt);
  const { number, statusCode, error } = attempt;
  recordReview(step, "rollback.send", review, {
    rollbackId,
    attempt: number,
    statusCode,
    ...(error ? { reason: error } : {}),
  });
  return ok(null);
}

async function writeAttempt(
  step: Step,
  rollbackId: string,
  attempt: { number: number; durationMs: number; statusCode: number | null; error: string | null },
): Promise<void> {
  await step.tx.rollbackAttempt.createMany({ data: [{ rollbackId, at: step.now, ...attempt }], skipDuplicates: true });
}

const ENDED = fail("task_ended", "This rollback has ended.");
