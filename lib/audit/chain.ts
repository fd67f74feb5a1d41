import { canonical, sha256, type Json, type JsonObject } from "@/lib/kernel/json";

/** Who did it. `system` is Remit itself (deadlines, leases), `cli` the operator at the machine. */
export type Actor =
  | { kind: "person"; id: string }
  | { kind: "agent"; id: string }
  | { kind: "system"; id: string }
  | { kind: "cli"; id: string };

/** What is recorded of one change or decision. */
export interface AuditEntry {
  /** `agent.suspend`, `approval.approve`, `decision.deny` … */
  action: string;
  subjectKind: string;
  subjectId: string;
  /** The node whose subtree may see it; null is for those who see the whole organisation. */
  nodeId: string | null;
  detail: JsonObject;
}

/** One link: the row as stored. */
export interface AuditLink {
  stream: string;
  seq: bigint;
  at: Date;
  actor: Actor;
  entry: AuditEntry;
  /** Canonical JSON of the record, exactly as hashed. */
  body: string;
  prevHash: Buffer;
  hash: Buffer;
}

export interface StreamHead {
  stream: string;
  seq: bigint;
  hash: Buffer;
}

export const GENESIS = Buffer.alloc(32);

/** The text that is hashed. All that the other columns say is in it, so that no column can be changed unseen. */
export function auditBody(stream: string, seq: bigint, at: Date, actor: Actor, entry: AuditEntry): string {
  const record: { [key: string]: Json } = {
    stream,
    seq: seq.toString(),
    at: at.toISOString(),
    actor: { kind: actor.kind, id: actor.id },
    action: entry.action,
    subject: { kind: entry.subjectKind, id: entry.subjectId },
    nodeId: entry.nodeId,
    detail: entry.detail,
  };
  return canonical(record);
}

const scratch = Buffer.allocUnsafe(16 * 1024);

/** hash = SHA-256(prevHash ‖ body). */
export function linkHash(prevHash: Uint8Array, body: string): Buffer {
  // A character is at most three bytes.
  if (prevHash.length + body.length * 3 > scratch.length) return sha256(Buffer.concat([prevHash, Buffer.from(body)]));
  scratch.set(prevHash);
  const end = prevHash.length + scratch.write(body, prevHash.length);
  return sha256(scratch.subarray(0, end));
}

/** Chains the entry to the head. The caller stores the link and advances the head in the transaction of the change. */
export function link(head: StreamHead, at: Date, actor: Actor, entry: AuditEntry): AuditLink {
  const seq = head.seq + 1n;
  const body = auditBody(head.stream, seq, at, actor, entry);
  return { stream: head.stream, seq, at, actor, entry, body, prevHash: head.hash, hash: linkHash(head.hash, body) };
}

export const headOf = (last: AuditLink): StreamHead => ({ stream: last.stream, seq: last.seq, hash: last.hash });
