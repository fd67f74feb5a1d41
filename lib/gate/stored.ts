import type { Pool } from "pg";

import { budgetAnswer } from "@/lib/budgets/answer";
import { questionsOf } from "@/lib/decisions/questions";
import type { ApprovalClaim, CheckOutcome, Effect } from "@/lib/decisions/types";
import { answerFrom } from "@/lib/gate/answer";
import type { Waiting } from "@/lib/gate/asked";
import { Problem } from "@/lib/gate/problem";
import type { JsonObject } from "@/lib/kernel/json";

interface ClaimRow {
  id: string;
  run_id: string;
  agent_id: string;
  action: string;
  args_hash: Buffer;
  resource: JsonObject | null;
  state: ApprovalClaim["state"];
  valid_until: Date | null;
  redeemed_at: Date | null;
  release_at: Date | null;
  overrides: string[];
  answers: string[];
  checks: CheckOutcome[];
}

const CLAIMS = `SELECT a.id, a.run_id, a.agent_id, a.action, a.args_hash, a.state, a.valid_until, a.redeemed_at, a.release_at, a.overrides,
    a.answers, d.checks, d.resource
  FROM approval a JOIN decision d ON d.id = a.decision_id WHERE a.id = ANY($1::uuid[])`;

/** The approvals of these ids as claims on them. What is read here without a lock is verified by the commit that redeems. */
export async function claimsOf(pool: Pool, ids: readonly string[]): Promise<Map<string, ApprovalClaim>> {
  const { rows } = await pool.query<ClaimRow>(CLAIMS, [ids]);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        runId: row.run_id,
        agentId: row.agent_id,
        action: row.action,
        argsHash: row.args_hash.toString("hex"),
        resource: row.resource,
        state: row.state,
        validUntil: row.valid_until,
        redeemedAt: row.redeemed_at,
        releaseAt: row.release_at,
        // A permit answers for the rules that it settles, and for nothing else that was asked.
        questions: row.overrides.length > 0 ? row.overrides : [...questionsOf(row.checks), ...row.answers],
        overrides: row.overrides,
      },
    ]),
  );
}

/** Reads the approvals that these requests name, as they are now. */
export async function readClaims(pool: Pool, batch: readonly Waiting[]): Promise<void> {
  const naming = batch.filter((waiting) => waiting.request.approvalId !== undefined);
  const claims = await claimsOf(
    pool,
    naming.flatMap((waiting) => waiting.request.approvalId ?? []),
  );
  for (const waiting of naming) waiting.claim = claims.get(waiting.request.approvalId ?? "") ?? null;
}

interface StoredRow {
  run_id: string;
  idempotency_key: string;
  request_hash: Buffer | null;
  id: string;
  effect: Effect;
  code: string;
  message: string;
  mode: "live" | "shadow";
  review_deadline: Date | null;
  approval_id: string | null;
  deadline: Date | null;
  retry_after_ms: number | null;
  budget: JsonObject | null;
}

const STORED = `SELECT d.run_id, d.idempotency_key, d.request_hash, d.id, d.effect, d.code, d.message, d.mode, d.review_deadline,
    a.id AS approval_id, a.deadline, CASE WHEN d.code = 'rate_limited' THEN
      (SELECT (c->'saw'->>'retryAfterMs')::int FROM json_array_elements(d.checks) AS c WHERE c->>'check' = 'rate') END AS retry_after_ms,
    (SELECT c->'saw' FROM json_array_elements(d.checks) AS c WHERE c->>'check' = 'budget') AS budget
  FROM unnest($1::uuid[], $2::text[]) AS want(run_id, key)
  JOIN decision d ON d.run_id = want.run_id AND d.idempotency_key = want.key
  LEFT JOIN approval a ON a.decision_id = d.id`;

/** Answers those of the requests whose key was used before: with the first answer, or a refusal when the content is another. */
export async function storedAnswers(pool: Pool, batch: readonly Waiting[]): Promise<void> {
  const keyed = batch.filter((waiting) => waiting.key !== null);
  const { rows } = await pool.query<StoredRow>(STORED, [
    keyed.map((waiting) => waiting.entry.id),
    keyed.map((waiting) => waiting.key),
  ]);
  const first = new Map(rows.map((row) => [`${row.run_id} ${row.idempotency_key}`, row]));
  for (const waiting of keyed) {
    const row = first.get(`${waiting.entry.id} ${waiting.key}`);
    if (!row) continue;
    const same =
      row.request_hash !== null && waiting.requestHash !== null && row.request_hash.equals(waiting.requestHash);
    waiting.resolve(same ? recordedAnswer(row) : keyConflict());
  }
}

const recordedAnswer = (row: StoredRow) =>
  answerFrom({
    decisionId: row.id,
    effect: row.effect,
    code: row.code,
    message: row.message,
    mode: row.mode,
    reviewDeadline: row.review_deadline,
    retryAfterMs: row.retry_after_ms,
    budget: budgetAnswer(row.budget, row.effect, row.mode),
    approval: row.approval_id !== null && row.deadline ? { id: row.approval_id, deadline: row.deadline } : null,
  });

const keyConflict = (): Problem =>
  new Problem("idempotency_conflict", "This idempotency key was used before with other content.", "Idempotency-Key");
