import type { Db } from "@/lib/db/client";

/** Decisions a statement: some hundred milliseconds of work, so that a worker that was away catches up without holding locks for long. */
const BATCH = 2_000;

/**
 * Takes in what was decided since the last time: uses of actions by agent and day, actions that nobody has classified, last use of
 * grants (`digest_decisions` of the store, one transaction a batch). Each decision counts once, whoever crashes. Returns how many it took,
 * at most `limit`; less means that nothing is left.
 */
export async function digestDecisions(db: Db, limit = 20 * BATCH): Promise<number> {
  let taken = 0;
  while (taken < limit) {
    const batch = Math.min(BATCH, limit - taken);
    const rows = await db.$queryRaw<{ taken: number }[]>`SELECT digest_decisions(${batch}::int) AS taken`;
    const now = rows[0]?.taken ?? 0;
    taken += now;
    if (now < batch) break;
  }
  return taken;
}

/** Since when decisions wait to be taken in; null when the worker is up to date. What rests on the digest is then older than it looks. */
export async function digestBehindSince(db: Db): Promise<Date | null> {
  const rows = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(stream.updated_at) AS since FROM audit_stream stream
    LEFT JOIN decision_cursor cursor ON cursor.stream = stream.id AND cursor.reader = 'digest'
    WHERE stream.seq > coalesce(cursor.seq, 0) AND stream.id LIKE 'gate/%' AND stream.id NOT LIKE '%/runs/%'`;
  return rows[0]?.since ?? null;
}
