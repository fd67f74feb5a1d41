import type { CommandContext } from "@/lib/audit/change";
import { inOneChange, type Step } from "@/lib/audit/command";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { notify } from "@/lib/notify/notify";
import { allReviewers } from "@/lib/reviews/asked";
import { awayNow, decidersAbove } from "@/lib/reviews/people";
import { step as machine } from "@/lib/reviews/machine";
import { lockReview, move, type OpenReview } from "@/lib/reviews/settle";
import { beginRollback } from "@/lib/rollbacks/begin";
import { planRollback } from "@/lib/rollbacks/plan";

/** So that one batch stays short; the next one takes the rest. */
export const LAPSED_AT_ONCE = 100;
const REASON = "Nobody reviewed it within its window, and the rule has it undone then.";

/**
 * Does what the rule says with reviews whose window is over: it stands, it is asked once more, or it is undone. Each in a change of its own
 * under its row's lock, so that it happens once, whoever crashes.
 */
export async function lapseReviews(context: CommandContext): Promise<{ lapsed: number }> {
  const due = await context.db.review.findMany({
    where: { state: "waiting", deadline: { lte: context.clock.now() } },
    orderBy: [{ deadline: "asc" }, { id: "asc" }],
    take: LAPSED_AT_ONCE,
    select: { id: true },
  });
  let lapsed = 0;
  for (const { id } of due) {
    const done = await inOneChange(context, {}, (step) => lapse(step, id));
    if (done.ok) lapsed += 1;
  }
  return { lapsed };
}

async function lapse(step: Step, id: string): Promise<Result<null>> {
  const review = await lockReview(step, id);
  if (!review) return NOT_DUE;
  const planned =
    review.onLapse === "rollback"
      ? await planRollback(step.tx, { id: review.decisionId, runId: review.runId })
      : ({ ok: false, message: "" } as const);
  const moved = machine(review, { kind: "lapse", at: step.now, possible: planned.ok });
  if (!moved.ok) return NOT_DUE;
  const { state, deadline, escalatedAt } = moved.record;
  const seen = { onLapse: review.onLapse, deadline: review.deadline.toISOString() };
  if (state === "waiting") {
    const { excludedIds } = review;
    const deciders = await decidersAbove(step.tx, review.agentId);
    const there = allReviewers({ deciders, excludedIds, away: await awayNow(step.tx, step.now) }, step.now);
    // Nobody is there: asked are all who may, all the same.
    const may = deciders.map((one) => one.id).filter((person) => !excludedIds.includes(person));
    const askedIds = there.length > 0 ? there : may;
    await move(step, review, { deadline, escalatedAt, askedIds }, "review.escalate", {
      ...seen,
      until: deadline.toISOString(),
    });
    await askAbove(step, review, askedIds, deadline);
  } else if (planned.ok) {
    const rollbackId = await beginRollback(step, review, planned.plan, { reason: REASON, releaseAt: step.now });
    const detail = { ...seen, rollbackId, rollback: planned.plan.action, via: planned.plan.via };
    await move(
      step,
      review,
      { state, decidedAt: step.now, releaseAt: step.now, comment: REASON },
      "review.lapse",
      detail,
    );
  } else {
    const comment = state === "rollback_failed" ? planned.message : null;
    const data = { state, decidedAt: step.now, endedAt: step.now, comment };
    await move(step, review, data, "review.lapse", comment ? { ...seen, comment } : seen);
  }
  return ok(null);
}

/** The nearest were asked first; now everybody above who may. */
async function askAbove(step: Step, review: OpenReview, askedIds: string[], deadline: Date): Promise<void> {
  const node = await step.tx.node.findUniqueOrThrow({ where: { id: review.agentId }, select: { name: true } });
  await notify(step, {
    kind: "review.unanswered",
    key: `review:${review.id}:unanswered`,
    recipients: askedIds,
    subject: `${node.name}: nobody has reviewed ${review.action}`.slice(0, 300),
    link: `/reviews/${review.id}`,
    params: { agent: node.name.slice(0, 200), risk: review.risk, deadline: deadline.toISOString() },
    nodeId: review.agentId,
    urgent: true,
  });
}

const NOT_DUE = fail("conflict", "Somebody else settled it.");
