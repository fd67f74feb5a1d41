import type { Db } from "@/lib/db/client";

/** Days of partitions that exist ahead of today. */
const DAYS_AHEAD = 14;

/** Makes the partitions of events for yesterday and the next two weeks (UTC); those that exist stay as they are. */
export async function ensureEventDays(db: Db, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  await db.$executeRaw`SELECT ensure_event_days(${yesterday}::date, ${DAYS_AHEAD + 2}::int)`;
}
