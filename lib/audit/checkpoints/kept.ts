import { createPublicKey } from "node:crypto";

import { z } from "zod";

import { parseCheckpoint, type CheckpointBody, type SignedHead } from "@/lib/audit/checkpoints/checkpoint";
import { headsAt, lostHeads } from "@/lib/audit/checkpoints/signed-heads";
import { describes, lostFault, selfFault, type StoredCheckpoint } from "@/lib/audit/checkpoints/verify-checkpoints";
import type { AuditFault } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/client";

/** A checkpoint as a file that is kept elsewhere: whole by itself, with every head that it was signed over. */
const keptFile = z.object({
  format: z.literal("remit-checkpoint-file-1"),
  /** The signed text, byte for byte. */
  body: z.string(),
  signature: z.base64(),
  /** PEM. */
  publicKey: z.string(),
  heads: z.array(z.object({ stream: z.string(), seq: z.string().regex(/^\d{1,19}$/), hash: z.hex().length(64) })),
});

/** A checkpoint whose file holds by itself. */
export interface KeptCheckpoint extends StoredCheckpoint {
  said: CheckpointBody;
}

/** The file of a checkpoint; null when there is none of this number. */
export async function checkpointFile(db: Db, seq: bigint): Promise<string | null> {
  const checkpoint = await db.checkpoint.findUnique({ where: { seq } });
  if (!checkpoint) return null;
  const key = createPublicKey({ key: Buffer.from(checkpoint.publicKey), format: "der", type: "spki" });
  const file: z.input<typeof keptFile> = {
    format: "remit-checkpoint-file-1",
    body: checkpoint.body,
    signature: Buffer.from(checkpoint.signature).toString("base64"),
    publicKey: key.export({ format: "pem", type: "spki" }).toString(),
    heads: (await headsAt(db, seq)).map((head) => ({
      stream: head.stream,
      seq: head.seq.toString(),
      hash: Buffer.from(head.hash).toString("hex"),
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads such a file and verifies it by itself: signature, root, counts. A sentence when it does not hold; needs no database. */
export function readKept(text: string): KeptCheckpoint | string {
  const parsed = keptFile.safeParse(jsonOf(text));
  if (!parsed.success) return "is not the file of a checkpoint.";
  const { body, signature, publicKey } = parsed.data;
  const said = parseCheckpoint(body);
  const der = derOf(publicKey);
  if (!said || !der) return "is not the file of a checkpoint.";
  const heads = parsed.data.heads.map((head): SignedHead => ({
    stream: head.stream,
    seq: BigInt(head.seq),
    hash: Buffer.from(head.hash, "hex"),
  }));
  const checkpoint = {
    seq: BigInt(said.seq),
    at: new Date(said.at),
    body,
    signature: Buffer.from(signature, "base64"),
    publicKey: der,
    heads,
  };
  const wrong = selfFault(checkpoint, said);
  if (wrong) return wrong;
  return describes(said, heads) ? { ...checkpoint, said } : "was not signed over the heads in it.";
}

/** What of a kept checkpoint no longer stands in this store: heads that their chains do not reach, and the checkpoint itself. */
export async function verifyKept(db: Db, kept: KeptCheckpoint): Promise<AuditFault[]> {
  const [lost, stored] = await Promise.all([
    lostHeads(db, kept.heads),
    db.checkpoint.findUnique({ where: { seq: kept.seq }, select: { body: true } }),
  ]);
  const faults = lost.map(({ stream, seq, how }) => lostFault(stream, seq, how, kept.seq));
  if (stored?.body === kept.body) return faults;
  const what = stored ? "is another one here." : "is gone here.";
  return [
    ...faults,
    { kind: "checkpoint", stream: "checkpoint", seq: kept.seq, message: `Checkpoint ${kept.seq} ${what}` },
  ];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function derOf(pem: string): Buffer | null {
  try {
    return createPublicKey(pem).export({ format: "der", type: "spki" });
  } catch {
    return null;
  }
}
