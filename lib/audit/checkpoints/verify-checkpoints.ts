import {
  CHECKPOINT_ACTION,
  parseCheckpoint,
  recordsBehind,
  rootOfHeads,
  type CheckpointBody,
  type SignedHead,
} from "@/lib/audit/checkpoints/checkpoint";
import { lostHeads } from "@/lib/audit/checkpoints/signed-heads";
import { isSigned, keyIdOf } from "@/lib/audit/checkpoints/signer";
import { parseBody, type AuditFault } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/client";
import { sha256Hex } from "@/lib/kernel/json";

/** What a verification of the checkpoints found. */
interface CheckpointVerification {
  checkpoints: number;
  /** Ids of the keys that signed, in the order of their first use. Whose they are is for the reader to know. */
  keys: string[];
  faults: AuditFault[];
}

/** The stream of a fault that is about a checkpoint and not about a record. */
const CHECKPOINT_STREAM = "checkpoint";

/** A checkpoint as stored or as kept elsewhere, with the heads that moved since the one before. */
export interface StoredCheckpoint {
  seq: bigint;
  at: Date;
  body: string;
  signature: Uint8Array;
  publicKey: Uint8Array;
  heads: SignedHead[];
}

/** How far the checkpoints have been walked: what was signed of each stream, and the hash that the next one must name. */
interface Walk {
  seq: bigint;
  previous: string | null;
  heads: Map<string, SignedHead>;
}

const BATCH = 20;

/** Where the records of checkpoints stand. */
const RECORDED = { stream: "configuration", subjectKind: "checkpoint", action: CHECKPOINT_ACTION };

/**
 * Verifies every checkpoint (invariant I8): its signature, that it names the one before, that its root is that of its heads, that these only
 * grow, that each still is in its chain, and that no recorded checkpoint is gone. Together with the chains themselves: that nothing which
 * stood behind a checkpoint was changed or cut off, even when the end of a stream was taken away together with its head.
 * Stops at the first checkpoint that does not hold.
 */
export async function verifyCheckpoints(db: Db, signal?: AbortSignal): Promise<CheckpointVerification> {
  const faults: AuditFault[] = [];
  const keys = new Set<string>();
  const walk: Walk = { seq: 0n, previous: null, heads: new Map() };
  let wrong: AuditFault | null = null;
  while (wrong === null) {
    signal?.throwIfAborted();
    const batch = await db.checkpoint.findMany({
      where: { seq: { gt: walk.seq } },
      orderBy: { seq: "asc" },
      take: BATCH,
      include: { heads: { select: { stream: true, seq: true, hash: true } } },
    });
    if (batch.length === 0) break;
    for (const checkpoint of batch) {
      wrong = step(walk, checkpoint);
      if (wrong) break;
      keys.add(keyIdOf(checkpoint.publicKey));
    }
    faults.push(...(await lostFrom(db, batch)));
    wrong ??= await unlikeItsRecord(db, batch);
  }
  const gone = await goneCheckpoint(db);
  for (const one of [wrong, gone]) if (one) faults.push(one);
  return { checkpoints: Number(walk.seq), keys: [...keys], faults };
}

const fault = (seq: bigint, message: string): AuditFault => ({
  kind: "checkpoint",
  stream: CHECKPOINT_STREAM,
  seq,
  message: `Checkpoint ${seq} ${message}`,
});

/** Takes one more checkpoint into the walk, or says what is wrong with it. */
function step(walk: Walk, checkpoint: StoredCheckpoint): AuditFault | null {
  const expected = walk.seq + 1n;
  if (checkpoint.seq !== expected) return fault(expected, "is missing.");
  const body = parseCheckpoint(checkpoint.body);
  if (!body) return fault(expected, "has a body that is not a checkpoint's.");
  const wrong = selfFault(checkpoint, body);
  if (wrong) return fault(expected, wrong);
  if (body.previous !== walk.previous) return fault(expected, "does not follow the one before it.");
  for (const head of checkpoint.heads) {
    if ((walk.heads.get(head.stream)?.seq ?? 0n) > head.seq) return fault(expected, `says that ${head.stream} shrank.`);
    walk.heads.set(head.stream, head);
  }
  const heads = [...walk.heads.values()];
  if (!describes(body, heads)) return fault(expected, "was not signed over these heads.");
  walk.seq = expected;
  walk.previous = sha256Hex(checkpoint.body);
  return null;
}

