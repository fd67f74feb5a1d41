import { notification, NOTIFY_CHANNEL, type CommandContext } from "@/lib/audit/change";
import { claimDue, drop, markTried, release, type Claimed } from "@/lib/notify/deliver/outbox";
import { chatMessage } from "@/lib/notify/deliver/chat-message";
import { eventBody, signedHeaders } from "@/lib/notify/webhooks/event";
import type { Mailer } from "@/lib/notify/deliver/mail";
import { mailOf, type MessageContext } from "@/lib/notify/deliver/message";
import { messageContexts } from "@/lib/notify/deliver/message-context";
import { postJson } from "@/lib/notify/deliver/post";
import { PAUSE_AFTER, type Outcome } from "@/lib/notify/deliver/retry";
import type { Sealer } from "@/lib/notify/webhooks/seal";
import { pauseFailing } from "@/lib/notify/webhooks/pause";
import { secretsOf, urlOf, type SealedWebhook } from "@/lib/notify/webhooks/secrets";

/** What delivering needs beside the store. */
export interface Courier {
  mailer: Mailer | null;
  sealer: Sealer;
  /** REMIT_WEBHOOK_ALLOW. */
  allow: readonly string[];
  /** REMIT_URL. */
  publicUrl: string;
  /** Chance in [0, 1), for the spread of retries. */
  random(): number;
  /** Nothing more is sent once it is aborted. */
  stopping?: AbortSignal;
}

/** Messages that are on their way at once; a slow receiver holds one place for ten seconds at most. */
const AT_ONCE = 8;

/**
 * Sends what is due: claims it for a while, sends, writes down what came of it. What a crash leaves claimed is sent again when the claim has
 * run out: at least once, under the same message id. Returns how many deliveries it claimed.
 */
export async function deliverDue(context: CommandContext, courier: Courier): Promise<number> {
  const { db, clock } = context;
  const claimed = await claimDue(db, clock.now());
  if (claimed.length === 0) return 0;
  const contexts = await messageContexts(db, courier.publicUrl);
  const groups = grouped(claimed);
  const lane = async (): Promise<void> => {
    while (!courier.stopping?.aborted) {
      const group = groups.pop();
      if (!group) return;
      await deliver(context, courier, group, contexts);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  await release(db, groups.flat(), clock.now());
  const topics = topicsOf(claimed);
  if (topics.size > 0) await db.$executeRaw`SELECT pg_notify(${NOTIFY_CHANNEL}, ${notification(topics)})`;
  return claimed.length;
}

/** Whose pages show what came of it, once a batch: delivery logs, and people who wait for a test of theirs. */
function topicsOf(claimed: readonly Claimed[]): Set<string> {
  const tests = claimed.flatMap((one) => (one.test && one.personId !== null ? [`inbox:${one.personId}`] : []));
  return new Set([...(claimed.some((one) => one.webhook !== null) ? ["webhooks"] : []), ...tests]);
}

/** What goes into one message: a digest per person and channel; everything else by itself. */
function grouped(claimed: readonly Claimed[]): Claimed[][] {
  const groups = new Map<string, Claimed[]>();
  for (const one of claimed) {
    const together = one.digest && one.channel !== "webhook";
    const key = together ? `${one.channel} ${one.personId} ${one.webhook?.id ?? ""}` : one.id;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

async function deliver(
  context: CommandContext,
  courier: Courier,
  group: readonly Claimed[],
  contexts: (one: Claimed) => MessageContext,
): Promise<void> {
  const { db, clock } = context;
  const [first] = group;
  if (!first) return;
  const unwanted = reasonToDrop(first);
  if (unwanted !== null) return await drop(db, group, unwanted);
  const started = performance.now();
  const outcome = await send(courier, first, group, contexts(first), clock.now());
  const durationMs = Math.round(performance.now() - started);
  await markTried(db, group, { ...outcome, durationMs }, clock.now(), () => courier.random());
  if (!first.webhook) return;
  const failures = await db.webhook.update({
    where: { id: first.webhook.id },
    data: { failures: outcome.ok ? 0 : { increment: 1 } },
    select: { failures: true },
  });
  if (outcome.ok) return;
  const gone = outcome.statusCode === 410;
  if (gone || failures.failures >= PAUSE_AFTER)
    await pauseFailing(
      context,
      first.webhook.id,
      gone ? "The receiver wants no more (410)." : `It ${outcome.error}, ${failures.failures} times in a row.`,
    );
}

function reasonToDrop({ channel, personActive, personId, webhook }: Claimed): string | null {
  if (personId !== null && !personActive) return "The person can no longer sign in.";
  if (channel !== "email" && webhook === null) return "The webhook was removed.";
  return null;
}

async function send(
  courier: Courier,
  first: Claimed,
  group: readonly Claimed[],
  message: MessageContext,
  now: Date,
): Promise<Outcome> {
  const items = group.map((one) => one.item(courier.publicUrl));
  const { allow, sealer } = courier;
  if (first.channel === "email") {
    if (!courier.mailer || first.email === null)
      return { ok: false, statusCode: null, error: "no mail server is set up", gone: false };
    return await courier.mailer.send({ ...mailOf(items, message), to: first.email, messageId: first.id });
  }
  const url = first.webhook && urlOf(sealer, first.webhook);
  if (!first.webhook || url === null) return UNSEALED;
  if (first.channel === "chat")
    return await postJson({ url, headers: {}, body: chatMessage(items, message) }, { allow });
  const [item] = items;
  if (!item) return UNSEALED;
  return await sendEvent(courier, first.webhook, url, first.id, eventBody(item, message.details), now);
}

const UNSEALED: Outcome = {
  ok: false,
  statusCode: null,
  error: "its address or secret was sealed with another key: set REMIT_SEAL_KEY as it was, or enter it anew",
  gone: true,
};

async function sendEvent(
  { sealer, allow }: Courier,
  webhook: SealedWebhook,
  url: string,
  deliveryId: string,
  body: string,
  now: Date,
): Promise<Outcome> {
  const secrets = secretsOf(sealer, webhook, now);
  if (secrets.length === 0) return UNSEALED;
  return await postJson({ url, headers: signedHeaders(`msg_${deliveryId}`, body, secrets, now), body }, { allow });
}
