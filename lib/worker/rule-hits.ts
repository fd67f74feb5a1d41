import type { Db } from "@/lib/db/client";
import { HITS_KEPT_DAYS } from "@/lib/policies/hits";

/** Decisions a statement: some hundred milliseconds of work, so that a worker that was away catches up without holding locks for long. */
const BATCH = 2_000;

/**
 * Counts the rules that held in decisions made since the last time (`count_rule_hits` of the store, one transaction a batch). Each decision
 * counts once, whoever crashes. Returns how many it took, at most `limit`; less means that nothing is left.
 */
export async function countRuleHits(db: Db, limit = 20 * BATCH): Promise<number> {
  let taken = 0;
  while (taken < limit) {
    const batch = Math.min(BATCH, limit - taken);
    const rows = await db.$queryRaw<{ taken: number }[]>`SELECT count_rule_hits(${batch}::int) AS taken`;
    const now = rows[0]?.taken ?? 0;
    taken += now;
    if (now < batch) break;
  }
  return taken;
}

/** Forgets counts of days that no page shows any more. Returns how many rows. */
export async function pruneRuleHits(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - HITS_KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
  return await db.$executeRaw`DELETE FROM rule_hit WHERE day < ${before}::date`;
}