/** What is wrong with a checkpoint by itself, or null: its columns, its key, its signature. */
export function selfFault(checkpoint: Omit<StoredCheckpoint, "heads">, body: CheckpointBody): string | null {
  if (body.seq !== checkpoint.seq.toString()) return "says another number in its body.";
  if (body.at !== checkpoint.at.toISOString()) return "says another time in its body.";
  if (body.key !== keyIdOf(checkpoint.publicKey)) return "comes with another key than it names.";
  if (!isSigned(checkpoint.body, checkpoint.signature, checkpoint.publicKey))
    return "has a signature that does not fit.";
  return null;
}

/** Whether the root, and what is said beside it, are those of these heads. */
export const describes = (body: CheckpointBody, heads: readonly SignedHead[]): boolean =>
  body.root === rootOfHeads(heads) && body.streams === heads.length && body.records === recordsBehind(heads).toString();

/** Heads of these checkpoints that their chains no longer reach, each with the first checkpoint that signed it. */
async function lostFrom(db: Db, checkpoints: readonly StoredCheckpoint[]): Promise<AuditFault[]> {
  const lost = await lostHeads(
    db,
    checkpoints.flatMap((checkpoint) => checkpoint.heads),
  );
  return lost.map(({ stream, seq, how }) => {
    const by = checkpoints.find((one) => one.heads.some((head) => head.stream === stream && head.seq === seq));
    return lostFault(stream, seq, how, by?.seq ?? 0n);
  });
}

export const lostFault = (stream: string, seq: bigint, how: "gone" | "other", by: bigint): AuditFault => ({
  kind: "checkpoint",
  stream,
  seq,
  message:
    how === "gone"
      ? `Checkpoint ${by} was signed over this record, and the chain no longer reaches it.`
      : `Checkpoint ${by} was signed over another record in this place.`,
});

/** The first of these checkpoints that no record is about, or whose record names another body. */
async function unlikeItsRecord(db: Db, checkpoints: readonly StoredCheckpoint[]): Promise<AuditFault | null> {
  const records = await db.auditRecord.findMany({
    where: { ...RECORDED, subjectId: { in: checkpoints.map((one) => one.seq.toString()) } },
    select: { subjectId: true, body: true },
  });
  const recorded = new Map(records.map((one) => [one.subjectId, parseBody(one.body)?.detail.hash]));
  for (const { seq, body } of checkpoints) {
    if (!recorded.has(seq.toString()))
      return fault(seq, "has no record: it was slipped in, or its record was taken away.");
    if (recorded.get(seq.toString()) !== sha256Hex(body)) return fault(seq, "is not the one that was recorded.");
  }
  return null;
}

/** The first checkpoint that was recorded and is gone. */
async function goneCheckpoint(db: Db): Promise<AuditFault | null> {
  const [row] = await db.$queryRaw<{ subject: string }[]>`
    SELECT subject_id AS subject FROM audit_record record
    WHERE stream = ${RECORDED.stream} AND subject_kind = ${RECORDED.subjectKind} AND action = ${RECORDED.action}
      AND NOT EXISTS (SELECT FROM checkpoint WHERE checkpoint.seq::text = record.subject_id)
    ORDER BY seq LIMIT 1`;
  return row && /^\d{1,18}$/.test(row.subject) ? fault(BigInt(row.subject), "was recorded and is gone.") : null;
}
