import { Webhook } from "standardwebhooks";

import type { MessageItem } from "@/lib/notify/deliver/message";

/** The body of a signed webhook: `{type, timestamp, data}` as Standard Webhooks has it. Detail goes along only where an admin allows it. */
export function eventBody({ id, kind, urgent, subject, url, params, at }: MessageItem, details: boolean): string {
  const { detail, ...said } = params;
  const data = { id, subject, url, urgent, ...said, ...(details && detail !== undefined ? { detail } : {}) };
  return JSON.stringify({ type: kind, timestamp: at.toISOString(), data });
}

/**
 * The Standard Webhooks headers: id (stable across attempts, by which a receiver knows a repeat), time of this attempt, and one signature for
 * each secret that is valid, the newest first.
 */
export function signedHeaders(
  messageId: string,
  body: string,
  secrets: readonly string[],
  now: Date,
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  return {
    "webhook-id": messageId,
    "webhook-timestamp": Math.floor(now.getTime() / 1_000).toString(),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(messageId, now, body)).join(" "),
  };
}

/** A signing secret's text from 32 random bytes: `whsec_` and base64, as receivers' libraries take it. */
export const signingSecret = (random: Uint8Array): string => `whsec_${Buffer.from(random).toString("base64")}`;
