import { REVIEW_STEPS, reviewDifferences, type StoredReview } from "@/lib/audit/standing/review-record";
import type { RecordedStep } from "@/lib/audit/standing/steps";
import { iso, MOST_FAULTS, NONE, standingFault, type Reading } from "@/lib/audit/standing/verify-approvals";
import type { AuditFault, StoredRecord } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** The reviews that are not what their records made of them; as {@link verifyApprovals}. */
export async function verifyReviews(db: Db, { signal, batchSize = 500 }: Reading = {}): Promise<AuditFault[]> {
  const faults: AuditFault[] = [];
  for (let after = NONE; faults.length < MOST_FAULTS;) {
    signal?.throwIfAborted();
    const rows = await readReviews(db, Prisma.sql`v.id > ${after}::uuid`, batchSize);
    for (const { records, ...stored } of rows) {
      const differences = reviewDifferences(stored, records);
      if (differences.length > 0) faults.push(standingFault("review", stored.id, differences));
    }
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) break;
    after = last.id;
  }
  return faults.slice(0, MOST_FAULTS);
}

/** Reviews in the order of their ids, each with the records about it; null takes all. */
export const readReviews = (db: Db, where: Prisma.Sql, take: number | null) =>
  db.$queryRaw<(StoredReview & { records: RecordedStep[] })[]>`
    SELECT v.id::text, v.decision_id::text AS "decisionId", v.run_id::text AS "runId", v.agent_id::text AS "agentId", v.action,
      v.state::text, v.on_lapse::text AS "onLapse", ${iso("v.deadline")} AS deadline, ${iso("v.decided_at")} AS "decidedAt",
      v.decided_by_id::text AS "decidedById", v.comment, v.risk::text AS risk, v.excluded_ids::text[] AS "excludedIds",
      (SELECT coalesce(json_agg(json_build_object('stream', r.stream, 'seq', r.seq::text, 'body', r.body)), '[]') FROM audit_record r
        WHERE r.action = ANY(${[...REVIEW_STEPS]}) AND r.subject_id = v.id::text) AS records
    FROM review v WHERE ${where} ORDER BY v.id LIMIT ${take}`;

/** The first of these records that opened a review which is gone. */
export async function missingReview(db: Db, records: readonly StoredRecord[]): Promise<AuditFault | null> {
  const opened = records.filter((record) => record.action === "review.open");
  if (opened.length === 0) return null;
  const ids = opened.map((record) => record.subjectId);
  const there = await db.review.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const known = new Set(there.map((one) => one.id));
  const gone = opened.find((record) => !known.has(record.subjectId));
  return gone ? { kind: "review", stream: gone.stream, seq: gone.seq, message: "Its review is gone." } : null;
}
