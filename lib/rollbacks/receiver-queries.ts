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
const managesReceivers = (viewer: Viewer): boolean => viewer.access.canEverywhere("organisation.write");

/** Where a system takes its rollbacks, with its last calls; null where there is none, or the viewer does not manage them. */
async function readReceiver(viewer: Viewer, systemId: string): Promise<ReceiverView | null> {
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

/** What the page of a system shows; null when there is none that the viewer may read. */
export interface SystemPage {
  id: string;
  name: string;
  description: string | null;
  /** Its rollbacks are called; else agents' software fetches them. */
  called: boolean;
  /** Null for who does not manage receivers. */
  receiver: ReceiverView | null;
  manages: boolean;
  /** Of its actions in use, those that undo another one. */
  undoing: { id: string; title: string | null; undoes: string }[];
}

/** One system with where it takes its rollbacks. */
export async function readSystem(viewer: Viewer, id: string): Promise<SystemPage | null> {
  if (!viewer.access.canAnywhere("catalogue.read") || id.length > 64) return null;
  const { db } = viewer;
  const [system, receiver, undoing] = await Promise.all([
    db.system.findUnique({
      where: { id },
      select: { id: true, name: true, description: true, receiver: { select: { id: true } } },
    }),
    readReceiver(viewer, id),
    db.$queryRaw<SystemPage["undoing"]>`
      SELECT t.id, t.title, a.id AS undoes FROM action a JOIN action t ON t.id = a.rollback
      WHERE t.system_id = ${id} AND a.retired_at IS NULL ORDER BY t.id, a.id LIMIT 200`,
  ]);
  if (!system) return null;
  const { receiver: known, ...rest } = system;
  return { ...rest, called: known !== null, receiver, manages: managesReceivers(viewer), undoing };
}
