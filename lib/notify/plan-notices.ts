import { notification, NOTIFY_CHANNEL, type CommandContext } from "@/lib/audit/change";
import { FloodGate } from "@/lib/notify/deliver/flood";
import { listenersOf } from "@/lib/notify/listeners";
import { isNoticeKind } from "@/lib/notify/kinds";
import { planNotice } from "@/lib/notify/plan";
import { sentLately } from "@/lib/notify/deliver/sent-lately";
import { hearingWebhooks } from "@/lib/notify/webhooks/hearing";

const BATCH = 200;

interface NewDelivery {
  id: string;
  notice_id: string;
  channel: "email" | "chat" | "webhook";
  person_id: string | null;
  webhook_id: string | null;
  digest: boolean;
  due: Date;
}

/**
 * Decides for notices that were just told who gets them how, and queues what is to be sent: one statement a batch, each notice once.
 * Returns how many it planned; fewer than 200 means that nothing is left.
 */
export async function planNotices(
  { db, clock, newId }: Pick<CommandContext, "db" | "clock" | "newId">,
  options: { mail: boolean },
): Promise<number> {
  const now = clock.now();
  const notices = await db.notice.findMany({
    where: { plannedAt: null },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: BATCH,
    select: {
      id: true,
      kind: true,
      urgent: true,
      nodeId: true,
      notifications: { select: { id: true, personId: true } },
    },
  });
  if (notices.length === 0) return 0;
  const people = [...new Set(notices.flatMap((notice) => notice.notifications.map((one) => one.personId)))];
  const [listeners, hearing] = await Promise.all([listenersOf(db, people, options), hearingWebhooks(db, notices)]);
  const chats = [...hearing.values()].flat().filter((one) => one.channel === "chat");
  const lately = await sentLately(
    db,
    people,
    chats.map((one) => one.webhookId),
    now,
  );
  const flood = new FloodGate(lately);
  const shown: { id: string; personId: string }[] = [];
  const deliveries: NewDelivery[] = [];
  for (const { id: noticeId, kind, urgent, notifications } of notices) {
    if (!isNoticeKind(kind)) continue;
    const base = { notice_id: noticeId, digest: false, due: now, person_id: null, webhook_id: null };
    for (const { webhookId, channel } of hearing.get(noticeId) ?? []) {
      // A program takes every event; people in a channel read a few messages.
      const { dueAt: due, digest } =
        channel === "chat"
          ? flood.next({ channel, address: webhookId, kind, urgent }, now)
          : { dueAt: now, digest: false };
      deliveries.push({ ...base, id: newId(), channel, webhook_id: webhookId, digest, due });
    }
    for (const { id, personId } of notifications) {
      const listener = listeners.get(personId);
      if (!listener) continue;
      const plan = planNotice({ kind, urgent }, listener, now);
      if (plan.inApp) shown.push({ id, personId });
      for (const message of plan.messages) {
        const { channel } = message;
        const { dueAt: due, digest } = message.digest
          ? message
          : flood.next({ channel, address: personId, kind, urgent }, now);
        const targets = channel === "email" ? [null] : listener.chats;
        for (const webhook_id of targets)
          deliveries.push({ ...base, id: newId(), channel, person_id: personId, webhook_id, digest, due });
      }
    }
  }
  const topics = notification(new Set(shown.map((one) => `inbox:${one.personId}`)));
  await db.$executeRaw`
    WITH planned AS (
      UPDATE notice SET planned_at = ${now} WHERE id = ANY(${notices.map((one) => one.id)}::uuid[]) AND planned_at IS NULL RETURNING id
    ), shown AS (
      UPDATE notification SET shown = true FROM planned
      WHERE notification.id = ANY(${shown.map((one) => one.id)}::uuid[]) AND notice_id = planned.id
    ), queued AS (
      INSERT INTO notification_delivery (id, notice_id, channel, person_id, webhook_id, digest, due_at, next_at, created_at)
      SELECT d.id, d.notice_id, d.channel::delivery_channel, d.person_id, d.webhook_id, d.digest, d.due, d.due, ${now}
      FROM planned JOIN jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) AS d(id uuid, notice_id uuid, channel text,
        person_id uuid, webhook_id uuid, digest boolean, due timestamptz) ON d.notice_id = planned.id
      ON CONFLICT DO NOTHING
    )
    SELECT pg_notify(${NOTIFY_CHANNEL}, ${topics})`;
  return notices.length;
}
