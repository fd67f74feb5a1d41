import type { CommandContext } from "@/lib/audit/change";
import { inOneChange, type Step } from "@/lib/audit/command";
import { actionTitle } from "@/lib/decisions/words";
import { beginIncident } from "@/lib/incidents/open";
import { recordIncident } from "@/lib/incidents/record";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { lockReview, type OpenReview } from "@/lib/reviews/settle";

const BATCH = 50;

/**
 * Opens an incident about each action that could not be undone, and each that nobody looked at even when asked once more. The owner is told
 * of it as of any incident. The review names its incident in the same change, so that there is one, whoever crashes.
 */
export async function openReviewIncidents(context: CommandContext): Promise<{ opened: number }> {
  const found = await context.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM review WHERE incident_id IS NULL AND (state = 'rollback_failed' OR (state = 'lapsed' AND escalated_at IS NOT NULL))
    ORDER BY id LIMIT ${BATCH}`;
  let opened = 0;
  for (const { id } of found) {
    const done = await inOneChange(context, {}, (step) => open(step, id));
    if (done.ok) opened += 1;
  }
  return { opened };
}

async function open(step: Step, id: string): Promise<Result<null>> {
  const review = await lockReview(step, id);
  const stored = await step.tx.review.findUnique({ where: { id }, select: { incidentId: true, comment: true } });
  if (!review || !stored || stored.incidentId !== null) return fail("conflict", "Another worker opened it.");
  const failed = review.state === "rollback_failed";
  if (!failed && review.state !== "lapsed") return fail("conflict", "It is being tried again.");
  const known = await step.tx.action.findUnique({ where: { id: review.action }, select: { title: true } });
  const title = actionTitle(review.action, known?.title ?? null);
  const openKey = `review:${id}`;
  const before = await step.tx.incident.findUnique({ where: { openKey }, select: { id: true } });
  const incidentId = before?.id ?? (await begin(step, review, failed, title, openKey, stored.comment));
  await step.tx.review.update({ where: { id }, data: { incidentId } });
  if (before)
    recordIncident(
      step,
      "incident.see",
      { id: before.id, agentId: review.agentId },
      { source: "rollback", reviewId: id },
    );
  step.notify("reviews", `review:${id}`);
  return ok(null);
}

async function begin(
  step: Step,
  review: OpenReview,
  failed: boolean,
  title: string,
  openKey: string,
  comment: string | null,
): Promise<string> {
  const rollback = await step.tx.rollback.findFirst({
    where: { reviewId: review.id },
    orderBy: { requestedAt: "desc" },
    select: { detail: true },
  });
  const why = failed ? (rollback?.detail ?? comment ?? "It failed.") : "It was asked twice, and nobody looked.";
  const begun = await beginIncident(step, {
    agentId: review.agentId,
    runId: review.runId,
    source: "rollback",
    title: (failed ? `Could not be undone: ${title}` : `Nobody reviewed: ${title}`).slice(0, 200),
    severity: review.risk === "low" ? "medium" : "high",
    note: why.slice(0, 4_000),
    pause: false,
    openKey,
  });
  if (!begun.ok) throw new Error(`an incident that suspends nobody was refused: ${begun.error.code}`);
  return begun.value.id;
}
