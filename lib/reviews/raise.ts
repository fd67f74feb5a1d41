import { change, type Change, type CommandContext } from "@/lib/audit/change";
import { advance, behindOf, type Stretch } from "@/lib/audit/decision-cursor";
import { storedChecks } from "@/lib/decisions/stored-checks";
import type { Json } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { nearestReviewers, type Decider } from "@/lib/reviews/asked";
import { excludedByRun } from "@/lib/reviews/excluded";
import { awayNow, decidersAbove } from "@/lib/reviews/people";
import { recordReview } from "@/lib/reviews/settle";
import { LAPSES, type Lapse, type Risk } from "@/lib/reviews/views";

/** Records of a stream that one change looks at: what is told of them still fits one notification. */
const BATCH = 500;
const READER = "reviews";

interface Reviewed {
  decisionId: string;
  runId: string;
  agentId: string;
  action: string;
  at: Date;
  deadline: Date;
  risk: Risk | null;
  checks: Json;
}

/**
 * Makes the reviews of what was allowed with review since the last time, each once. Decisions of shadow runs have none: nothing was done.
 * Safe to run twice, by several workers at once, and to be killed.
 */
export async function raiseReviews(context: CommandContext): Promise<{ raised: number }> {
  let raised = 0;
  for (const stretch of await behindOf(context.db, READER, BATCH)) {
    const reviewed = await reviewedIn(context, stretch);
    if (reviewed.length === 0) await advance(context.db, stretch);
    else {
      const made = await change(context, {}, (step) => raise(step, context, stretch, reviewed));
      if (made.ok) raised += made.value.raised;
    }
  }
  return { raised };
}

const reviewedIn = ({ db }: CommandContext, { stream, after, until }: Stretch): Promise<Reviewed[]> =>
  db.$queryRaw<Reviewed[]>`
    SELECT d.id AS "decisionId", d.run_id AS "runId", d.agent_id AS "agentId", d.action, d.at, d.review_deadline AS deadline,
      a.impact::text AS risk, d.checks
    FROM audit_record r JOIN decision d ON d.id = r.subject_id::uuid LEFT JOIN action a ON a.id = d.action
    WHERE r.stream = ${stream} AND r.seq > ${after} AND r.seq <= ${until} AND r.action = 'decision.allow'
      AND d.review_deadline IS NOT NULL AND d.mode = 'live'
    ORDER BY r.seq`;

async function raise(
  step: Change,
  { newId }: CommandContext,
  stretch: Stretch,
  reviewed: readonly Reviewed[],
): Promise<Result<{ raised: number }>> {
  if (!(await advance(step.tx, stretch))) return fail("conflict", "Another worker raised them.");
  const excluded = await excludedByRun(
    step.tx,
    reviewed.map((one) => one.runId),
  );
  const away = await awayNow(step.tx, step.now);
  const deciders = new Map<string, Decider[]>();
  for (const { agentId } of reviewed)
    if (!deciders.has(agentId)) deciders.set(agentId, await decidersAbove(step.tx, agentId));
  const askedOf = (agentId: string, excludedIds: readonly string[]): string[] =>
    nearestReviewers({ deciders: deciders.get(agentId) ?? [], excludedIds, away }, step.now);
  const rows = reviewed.map(({ checks, at, risk, ...one }) => ({
    ...one,
    id: newId(),
    // What nobody has classified is taken for the worst.
    risk: risk ?? ("high" as const),
    onLapse: lapseOf(checks),
    excludedIds: excluded.get(one.runId) ?? [],
    askedIds: askedOf(one.agentId, excluded.get(one.runId) ?? []),
    createdAt: at,
  }));
  await step.tx.review.createMany({ data: rows });
  for (const row of rows) {
    const { deadline, onLapse, risk, excludedIds } = row;
    recordReview(step, "review.open", row, { deadline: deadline.toISOString(), onLapse, risk, excludedIds });
  }
  return ok({ raised: rows.length });
}

/** What its rules say of a window that lapses, as the decision's trace has it. */
function lapseOf(checks: Json): Lapse {
  const said = storedChecks(checks).find((one) => one.check === "policy" && one.outcome === "review")?.saw.onLapse;
  return LAPSES.find((one) => one === said) ?? "accept";
}
