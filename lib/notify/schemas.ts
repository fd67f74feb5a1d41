import { z } from "zod";

import { NOTICE_KINDS } from "@/lib/notify/kinds";

const url = z.string().trim().min(1, "Enter an address.").max(2_000, "Use a shorter address.");
const name = z.string().trim().min(1, "Enter a name.").max(80, "Use at most 80 characters.");
const events = z.array(z.enum(NOTICE_KINDS)).max(NOTICE_KINDS.length);

const WEBHOOK_KINDS = ["signed", "chat"] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

export const createWebhookInput = z.strictObject({
  kind: z.enum(WEBHOOK_KINDS),
  name,
  url,
  nodeId: z.uuid("Choose a node."),
  /** Kinds of notices; empty hears all. */
  events,
});
export const updateWebhookInput = z.strictObject({
  id: z.uuid(),
  name,
  /** A new address; absent keeps the one that is stored, which nobody is shown again. */
  url: url.optional(),
  events,
});
export const connectChatInput = z.strictObject({ url });
export const webhookIdInput = z.strictObject({ id: z.uuid() });
export const replayInput = z.strictObject({ deliveryId: z.uuid() });
export const markReadInput = z.strictObject({ ids: z.union([z.array(z.uuid()).min(1).max(200), z.literal("all")]) });
export const detailsInput = z.strictObject({ details: z.boolean() });

/** Where a test goes: a node's webhook, a chat of one's own, or one's own e-mail. */
export const testMessageInput = z.strictObject({
  target: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("email") }),
    z.strictObject({ kind: z.literal("chat"), id: z.uuid() }),
    z.strictObject({ kind: z.literal("webhook"), id: z.uuid() }),
  ]),
});
export type TestTarget = z.infer<typeof testMessageInput>["target"];
