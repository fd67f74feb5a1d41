import { z } from "zod";

import { leafHash, merkleRoot } from "@/lib/audit/checkpoints/merkle";
import { canonical, sha256Hex } from "@/lib/kernel/json";

/** The action under which a checkpoint is recorded: one that is taken away is missed, because its record stands in a chain. */
export const CHECKPOINT_ACTION = "audit.checkpoint";

/** The last record of a stream: everything before it is fixed by its hash. */
export interface SignedHead {
  stream: string;
  seq: bigint;
  hash: Uint8Array;
}

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.string().regex(/^(0|[1-9]\d{0,18})$/);

/** What a checkpoint says; its canonical JSON is what is signed. */
const checkpointBody = z.strictObject({
  format: z.literal("remit-checkpoint-1"),
  /** 1, 2, 3 … without a gap. */
  seq: whole,
  /** UTC, RFC 3339. */
  at: z.string(),
  /** Merkle root over the heads, ordered by the name of their stream. */
  root: hex,
  streams: z.int().nonnegative(),
  /** How many records stand behind the heads. */
  records: whole,
  /** SHA-256 of the body before; null for the first. */
  previous: hex.nullable(),
  /** Which key signed: see `keyIdOf`. */
  key: z.string(),
});

export type CheckpointBody = z.infer<typeof checkpointBody>;

/** The tree's leaf for one head: canonical JSON of [stream, number, hash]. */
const headLeaf = ({ stream, seq, hash }: SignedHead): Buffer =>
  leafHash(canonical([stream, seq.toString(), Buffer.from(hash).toString("hex")]));

/** By code units, as everywhere that order is part of what is signed; never by locale. */
const byStream = (a: { stream: string }, b: { stream: string }): number =>
  a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0;

export const rootOfHeads = (heads: readonly SignedHead[]): string =>
  merkleRoot(heads.toSorted(byStream).map(headLeaf)).toString("hex");

export const recordsBehind = (heads: readonly SignedHead[]): bigint => heads.reduce((sum, head) => sum + head.seq, 0n);

/** What comes after the checkpoint before, as the text that is signed. */
export function bodyOf(
  heads: readonly SignedHead[],
  at: Date,
  before: { seq: bigint; body: string } | null,
  key: string,
): string {
  const body: CheckpointBody = {
    format: "remit-checkpoint-1",
    seq: ((before?.seq ?? 0n) + 1n).toString(),
    at: at.toISOString(),
    root: rootOfHeads(heads),
    streams: heads.length,
    records: recordsBehind(heads).toString(),
    previous: before && sha256Hex(before.body),
    key,
  };
  return canonical(body);
}

/** What the text says; null when it is not a checkpoint's, or not in the one form that is signed. */
export function parseCheckpoint(text: string): CheckpointBody | null {
  try {
    const parsed = checkpointBody.safeParse(JSON.parse(text));
    return parsed.success && canonical(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}
