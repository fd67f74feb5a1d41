import { APPROVAL_STEPS, approvalDifferences, type StoredApproval } from "@/lib/audit/standing/approval-record";
import type { RecordedStep } from "@/lib/audit/standing/steps";
import type { AuditFault } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** A verification names so many that disagree; then it is known well enough. */
export const MOST_FAULTS = 50;

/**
 * The approvals that are not what their records made of them. Each batch is read by one statement, which sees an approval and its records as
 * one commit left them: so it works while others decide.
 */
export async function verifyApprovals(db: Db, { signal, batchSize = 500 }: Reading = {}): Promise<AuditFault[]> {
  const faults: AuditFault[] = [];
  for (let after = NONE; faults.length < MOST_FAULTS;) {
    signal?.throwIfAborted();
    const rows = await readApprovals(db, Prisma.sql`a.id > ${after}::uuid`, batchSize);
    for (const { records, ...stored } of rows) {
      const differences = approvalDifferences(stored, records);
      if (differences.length > 0) faults.push(standingFault("approval", stored.id, differences));
    }
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) break;
    after = last.id;
  }
  return faults.slice(0, MOST_FAULTS);
}

export interface Reading {
  signal?: AbortSignal;
  batchSize?: number;
}

export const NONE = "00000000-0000-0000-0000-000000000000";

/** `kind` is also the path of its page. */
export const standingFault = (kind: "approval" | "review", id: string, differences: readonly string[]): AuditFault => ({
  kind,
  stream: `${kind}/${id}`,
  seq: 0n,
  message: `${kind === "approval" ? "Approval" : "Review"} ${id} has another ${differences.join(", ")} than its records say.`,
});

/** Approvals in the order of their ids, each with the records about it; null takes all. */
export const readApprovals = (db: Db, where: Prisma.Sql, take: number | null) =>
  db.$queryRaw<(StoredApproval & { decisionId: string; records: RecordedStep[] })[]>`
    SELECT a.id::text, a.decision_id::text AS "decisionId", a.run_id::text AS "runId", a.agent_id::text AS "agentId", a.action,
      a.args::text AS args, encode(a.args_hash, 'hex') AS "argsHash", a.state::text, ${iso("a.requested_at")} AS "requestedAt",
      ${iso("a.decided_at")} AS "decidedAt", a.decided_by_id::text AS "decidedById", a.comment, ${iso("a.release_at")} AS "releaseAt",
      ${iso("a.valid_until")} AS "validUntil", ${iso("a.redeemed_at")} AS "redeemedAt", a.seconds_spent AS "secondsSpent",
      a.edited_by_id::text AS "editedById", ${iso("a.edited_at")} AS "editedAt", a.answers, a.overrides,
      a.approver_ids::text[] AS "approverIds", a.excluded_ids::text[] AS "excludedIds", a.quorum, ${iso("a.deadline")} AS deadline,
      a.risk::text AS risk,
      (SELECT coalesce(json_agg(json_build_object('by', v.person_id, 'argsHash', encode(v.args_hash, 'hex'), 'comment', v.comment)), '[]')
        FROM approval_vote v WHERE v.approval_id = a.id) AS votes,
      json_build_object('runId', d.run_id, 'agentId', d.agent_id, 'action', d.action, 'argsHash', encode(d.args_hash, 'hex')) AS asked,
      (SELECT ${iso("u.at")} FROM decision u WHERE u.redeemed_approval_id = a.id) AS "usedAt",
      (SELECT coalesce(json_agg(json_build_object('stream', r.stream, 'seq', r.seq::text, 'body', r.body)), '[]') FROM audit_record r
        WHERE r.action = ANY(${[...APPROVAL_STEPS]}) AND r.subject_id IN (
          a.id::text, a.decision_id::text, (SELECT p.id::text FROM appeal p WHERE p.decision_id = a.decision_id))) AS records
    FROM approval a JOIN decision d ON d.id = a.decision_id
    WHERE ${where} ORDER BY a.id LIMIT ${take}`;

/** As `toISOString` writes it. */
export const iso = (column: string): Prisma.Sql =>
  Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
