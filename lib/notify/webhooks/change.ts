import { randomBytes } from "node:crypto";

import { command, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { urlFault } from "@/lib/notify/webhooks/destination";
import { signingSecret } from "@/lib/notify/webhooks/event";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { updateWebhookInput, webhookIdInput } from "@/lib/notify/schemas";
import { shownUrl } from "@/lib/notify/webhooks/create";
import { sealSecret, sealUrl } from "@/lib/notify/webhooks/secrets";
import { env } from "@/lib/server/env";

/** After a rotation receivers have a day to take the new secret: until then both sign. */
export const BOTH_SIGN_MS = 86_400_000;

/** Changes name, events and, if one is given, the address. Errors: `not_found`, `invalid_input` (field `url`). */
export const updateWebhook = command(updateWebhookInput, {}, async (step, { id, name, url, events }) => {
  const opened = await open(step, id);
  if (!opened.ok) return opened;
  const fault = url === undefined ? null : urlFault(url, env().REMIT_WEBHOOK_ALLOW);
  if (fault !== null) return fail("invalid_input", fault, "url");
  const { kind } = opened.value;
  const address =
    url === undefined ? {} : { sealedUrl: sealUrl(ownSealer(), id, url), shownUrl: shownUrl(kind, url), failures: 0 };
  await step.tx.webhook.update({ where: { id }, data: { name, events: [...new Set(events)], ...address } });
  record(step, "webhook.update", opened.value, { name, events, url: url === undefined ? null : shownUrl(kind, url) });
  return ok(null);
});

/** A new signing secret, answered this once; the one before signs beside it for a day. Errors: `not_found`, `conflict` for a chat, which signs nothing. */
export const rotateWebhookSecret = command(webhookIdInput, {}, async (step, { id }) => {
  const opened = await open(step, id);
  if (!opened.ok) return opened;
  const { kind, sealedSecret } = opened.value;
  if (kind !== "signed" || !sealedSecret) return fail("conflict", "A chat has no signing secret.");
  const secret = signingSecret(randomBytes(32));
  const previousUntil = new Date(step.now.getTime() + BOTH_SIGN_MS);
  await step.tx.webhook.update({
    where: { id },
    data: {
      sealedSecret: sealSecret(ownSealer(), id, secret),
      sealedPrevious: new Uint8Array(sealedSecret),
      previousUntil,
    },
  });
  record(step, "webhook.rotate_secret", opened.value, { previousUntil: previousUntil.toISOString() });
  return ok({ secret, previousUntil });
});

/** Stops sending; what is to be sent waits. */
export const pauseWebhook = command(webhookIdInput, {}, async (step, { id }) => {
  const opened = await open(step, id);
  if (!opened.ok) return opened;
  if (opened.value.pausedAt !== null) return fail("conflict", "It is paused already.");
  await step.tx.webhook.update({ where: { id }, data: { pausedAt: step.now, pausedReason: null } });
  record(step, "webhook.pause", opened.value, {});
  return ok(null);
});

/** Sends again, at once what has waited. */
export const resumeWebhook = command(webhookIdInput, {}, async (step, { id }) => {
  const opened = await open(step, id);
  if (!opened.ok) return opened;
  if (opened.value.pausedAt === null) return fail("conflict", "It is not paused.");
  await step.tx.webhook.update({ where: { id }, data: { pausedAt: null, pausedReason: null, failures: 0 } });
  await step.tx.notificationDelivery.updateMany({
    where: { webhookId: id, state: "waiting", attempts: { gt: 0 } },
    data: { nextAt: step.now },
  });
  record(step, "webhook.resume", opened.value, {});
  return ok(null);
});

/** Removes a webhook, one's own chat included, for good: address and secrets are emptied, what was to be sent is not. The log stays. */
export const removeWebhook = command(webhookIdInput, {}, async (step, { id }) => {
  const opened = await open(step, id);
  if (!opened.ok) return opened;
  await step.tx.webhook.update({
    where: { id },
    data: {
      removedAt: step.now,
      sealedUrl: new Uint8Array(),
      sealedSecret: null,
      sealedPrevious: null,
      previousUntil: null,
    },
  });
  await step.tx.notificationDelivery.updateMany({
    where: { webhookId: id, state: "waiting" },
    data: { state: "dropped", nextAt: null, error: "The webhook was removed." },
  });
  record(step, "webhook.remove", opened.value, {});
  return ok(null);
});

type Opened = Awaited<ReturnType<typeof load>> & object;

const load = (step: Step, id: string) =>
  step.tx.webhook.findFirst({
    where: { id, removedAt: null },
    select: { id: true, name: true, kind: true, personId: true, nodeId: true, sealedSecret: true, pausedAt: true },
  });

/** A webhook of the organisation for its admins, a chat for its person; to everybody else it does not exist. */
async function open(step: Step, id: string): Promise<Result<Opened>> {
  const webhook = await load(step, id);
  const own = step.actor.kind === "person" && webhook?.personId === step.actor.id;
  if (!webhook || (webhook.personId !== null && !own)) return fail("not_found", "There is no such webhook.");
  if (own) return ok(webhook);
  const allowed = authorise(step, "organisation.write", null);
  return allowed.ok ? ok(webhook) : allowed;
}

function record(step: Step, action: string, webhook: Opened, detail: JsonObject): void {
  const { id, name, kind, nodeId, personId } = webhook;
  step.audit({
    action,
    subjectKind: personId === null ? "webhook" : "person",
    subjectId: personId ?? id,
    nodeId,
    detail: { name, kind, ...detail },
  });
  step.notify("webhooks", ...(personId === null ? [] : [`inbox:${personId}`]));
}
