import type { Db } from "@/lib/db/client";

/** Approvals a statement: some hundred milliseconds of work, so that a worker that was away catches up without holding locks for long. */
const BATCH = 1_000;
/** How long outcomes and their daily counts are kept. */
const MEASURES_KEPT_DAYS = 400;

/**
 * Measures approvals that were settled, or that something has spoken against, since the last time (`measure_approvals` of the store, one
 * transaction a batch). Each outcome is made anew from the approval's own rows, so that whoever crashes repeats without counting twice.
 * Returns how many were due, at most `limit` and a batch.
 */
export async function measureApprovals(db: Db, limit = 20 * BATCH): Promise<number> {
  let taken = 0;
  while (taken < limit) {
    const batch = Math.min(BATCH, limit - taken);
    const rows = await db.$queryRaw<{ taken: number }[]>`SELECT measure_approvals(${batch}::int) AS taken`;
    const now = rows[0]?.taken ?? 0;
    taken += now;
    if (now < batch) break;
  }
  return taken;
}

/** Forgets what no page can show any more. Approvals and their audit records stay. */
export async function pruneMeasures(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - MEASURES_KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
  await db.$executeRaw`DELETE FROM approval_outcome WHERE day < ${before}::date`;
  await db.$executeRaw`DELETE FROM approval_day WHERE day < ${before}::date`;
}
