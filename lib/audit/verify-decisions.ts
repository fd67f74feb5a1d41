import { decisionDifference, type StoredDecision } from "@/lib/audit/standing/decision-record";
import { iso } from "@/lib/audit/standing/verify-approvals";
import type { AuditFault, StoredRecord } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

const PREFIX = "decision.";
const isOfDecision = (record: StoredRecord): boolean =>
  record.subjectKind === "decision" && record.action.startsWith(PREFIX);

/**
 * The first of these records (whose chain holds) that no longer describes the decision that it is about: the decision is gone, or its
 * effect, code, run, agent, action, arguments, checks, resource, evidence, estimate, message, time, configuration or approval were changed (invariant I8, from the record to what it records).
 */
export async function verifyDecisions(db: Db, records: readonly StoredRecord[]): Promise<AuditFault | null> {
  const about = records.filter(isOfDecision);
  if (about.length === 0) return null;
  const ids = about.map((record) => record.subjectId);
  const rows = await readDecisions(db, Prisma.sql`id = ANY (${ids}::uuid[])`);
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const record of about) {
    const difference = decisionDifference(record.body, stored.get(record.subjectId));
    if (difference !== null)
      return {
        kind: "decision",
        stream: record.stream,
        seq: record.seq,
        message: difference === "gone" ? "Its decision is gone." : `Its decision has another ${difference}.`,
      };
  }
  return null;
}

/** Decisions as stored, in the order in which they were made. */
export const readDecisions = (db: Db, where: Prisma.Sql) =>
  db.$queryRaw<StoredDecision[]>`
    SELECT id::text, run_id::text AS "runId", agent_id::text AS "agentId", action, effect::text AS effect, code, mode::text AS mode,
      args::text AS args, encode(args_hash, 'hex') AS "argsHash", checks::text AS checks,
      resource::text AS resource, evidence::text AS evidence, estimate::text AS estimate, message,
      config_version::text AS "configVersion", redeemed_approval_id::text AS redeemed, ${iso("at")} AS at,
      (SELECT a.id::text FROM approval a WHERE a.decision_id = decision.id) AS "approvalId"
    FROM decision WHERE ${where} ORDER BY decision.at, decision.id`;

/** The oldest decision that no record is about: nothing vouches for it (invariant I1). Null when there is none. */
export async function unrecordedDecision(db: Db): Promise<AuditFault | null> {
  const [stray] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM decision WHERE NOT EXISTS (
      SELECT FROM audit_record WHERE subject_kind = 'decision' AND subject_id = decision.id::text AND action LIKE 'decision.%')
    ORDER BY id LIMIT 1`;
  return stray
    ? { kind: "decision", stream: "decision", seq: 0n, message: `Decision ${stray.id} has no record.` }
    : null;
}
