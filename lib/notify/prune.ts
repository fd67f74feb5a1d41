import type { Db } from "@/lib/db/client";

const KEPT_MS = 180 * 86_400_000;
/** How far people were told of an approval is kept a while after it ended, for whoever looks into a complaint. */
const STEPS_KEPT_MS = 30 * 86_400_000;
const BATCH = 5_000;

/** Forgets notices of more than half a year ago, with whom they were for and the log of their deliveries. The audit trail keeps their causes. */
export async function pruneNotices(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  for (;;) {
    const gone = await db.$executeRaw`
      DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE at < ${before} ORDER BY at LIMIT ${BATCH})`;
    if (gone < BATCH) return;
  }
}

/** Forgets how far people were told of approvals that ended a month ago. */
export async function pruneApprovalNotices(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - STEPS_KEPT_MS);
  for (;;) {
    const gone = await db.$executeRaw`
      DELETE FROM approval_notice WHERE approval_id IN (
        SELECT approval_id FROM approval_notice WHERE closed_at < ${before} ORDER BY closed_at LIMIT ${BATCH})`;
    if (gone < BATCH) return;
  }
}
