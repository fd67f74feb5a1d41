import { z } from "zod";

/** A checkpoint is of everything; `unlessSince` makes none when there is one that was made after it. */
export const checkpointInput = z.strictObject({ unlessSince: z.date().optional() });

export const ACTOR_KINDS = ["person", "agent", "system", "cli"] as const;

/** First words of recorded actions, to filter by: `agent` finds `agent.suspend`. */
export const ACTION_GROUPS = [
  "absence",
  "action",
  "agent",
  "appeal",
  "approval",
  "audit",
  "credential",
  "decision",
  "demo",
  "envelope",
  "grant",
  "inbox_view",
  "incident",
  "manifest",
  "node",
  "notification",
  "organisation",
  "person",
  "policy",
  "promotion",
  "report",
  "review",
  "role",
  "rollback",
  "rotation",
  "run",
  "session",
  "sign_in",
  "simulation",
  "suggestion",
  "system",
  "team",
  "webhook",
] as const;

/** A place in the audit's order: newest first, then by stream, then latest in the stream first. */
export interface AuditCursor {
  at: Date;
  stream: string;
  seq: bigint;
}

const cursorText = z
  .base64url()
  .max(300)
  .transform((text) => Buffer.from(text, "base64url").toString())
  .pipe(z.string().regex(/^\d{1,13} \d{1,19} [^\0]{1,200}$/));

export function encodeCursor({ at, stream, seq }: AuditCursor): string {
  return Buffer.from(`${at.getTime()} ${seq} ${stream}`).toString("base64url");
}

/** The place that the text names; null for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): AuditCursor | null {
  const parsed = cursorText.safeParse(text);
  if (!parsed.success) return null;
  const [at = "", seq = "", ...stream] = parsed.data.split(" ");
  const cursor = { at: new Date(Number(at)), stream: stream.join(" "), seq: BigInt(seq) };
  const known = !Number.isNaN(cursor.at.getTime()) && cursor.seq < 2n ** 63n;
  return known ? cursor : null;
}
