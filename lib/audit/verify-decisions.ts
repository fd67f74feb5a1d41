import { z } from "zod";

import { contextHash } from "@/lib/audit/context-hash";
import type { AuditFault, StoredRecord } from "@/lib/audit/verify";
import { parseBody } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/client";
import { argsHash, sha256, type JsonObject } from "@/lib/kernel/json";

/** A decision as stored, with its JSON as the text that it is stored as. */
interface StoredDecision {
  id: string;
  runId: string;
  agentId: string;
  action: string;
  effect: string;
  code: string;
  mode: string;
  args: string;
  argsHash: Uint8Array;
  checks: string;
  resource: string | null;
  evidence: string | null;
  estimate: string | null;
  message: string;
  configVersion: string;
  redeemed: string | null;
  approvalId: string | null;
  at: Date;
}

/** What the record of a decision says of it: see `DecisionRecord` of the gate. */
const recorded = z.object({
  runId: z.string(),
  agentId: z.string(),
  action: z.string(),
  code: z.string(),
  mode: z.string(),
  argsHash: z.string(),
  checksHash: z.string(),
  /** Not of those that were made before it was in records. */
  contextHash: z.string().nullish(),
  configVersion: z.string(),
  redeemed: z.string().optional(),
  approvalId: z.string().optional(),
});

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
  const rows = await db.$queryRaw<StoredDecision[]>`
    SELECT id, run_id AS "runId", agent_id AS "agentId", action, effect::text AS effect, code, mode::text AS mode,
      args::text AS args, args_hash AS "argsHash", checks::text AS checks,
      resource::text AS resource, evidence::text AS evidence, estimate::text AS estimate, message,
      config_version::text AS "configVersion", redeemed_approval_id::text AS redeemed, at,
      (SELECT a.id::text FROM approval a WHERE a.decision_id = decision.id) AS "approvalId"
    FROM decision WHERE id = ANY (${ids}::uuid[])`;
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const record of about) {
    const difference = decisionDifference(record, stored.get(record.subjectId));
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

/** What a decision says otherwise than its record, `gone` for one that is not there, or null when they agree. */
function decisionDifference(record: StoredRecord, decision: StoredDecision | undefined): string | null {
  if (!decision) return "gone";
  const body = recorded.safeParse(parseBody(record.body)?.detail);
  if (!body.success) return "form";
  const said = body.data;
  const pairs: [name: string, recorded: string, stored: string][] = [
    ["effect", record.action.slice(PREFIX.length), decision.effect],
    ["code", said.code, decision.code],
    ["run", said.runId, decision.runId],
    ["agent", said.agentId, decision.agentId],
    ["action", said.action, decision.action],
    ["mode", said.mode, decision.mode],
    ["version of the configuration", said.configVersion, decision.configVersion],
    ["approval used up", said.redeemed ?? "", decision.redeemed ?? ""],
    // An approval without such a record may be a permit, which its own record vouches for.
    ["approval that it asked for", said.approvalId ?? "", said.approvalId ? (decision.approvalId ?? "") : ""],
    ["time", record.at.toISOString(), decision.at.toISOString()],
    ["set of checks", said.checksHash, sha256(decision.checks).toString("hex")],
    ["hash of its arguments", said.argsHash, Buffer.from(decision.argsHash).toString("hex")],
    ["set of arguments", said.argsHash, hashOfArgs(decision)],
  ];
  return pairs.find(([, before, now]) => before !== now)?.[0] ?? contextDifference(said.contextHash, decision);
}

/** Which part of what a decision was made on and answered differs; where the record vouches for several at once, all that it may be. */
function contextDifference(recordedHash: string | null | undefined, decision: StoredDecision): string | null {
  const { code, message, resource, evidence, estimate } = decision;
  const texts = { resource, evidence, estimate };
  if (recordedHash === undefined || recordedHash === contextHash(code, message, texts)) return null;
  if (recordedHash !== null) return "resource, evidence, estimate or message";
  return (["resource", "evidence", "estimate"] as const).find((name) => texts[name] !== null) ?? "message";
}

function hashOfArgs({ action, args }: StoredDecision): string {
  try {
    return argsHash(action, JSON.parse(args) as JsonObject).toString("hex");
  } catch {
    return "";
  }
}

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
