import { randomBytes } from "node:crypto";

import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { urlFault } from "@/lib/notify/webhooks/destination";
import { signingSecret } from "@/lib/notify/webhooks/event";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { connectChatInput, createWebhookInput } from "@/lib/notify/schemas";
import { sealSecret, sealUrl } from "@/lib/notify/webhooks/secrets";
import { env } from "@/lib/server/env";

/** Chats that one person can connect, and webhooks of the organisation that can be. */
const CHATS_MAX = 3;
const WEBHOOKS_MAX = 100;

/**
 * Adds a webhook that hears of a node's subtree. Answers the signing secret, this once; null for a chat. Errors: `not_found` (field `nodeId`),
 * `invalid_input` (field `url`) for an address that cannot be used, `conflict` when there are too many.
 */
export const createWebhook = command(createWebhookInput, {}, async (step, { kind, name, url, nodeId, events }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const node = await step.tx.node.findUnique({ where: { id: nodeId }, select: { id: true } });
  if (!node) return fail("not_found", "There is no such node.", "nodeId");
  const fault = urlFault(url, env().REMIT_WEBHOOK_ALLOW);
  if (fault !== null) return fail("invalid_input", fault, "url");
  const count = await step.tx.webhook.count({ where: { nodeId: { not: null }, removedAt: null } });
  if (count >= WEBHOOKS_MAX) return fail("conflict", `There are ${WEBHOOKS_MAX} webhooks. Remove one first.`);
  const id = step.newId();
  const secret = kind === "signed" ? signingSecret(randomBytes(32)) : null;
  await step.tx.webhook.create({
    data: {
      id,
      kind,
      name,
      nodeId,
      events: [...new Set(events)],
      sealedUrl: sealUrl(ownSealer(), id, url),
      shownUrl: shownUrl(kind, url),
      sealedSecret: secret === null ? null : sealSecret(ownSealer(), id, secret),
      createdById: personOf(step),
      createdAt: step.now,
    },
  });
  step.audit({
    action: "webhook.create",
    subjectKind: "webhook",
    subjectId: id,
    nodeId,
    detail: { name, kind, url: shownUrl(kind, url), events },
  });
  step.notify("webhooks");
  return ok({ id, secret });
});

/** A person connects a chat of their own: a Slack-compatible incoming webhook. Errors: `invalid_input` (field `url`), `conflict`. */
export const connectChat = command(connectChatInput, {}, async (step, { url }) => {
  const { actor } = step;
  if (actor.kind !== "person") return fail("forbidden", "Only people connect a chat of their own.");
  const fault = urlFault(url, env().REMIT_WEBHOOK_ALLOW);
  if (fault !== null) return fail("invalid_input", fault, "url");
  const count = await step.tx.webhook.count({ where: { personId: actor.id, removedAt: null } });
  if (count >= CHATS_MAX) return fail("conflict", `You have ${CHATS_MAX} chats connected. Disconnect one first.`);
  const id = step.newId();
  await step.tx.webhook.create({
    data: {
      id,
      kind: "chat",
      name: new URL(url).host,
      personId: actor.id,
      events: [],
      sealedUrl: sealUrl(ownSealer(), id, url),
      shownUrl: shownUrl("chat", url),
      createdById: actor.id,
      createdAt: step.now,
    },
  });
  step.audit({
    action: "notification.connect_chat",
    subjectKind: "person",
    subjectId: actor.id,
    nodeId: null,
    detail: { name: new URL(url).host },
  });
  step.notify(`inbox:${actor.id}`);
  return ok({ id });
});

/** What may be shown of an address: a chat's path is its password, and so may be what stands behind a `?`. */
export function shownUrl(kind: "chat" | "signed", text: string): string {
  const url = new URL(text);
  return kind === "chat" ? `${url.origin}/…` : `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}
