import {
  bodyOf,
  CHECKPOINT_ACTION,
  parseCheckpoint,
  recordsBehind,
  type SignedHead,
} from "@/lib/audit/checkpoints/checkpoint";
import { ownSigner } from "@/lib/audit/checkpoints/own-signer";
import { currentHeads, headsAt, lostHeads } from "@/lib/audit/checkpoints/signed-heads";
import type { CheckpointSigner } from "@/lib/audit/checkpoints/signer";
import { command, type Step } from "@/lib/audit/command";
import { checkpointInput } from "@/lib/audit/schemas";
import { sha256Hex } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";

interface MadeCheckpoint {
  seq: string;
  records: string;
  streams: number;
}

/**
 * A command that signs where every stream stands: whoever keeps the checkpoint can show later that nothing up to here was changed or taken away.
 * A person may ask for one who reads any part of the audit: it says how long chains are, never what they say.
 * Errors: `forbidden`; `conflict` when nothing was recorded since the last one; `record_contradicted` when what it was signed over no
 * longer stands: what was tampered with is not signed again.
 */
export const checkpointCommand = (signer: () => CheckpointSigner) =>
  command(checkpointInput, {}, async (step, { unlessSince }): Promise<Result<MadeCheckpoint>> => {
    const { actor, access, tx } = step;
    const may = actor.kind === "person" ? access?.canAnywhere("audit.read") === true : actor.kind !== "agent";
    if (!may) return fail("forbidden", "You do not have the role that this needs.");
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('checkpoint'))::text`;
    const last = await tx.checkpoint.findFirst({
      orderBy: { seq: "desc" },
      select: { seq: true, at: true, body: true },
    });
    if (last && unlessSince && last.at > unlessSince) return fail("conflict", "The last checkpoint is recent enough.");
    const [signed, heads] = [last ? await headsAt(tx, last.seq) : [], await currentHeads(tx)];
    // The record of a checkpoint itself is nothing new.
    if (recordsBehind(heads) <= (last ? recordsBehind(signed) + 1n : 0n) && isWithin(signed, heads))
      return fail("conflict", "Nothing was recorded since the last checkpoint.");
    const [lost] = await lostHeads(tx, signed);
    if (lost) {
      const what = lost.how === "gone" ? "is gone" : "is another one";
      return fail(
        "record_contradicted",
        `The record contradicts checkpoint ${last?.seq}: ${lost.stream} #${lost.seq} ${what}.`,
      );
    }
    return ok(await store(step, signer(), last, signed, heads));
  });

export const makeCheckpoint = checkpointCommand(ownSigner);

/** Whether every head that was signed is still reached. */
function isWithin(signed: readonly SignedHead[], heads: readonly SignedHead[]): boolean {
  const now = new Map(heads.map((head) => [head.stream, head.seq]));
  return signed.every((head) => (now.get(head.stream) ?? 0n) >= head.seq);
}

async function store(
  { tx, now, audit }: Step,
  signer: CheckpointSigner,
  last: { seq: bigint; body: string } | null,
  signed: readonly SignedHead[],
  heads: readonly SignedHead[],
): Promise<MadeCheckpoint> {
  const body = bodyOf(heads, now, last, signer.keyId);
  const seq = (last?.seq ?? 0n) + 1n;
  const before = new Map(signed.map((head) => [head.stream, head.seq]));
  const moved = heads.filter((head) => before.get(head.stream) !== head.seq);
  await tx.checkpoint.create({
    data: {
      seq,
      at: now,
      body,
      signature: new Uint8Array(signer.sign(body)),
      publicKey: new Uint8Array(signer.publicKey),
    },
  });
  await tx.checkpointHead.createMany({
    data: moved.map((head) => ({
      stream: head.stream,
      checkpointSeq: seq,
      seq: head.seq,
      hash: new Uint8Array(head.hash),
    })),
  });
  const said = { records: recordsBehind(heads).toString(), streams: heads.length };
  audit({
    action: CHECKPOINT_ACTION,
    subjectKind: "checkpoint",
    subjectId: seq.toString(),
    nodeId: null,
    detail: { ...said, root: parseCheckpoint(body)?.root ?? "", hash: sha256Hex(body), key: signer.keyId },
  });
  return { seq: seq.toString(), ...said };
}
