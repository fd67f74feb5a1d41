import type { SignedHead } from "@/lib/audit/checkpoints/checkpoint";
import type { Db } from "@/lib/db/client";

type Reader = Pick<Db, "$queryRaw">;

/** Where every stream stands now. One statement sees one state of the store, so that these heads stood together. */
export const currentHeads = (db: Reader): Promise<SignedHead[]> =>
  db.$queryRaw<SignedHead[]>`
    SELECT id AS stream, seq, head_hash AS hash FROM audit_stream WHERE seq > 0 ORDER BY id COLLATE "C"`;

/** Where every stream stood at a checkpoint: as it was signed last, up to that one. */
export const headsAt = (db: Reader, checkpoint: bigint): Promise<SignedHead[]> =>
  db.$queryRaw<SignedHead[]>`
    SELECT DISTINCT ON (stream COLLATE "C") stream, seq, hash FROM checkpoint_head WHERE checkpoint_seq <= ${checkpoint}
    ORDER BY stream COLLATE "C", checkpoint_seq DESC`;

/** A head that no longer is what its chain says. */
interface LostHead {
  stream: string;
  seq: bigint;
  /** `gone`: the chain has no such record; `other`: it has another one there. */
  how: "gone" | "other";
}

/** Those of the heads whose record is gone or is another one: what was signed no longer stands in its chain. */
export async function lostHeads(db: Reader, heads: readonly SignedHead[]): Promise<LostHead[]> {
  if (heads.length === 0) return [];
  return await db.$queryRaw<LostHead[]>`
    SELECT signed.stream, signed.seq, CASE WHEN record.hash IS NULL THEN 'gone' ELSE 'other' END AS how
    FROM unnest(${heads.map((head) => head.stream)}::text[], ${heads.map((head) => head.seq)}::bigint[],
      ${heads.map((head) => Buffer.from(head.hash).toString("hex"))}::text[]) AS signed (stream, seq, hash)
    LEFT JOIN audit_record record ON record.stream = signed.stream AND record.seq = signed.seq
    LEFT JOIN audit_stream head ON head.id = signed.stream
    WHERE record.hash IS NULL OR encode(record.hash, 'hex') <> signed.hash OR coalesce(head.seq, 0) < signed.seq
    ORDER BY signed.stream, signed.seq`;
}
