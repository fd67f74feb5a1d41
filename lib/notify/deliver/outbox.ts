import type { Db } from "@/lib/db/client";
import { isMessageKind, TEST_KIND } from "@/lib/notify/kinds";
import type { MessageItem } from "@/lib/notify/deliver/message";
import { noticeParams } from "@/lib/notify/notice";
import { settleAttempt, type Outcome } from "@/lib/notify/deliver/retry";
import type { SealedWebhook } from "@/lib/notify/webhooks/secrets";

/** Deliveries claimed at once. */
export const DELIVERIES = 100;
/** Deliveries that one message takes along at most. */
const TOGETHER_MAX = 5_000;
/** How long a claim lasts: longer than all of a batch can take. */
const CLAIM_MS = 3 * 60_000;

/** A delivery that this worker holds for a while. */
export interface Claimed {
  id: string;
  channel: "email" | "chat" | "webhook";
  digest: boolean;
  /** This attempt's number; 1 is the first. */
  attempt: number;
  personId: string | null;
  personActive: boolean;
  email: string | null;
  zone: string | null;
  webhook: SealedWebhook | null;
  /** Somebody waits to see it arrive. */
  test: boolean;
  item(publicUrl: string): MessageItem;
}

/**
 * Claims what is due, oldest first, so that no other worker sends it meanwhile. What waits for a paused webhook waits on. A digest takes along
 * what has waited for the same message.
 */
export async function claimDue(db: Db, now: Date): Promise<Claimed[]> {
  const until = new Date(now.getTime() + CLAIM_MS);
  const rows = await db.$queryRaw<{ id: string; digest: boolean }[]>`
    UPDATE notification_delivery SET attempts = attempts + 1, next_at = ${until} WHERE id IN (
      SELECT d.id FROM notification_delivery d LEFT JOIN webhook w ON w.id = d.webhook_id
      WHERE d.state = 'waiting' AND d.next_at <= ${now} AND w.paused_at IS NULL
      ORDER BY d.next_at, d.id LIMIT ${DELIVERIES} FOR UPDATE OF d SKIP LOCKED
    ) RETURNING id, digest`;
  if (rows.length === 0) return [];
  const along = await claimAlong(
    db,
    rows.filter((row) => row.digest).map((row) => row.id),
    now,
    until,
  );
  const found = await db.notificationDelivery.findMany({
    where: { id: { in: [...rows, ...along].map((row) => row.id) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: {
      notice: true,
      person: { select: { email: true, status: true, timeZone: true } },
      webhook: {
        select: {
          id: true,
          sealedUrl: true,
          sealedSecret: true,
          sealedPrevious: true,
          previousUntil: true,
          removedAt: true,
        },
      },
    },
  });
  return found.map(({ notice, person, webhook, ...one }) => ({
    id: one.id,
    channel: one.channel,
    digest: one.digest,
    attempt: one.attempts,
    personId: one.personId,
    personActive: person?.status === "active",
    email: person?.email ?? null,
    zone: person?.timeZone ?? null,
    webhook: webhook?.removedAt === null ? webhook : null,
    test: notice.kind === TEST_KIND,
    item: (publicUrl) => {
      if (!isMessageKind(notice.kind)) throw new Error(`a notice of an unknown kind ${notice.kind}`);
      const { id, kind, urgent, subject, at } = { ...notice, kind: notice.kind };
      const params = noticeParams.safeParse(notice.params);
      const url = new URL(notice.link, publicUrl).href;
      return { id, kind, urgent, subject, at, url, params: params.success ? params.data : {} };
    },
  }));
}

/** What is due for the messages that these digests begin, so that a flood becomes one message and not one for each claim. */
async function claimAlong(db: Db, digests: readonly string[], now: Date, until: Date): Promise<{ id: string }[]> {
  if (digests.length === 0) return [];
  return await db.$queryRaw<{ id: string }[]>`
    UPDATE notification_delivery SET attempts = attempts + 1, next_at = ${until} WHERE id IN (
      SELECT d.id FROM (
        SELECT DISTINCT channel, person_id, webhook_id FROM notification_delivery WHERE id = ANY(${[...digests]}::uuid[]) AND channel <> 'webhook'
      ) AS begun JOIN notification_delivery d ON d.channel = begun.channel AND d.person_id IS NOT DISTINCT FROM begun.person_id
        AND d.webhook_id IS NOT DISTINCT FROM begun.webhook_id
      WHERE d.state = 'waiting' AND d.digest AND d.next_at <= ${now}
      ORDER BY d.next_at, d.id LIMIT ${TOGETHER_MAX} FOR UPDATE OF d SKIP LOCKED
    ) RETURNING id`;
}

/** Writes down what came of an attempt, unless the claim ran out and somebody else tried meanwhile. */
export async function markTried(
  db: Db,
  group: readonly Claimed[],
  outcome: Outcome & { durationMs: number },
  now: Date,
  random: () => number,
): Promise<void> {
  const chance = random();
  const rows = group.map(({ id, attempt }) => ({ id, attempt, ...settleAttempt(attempt, outcome, now, chance) }));
  const error = outcome.ok ? null : outcome.error;
  await db.$executeRaw`
    WITH tried AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(id uuid, attempt int, state text, "nextAt" timestamptz)
    ), marked AS (
      UPDATE notification_delivery AS d SET state = tried.state::delivery_state, next_at = tried."nextAt", error = ${error},
        status_code = ${outcome.statusCode}::int, duration_ms = ${outcome.durationMs}::int,
        sent_at = CASE WHEN tried.state = 'sent' THEN ${now}::timestamptz END
      FROM tried WHERE d.id = tried.id AND d.attempts = tried.attempt AND d.state = 'waiting'
    )
    INSERT INTO notification_attempt (delivery_id, number, at, duration_ms, status_code, error)
    SELECT id, attempt, ${now}, ${outcome.durationMs}::int, ${outcome.statusCode}::int, ${error} FROM tried
    ON CONFLICT DO NOTHING`;
}

/** Ends deliveries that nobody wants any more. */
export async function drop(db: Db, group: readonly Claimed[], reason: string): Promise<void> {
  await db.notificationDelivery.updateMany({
    where: { id: { in: group.map((one) => one.id) }, state: "waiting" },
    data: { state: "dropped", nextAt: null, error: reason },
  });
}

/** Gives back what was claimed and not tried, so that the next worker need not wait for the claim to run out. */
export async function release(db: Db, untried: readonly Claimed[], now: Date): Promise<void> {
  if (untried.length === 0) return;
  await db.notificationDelivery.updateMany({
    where: { id: { in: untried.map((one) => one.id) }, state: "waiting" },
    data: { attempts: { decrement: 1 }, nextAt: now },
  });
}
