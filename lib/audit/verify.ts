import { z } from "zod";

import { GENESIS, linkHash } from "@/lib/audit/chain";

/** An audit record as stored, whoever stored it. */
export interface StoredRecord {
  stream: string;
  seq: bigint;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  nodeId: string | null;
  body: string;
  prevHash: Uint8Array;
  hash: Uint8Array;
}

/** How far a stream has been verified: the next record must be `seq + 1` and name `hash` as its predecessor's. */
export interface Verified {
  stream: string;
  seq: bigint;
  hash: Uint8Array;
}

/**
 * What is wrong with a stream, and at which record.
 * - `gap`: a record is missing, comes twice or out of order; `seq` is the one that was expected
 * - `link`: the record does not name its predecessor's hash
 * - `hash`: the body is not what was hashed
 * - `body`: the body is no audit record in canonical form
 * - `column`: a column says something else than the body
 * - `head`: the stream's head names another last record, or one that is gone
 * - `stream`: records whose stream has no head
 * - `decision`: the decision that the record is about is gone or says something else; or, with `seq` 0, one that has no record
 * - `approval`, `review`: one is not what its records made of it; the stream names it, `approval/<id>`, and `seq` is 0
 * - `checkpoint`: the chain no longer reaches what a checkpoint was signed over; or, of the stream `checkpoint`, one that does not hold
 */
export interface AuditFault {
  kind:
    | "gap"
    | "link"
    | "hash"
    | "body"
    | "column"
    | "head"
    | "stream"
    | "decision"
    | "approval"
    | "review"
    | "checkpoint";
  stream: string;
  seq: bigint;
  /** In words, for people; never carries what the record says. */
  message: string;
}

type VerifyResult = { ok: true; verified: Verified } | { ok: false; fault: AuditFault; verified: Verified };

/** Nothing of the stream has been verified yet. */
export const unverified = (stream: string): Verified => ({ stream, seq: 0n, hash: GENESIS });

const recordBody = z.strictObject({
  stream: z.string(),
  seq: z.string(),
  at: z.string(),
  actor: z.strictObject({ kind: z.string(), id: z.string().nullable() }),
  action: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  nodeId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

type RecordBody = z.infer<typeof recordBody>;

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The body as an object; null when it is no audit record. */
export function parseBody(body: string): RecordBody | null {
  try {
    const parsed = recordBody.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The first column that says something else than the body, or null. */
function differingColumn(record: StoredRecord, body: RecordBody): string | null {
  const pairs: [column: string, stored: string | null, hashed: string | null][] = [
    ["stream", record.stream, body.stream],
    ["seq", record.seq.toString(), body.seq],
    ["at", Number.isNaN(record.at.getTime()) ? null : record.at.toISOString(), body.at],
    ["actor_kind", record.actorKind, body.actor.kind],
    ["actor_id", record.actorId, body.actor.id],
    ["action", record.action, body.action],
    ["subject_kind", record.subjectKind, body.subject.kind],
    ["subject_id", record.subjectId, body.subject.id],
    ["node_id", record.nodeId, body.nodeId],
  ];
  return pairs.find(([, stored, hashed]) => stored !== hashed)?.[0] ?? null;
}

/** Why this record cannot follow what has been verified, or null when it does. */
function faultOf(verified: Verified, record: StoredRecord): AuditFault | null {
  const expected = verified.seq + 1n;
  const fault = (kind: AuditFault["kind"], message: string, seq = record.seq): AuditFault => ({
    kind,
    stream: verified.stream,
    seq,
    message,
  });
  if (record.stream !== verified.stream) return fault("stream", "This record belongs to another stream.");
  if (record.seq !== expected) {
    return record.seq > expected
      ? fault("gap", `Record ${expected} is missing: ${record.seq} comes next.`, expected)
      : fault("gap", `Record ${record.seq} comes where ${expected} was expected.`);
  }
  if (!same(record.prevHash, verified.hash)) return fault("link", "It does not follow the record before it.");
  if (!same(record.hash, linkHash(record.prevHash, record.body)))
    return fault("hash", "Its body is not what was hashed.");
  const body = parseBody(record.body);
  if (!body) return fault("body", "Its body is not an audit record.");
  const column = differingColumn(record, body);
  return column === null ? null : fault("column", `Its column ${column} says something else than its body.`);
}

/**
 * Verifies records of one stream, in the order of `seq`, after what has been verified before (invariant I8).
 * Stops at the first fault: behind it nothing can be vouched for.
 */
export function verifyLinks(from: Verified, records: Iterable<StoredRecord>): VerifyResult {
  let verified = from;
  for (const record of records) {
    const fault = faultOf(verified, record);
    if (fault) return { ok: false, fault, verified };
    verified = { stream: from.stream, seq: record.seq, hash: record.hash };
  }
  return { ok: true, verified };
}

/** Compares a wholly verified stream with its head: a head beyond the last record shows that the end was cut off. */
export function verifyHead(verified: Verified, head: { seq: bigint; hash: Uint8Array }): AuditFault | null {
  if (head.seq > verified.seq) {
    const message = `Record ${verified.seq + 1n} is missing: the stream's head is at ${head.seq}.`;
    return { kind: "gap", stream: verified.stream, seq: verified.seq + 1n, message };
  }
  if (head.seq < verified.seq) {
    const message = `The stream's head is at ${head.seq}: this record was added behind it.`;
    return { kind: "head", stream: verified.stream, seq: head.seq + 1n, message };
  }
  if (same(head.hash, verified.hash)) return null;
  return {
    kind: "head",
    stream: verified.stream,
    seq: verified.seq,
    message: "The stream's head names another last record.",
  };
}
