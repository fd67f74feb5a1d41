import type { Db } from "@/lib/db/client";

/** The longest span that is looked at, and a day for the edges of time zones. */
const KEPT_MS = 8 * 86_400_000;

/**
 * Counts the decisions of hours that are over (`count_decision_hour` of the store, one transaction an hour), so that pages about a week need not
 * read a million of them. Returns how many hours. Safe to run twice, by several workers at once, and to be killed.
 */
export async function countDecisionHours(db: Pick<Db, "$queryRaw">, now: Date): Promise<number> {
  const from = new Date(now.getTime() - KEPT_MS);
  for (let hours = 0; ; hours += 1) {
    const rows = await db.$queryRaw<{ counted: boolean }[]>`
      SELECT count_decision_hour(${now}::timestamptz, ${from}::timestamptz) AS counted`;
    if (rows[0]?.counted !== true) return hours;
  }
}
