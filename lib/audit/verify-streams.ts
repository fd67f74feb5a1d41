import type { Db } from "@/lib/db/client";
import {
  unverified,
  verifyHead,
  verifyLinks,
  type AuditFault,
  type StoredRecord,
  type Verified,
} from "@/lib/audit/verify";
import { verifyApprovals } from "@/lib/audit/standing/verify-approvals";
import { missingReview, verifyReviews } from "@/lib/audit/standing/verify-reviews";
import { unrecordedDecision, verifyDecisions } from "@/lib/audit/verify-decisions";

/** How far a verification has come; `total` is what the heads promised when it began. */
interface VerifyProgress {
  stream: string;
  streams: number;
  streamsDone: number;
  records: number;
  total: number;
}

/** What a verification found: one fault at most for each stream, since nothing behind a fault can be vouched for. */
export interface Verification {
  streams: number;
  records: number;
  faults: AuditFault[];
}

export interface VerifyOptions {
  /** Called after each batch. */
  onProgress?: (progress: VerifyProgress) => void;
  /** Ends the verification with the signal's reason. */
  signal?: AbortSignal;
  batchSize?: number;
}

interface Head {
  id: string;
  seq: bigint;
  headHash: Uint8Array;
}

/**
 * Recomputes every stream's chain from its first record to the head that it had when the verification began (invariant I8).
 * Compares decisions, approvals and reviews with their records, too. Works while others append; reads in batches, so its memory does not grow with the record.
 */
export async function verifyStreams(db: Db, options: VerifyOptions = {}): Promise<Verification> {
  const { onProgress, signal, batchSize = 2_000 } = options;
  const heads = await db.auditStream.findMany({
    orderBy: { id: "asc" },
    select: { id: true, seq: true, headHash: true },
  });
  const total = heads.reduce((sum, head) => sum + Number(head.seq), 0);
  const faults: AuditFault[] = await strayRecords(db);
  let records = 0;
  for (const [index, head] of heads.entries()) {
    let verified = unverified(head.id);
    const report = (streamsDone: number, done: number): void =>
      onProgress?.({ stream: head.id, streams: heads.length, streamsDone, records: done, total });
    let fault: AuditFault | null = null;
    while (fault === null && verified.seq < head.seq) {
      signal?.throwIfAborted();
      const batch = await readBatch(db, verified, head, batchSize);
      if (batch.length === 0) break;
      const result = verifyLinks(verified, batch);
      verified = result.verified;
      fault = result.ok ? ((await verifyDecisions(db, batch)) ?? (await missingReview(db, batch))) : result.fault;
      report(index, records + Number(verified.seq));
    }
    fault ??= verifyHead(verified, { seq: head.seq, hash: head.headHash });
    if (fault) faults.push(fault);
    records += Number(verified.seq);
    report(index + 1, records);
  }
  const stray = await unrecordedDecision(db);
  if (stray) faults.push(stray);
  faults.push(...(await verifyApprovals(db, options)), ...(await verifyReviews(db, options)));
  return { streams: heads.length, records, faults: oneForEachStream(faults) };
}

async function readBatch(db: Db, after: Verified, head: Head, take: number): Promise<StoredRecord[]> {
  return await db.auditRecord.findMany({
    where: { stream: head.id, seq: { gt: after.seq, lte: head.seq } },
    orderBy: { seq: "asc" },
    take,
  });
}

/**
 * Records that no head vouches for: numbered below 1, beyond the head of their stream, or of a stream that has none.
 * One statement sees one state of the store, and a writer moves the head with its records: so honest appends never show up here.
 * The streams' names are taken from the index one by one instead of from every record.
 */
async function strayRecords(db: Db): Promise<AuditFault[]> {
  const rows = await db.$queryRaw<{ stream: string; seq: bigint; head: bigint | null }[]>`
    WITH RECURSIVE named AS (
      (SELECT stream FROM audit_record ORDER BY stream LIMIT 1)
      UNION ALL
      SELECT (SELECT next.stream FROM audit_record next WHERE next.stream > named.stream ORDER BY next.stream LIMIT 1)
      FROM named WHERE named.stream IS NOT NULL
    )
    SELECT named.stream, stray.seq, head.seq AS head
    FROM named
    LEFT JOIN audit_stream head ON head.id = named.stream
    CROSS JOIN LATERAL (
      (SELECT seq FROM audit_record WHERE stream = named.stream AND seq < 1 ORDER BY seq LIMIT 1)
      UNION ALL
      (SELECT seq FROM audit_record WHERE stream = named.stream AND seq > coalesce(head.seq, 0) ORDER BY seq LIMIT 1)
      LIMIT 1
    ) stray
    WHERE named.stream IS NOT NULL`;
  return rows.map(({ stream, seq, head }) =>
    head === null
      ? { kind: "stream", stream, seq, message: "This record's stream has no head." }
      : { kind: "head", stream, seq, message: `The stream's head is at ${head}: this record stands outside.` },
  );
}

/** The first fault of each stream: behind it nothing can be vouched for. */
export function oneForEachStream(faults: readonly AuditFault[]): AuditFault[] {
  const byStream = new Map<string, AuditFault>();
  for (const fault of faults) {
    const known = byStream.get(fault.stream);
    if (!known || fault.seq < known.seq) byStream.set(fault.stream, fault);
  }
  return [...byStream.values()].toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
}
