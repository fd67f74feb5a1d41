import { cancelApprovalsOfRun } from "@/lib/approvals/cancel";
import { change, type CommandContext } from "@/lib/audit/change";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { handBackClasses, lockAbove } from "@/lib/runs/hand-back";

/** Runs that one transaction ends at most. */
const EXPIRE_BATCH = 100;

/**
 * Ends runs whose lease ran out as `lost`, and cancels what they were waiting for. Returns how many. Runs that somebody has locked, or the run
 * above them, and those that were heard of in the last moment, are left alone.
 */
export async function expireRuns(context: CommandContext, batch = EXPIRE_BATCH): Promise<Result<{ lost: number }>> {
  for (let lost = 0; ;) {
    const ended = await expireSome(context, batch);
    lost += ended;
    if (ended < batch) return ok({ lost });
  }
}

async function expireSome(context: CommandContext, batch: number): Promise<number> {
  const overdue = await context.db.run.findMany({
    where: { status: "running", leaseUntil: { lte: context.clock.now() } },
    orderBy: { leaseUntil: "asc" },
    take: batch,
    select: { id: true },
  });
  if (overdue.length === 0) return 0;
  const ids = overdue.map((run) => run.id);
  const ended = await change(context, {}, async (step) => {
    const { tx, now } = step;
    const above = await lockAbove(tx, ids, "skip");
    const runs = await tx.$queryRaw<{ id: string; agent_id: string; depth: number; lease_until: Date }[]>`
      UPDATE run SET status = 'lost', ended_at = ${now}, revision = revision + 1 WHERE id IN (
        SELECT id FROM run WHERE id = ANY(${ids}::uuid[]) AND status = 'running' AND lease_until <= ${now}
          AND (parent_run_id IS NULL OR parent_run_id = ANY(${above}::uuid[])) FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING id, agent_id, depth, lease_until`;
    if (runs.length === 0) return fail("conflict", "Somebody else ended them, or they were heard of.");
    await handBackClasses(tx, runs, now);
    await tx.$executeRaw`SELECT close_reservations(${runs.map((run) => run.id)}::uuid[], ${now})`;
    for (const run of runs) {
      const detail = { leaseUntil: run.lease_until.toISOString() };
      step.audit({ action: "run.lost", subjectKind: "run", subjectId: run.id, nodeId: run.agent_id, detail });
      step.notify("runs", `run:${run.id}`);
      await cancelApprovalsOfRun(step, run.id);
    }
    return ok(runs.length);
  });
  return ended.ok ? ended.value : 0;
}
