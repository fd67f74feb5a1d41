import type { CommandContext } from "@/lib/audit/change";
import { readRecord } from "@/lib/promotions/record-query";
import { requestPromotion } from "@/lib/promotions/request";
import { isReady } from "@/lib/tiers/record";
import { settingsFrom } from "@/lib/tiers/settings";

/** After a no, or after somebody took the request back, Remit does not ask again for so long. */
const REST_DAYS = 30;
const DAY_MS = 86_400_000;
/** Agents looked at in one go. */
const BATCH = 5_000;

/** Asks for the next tier for every agent whose record meets the criteria. Safe to run twice: one request waits at a time. Returns how many it asked for. */
export async function suggestPromotions(context: CommandContext): Promise<number> {
  const { db, clock } = context;
  const now = clock.now();
  const configuration = await db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } });
  const { settings, fault } = settingsFrom(configuration?.settings);
  if (fault !== null) return 0;
  const { autonomy } = settings;
  // Only those that could meet the two cheap criteria are looked at further.
  const candidates = await db.$queryRaw<{ id: string }[]>`
    SELECT agent.id FROM agent
    WHERE agent.status = 'active' AND agent.tier <> 'execute'
      AND agent.created_at <= ${new Date(now.getTime() - autonomy.minDays * DAY_MS)}
      AND NOT EXISTS (SELECT 1 FROM promotion p WHERE p.agent_id = agent.id
        AND (p.state = 'pending' OR (p.state IN ('rejected', 'withdrawn') AND p.decided_at > ${new Date(now.getTime() - REST_DAYS * DAY_MS)})))
      AND EXISTS (SELECT 1 FROM run WHERE run.agent_id = agent.id AND run.ended_at IS NOT NULL)
    ORDER BY agent.id LIMIT ${BATCH}`;
  let asked = 0;
  for (const { id } of candidates) {
    const record = await readRecord(db, id, now);
    if (!record || !isReady(record, autonomy)) continue;
    const requested = await requestPromotion(context, {
      agentId: id,
      reason: "Its record meets every criterion for the next tier.",
    });
    if (requested.ok) asked += 1;
  }
  return asked;
}
