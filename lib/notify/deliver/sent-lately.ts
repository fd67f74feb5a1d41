import type { Db } from "@/lib/db/client";
import { FLOOD_WINDOW_MS, type Stream } from "@/lib/notify/deliver/flood";

/** Messages to these people and webhooks that went out by themselves in the last ten minutes, counted by stream. */
export async function sentLately(
  db: Db,
  people: readonly string[],
  webhooks: readonly string[],
  now: Date,
): Promise<(Stream & { count: number })[]> {
  const since = new Date(now.getTime() - FLOOD_WINDOW_MS);
  return await db.$queryRaw<(Stream & { count: number })[]>`
    SELECT d.channel::text, d.address, n.kind, n.urgent, count(DISTINCT d.notice_id)::int AS count
    FROM (
      SELECT channel, person_id AS address, notice_id FROM notification_delivery
        WHERE person_id = ANY(${[...people]}::uuid[]) AND created_at > ${since} AND NOT digest AND channel <> 'webhook'
      UNION ALL
      SELECT channel, webhook_id, notice_id FROM notification_delivery
        WHERE webhook_id = ANY(${[...webhooks]}::uuid[]) AND person_id IS NULL AND created_at > ${since} AND NOT digest AND channel = 'chat'
    ) AS d JOIN notice n ON n.id = d.notice_id GROUP BY 1, 2, 3, 4`;
}
