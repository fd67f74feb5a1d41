import type { Db } from "@/lib/db/client";

/** How long a simulation is kept, and how many of each policy. */
const KEPT_DAYS = 30;
const KEPT_EACH = 20;

/** Deletes simulations that nobody will look at again. What they were and who asked for them stays in the audit. */
export async function pruneSimulations(db: Db, now: Date): Promise<number> {
  const oldest = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  return db.$executeRaw`
    DELETE FROM simulation WHERE state IN ('done', 'cancelled', 'failed') AND (requested_at < ${oldest} OR id IN (
      SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY policy_id ORDER BY requested_at DESC) AS place FROM simulation) AS placed
        WHERE place > ${KEPT_EACH}))`;
}
