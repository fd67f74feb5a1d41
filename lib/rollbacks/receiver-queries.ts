import type { Viewer } from "@/lib/auth/viewer";

export interface ReceiverView {
  systemId: string;
  /** As people are shown it: without what stands behind a `?`. */
  shownUrl: string;
  createdAt: Date;
  /** Until then the secret before signs, too. */
  previousUntil: Date | null;
  /** The last calls of it, newest first. */
  calls: {
    rollbackId: string;
    reviewId: string;
    action: string;
    at: Date;
    durationMs: number | null;
    statusCode: number | null;
    error: string | null;
  }[];
}

/** Whether the viewer manages receivers: admins of the whole organisation do, as with webhooks. */
export const managesReceivers = (viewer: Viewer): boolean => viewer.access.canEverywhere("organisation.write");

/** Where a system takes its rollbacks, with its last calls; null where there is none, or the viewer does not manage them. */
export async function readReceiver(viewer: Viewer, systemId: string): Promise<ReceiverView | null> {
  if (!managesReceivers(viewer)) return null;
  const { db } = viewer;
  const receiver = await db.systemReceiver.findUnique({
    where: { systemId },
    select: { systemId: true, shownUrl: true, createdAt: true, previousUntil: true },
  });
  if (!receiver) return null;
  const calls = await db.$queryRaw<ReceiverView["calls"]>`
    SELECT r.id AS "rollbackId", r.review_id AS "reviewId", r.action, t.at, t.duration_ms AS "durationMs", t.status_code AS "statusCode", t.error
    FROM rollback r JOIN action a ON a.id = r.action JOIN rollback_attempt t ON t.rollback_id = r.id
    WHERE a.system_id = ${systemId} AND r.via = 'webhook' ORDER BY t.at DESC, t.number DESC LIMIT 20`;
  const { previousUntil } = receiver;
  return {
    ...receiver,
    previousUntil: previousUntil !== null && previousUntil > viewer.clock.now() ? previousUntil : null,
    calls,
  };
}
