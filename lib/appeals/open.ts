import type { StreamChange } from "@/lib/audit/stream-change";
import { appealSubject } from "@/lib/appeals/appealable";
import { storedChecks, type StoredCheck } from "@/lib/decisions/stored-checks";
import { newId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { endFault, lockRun, tokenFault } from "@/lib/runs/lock";

interface AppealInput {
  runId: string;
  agentId: string;
  decisionId: string;
  reason: string;
  /** JSON text. */
  evidence: string | null;
  /** People who must not decide it: those that the run acts for. */
  excludedIds: readonly string[];
  idempotencyKey: string | null;
  /** SHA-256 over the content. */
  requestHash: Buffer;
}

interface DecisionRow {
  id: string;
  action: string;
  effect: string;
  code: string;
  checks: Json;
}

/**
 * An agent asks that a denial be reconsidered. A repeat with the same content returns the first answer. Errors: those of a run that is
 * over, `run_shadow`, `not_found` for a decision that is not the run's, `not_denied`, `not_appealable`, `appeal_exists`,
 * `idempotency_conflict`.
 */
export async function openAppeal(change: StreamChange, input: AppealInput): Promise<Result<{ appealId: string }>> {
  const run = await lockRun(change, input.runId);
  if (!run) return fail("not_found", "There is no such run.");
  const fault = tokenFault(run, change.now);
  if (fault) return fault;
  const before = await earlier(change, input);
  if (before) return before;
  const ended = endFault(run, change.now);
  if (ended) return ended;
  if (run.mode === "shadow")
    return fail("run_shadow", "A shadow run is not bound by its answers: there is nothing to appeal.");
  const decision = await decisionOf(change, input);
  if (!decision) return fail("not_found", "This run made no such decision.", "decisionId");
  if (decision.effect !== "deny") return fail("not_denied", "This decision denied nothing.", "decisionId");
  const subject = appealSubject(decision.code);
  if (!subject)
    return fail(
      "not_appealable",
      `Nobody judged here: ${decision.code} is not a denial that can be reconsidered.`,
      "decisionId",
    );
  const appealId = newId();
  const rules = denyingRules(storedChecks(decision.checks));
  await change.query(
    "appeal_open",
    `INSERT INTO appeal (id, decision_id, run_id, agent_id, action, code, subject, rules, reason, evidence, excluded_ids, opened_at,
        idempotency_key, request_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      appealId,
      decision.id,
      input.runId,
      input.agentId,
      decision.action,
      decision.code,
      subject,
      rules,
      input.reason,
      input.evidence,
      [...input.excludedIds],
      change.now,
      input.idempotencyKey,
      input.requestHash,
    ],
  );
  const { runId, agentId, reason } = input;
  change.audit(
    { kind: "agent", id: agentId },
    {
      action: "appeal.open",
      subjectKind: "appeal",
      subjectId: appealId,
      nodeId: agentId,
      detail: { runId, agentId, decisionId: decision.id, action: decision.action, code: decision.code, rules, reason },
    },
  );
  change.notify("appeals", `run:${runId}`);
  return ok({ appealId });
}

/** What was asked under the same key, or about the same decision, before. */
async function earlier(change: StreamChange, input: AppealInput): Promise<Result<{ appealId: string }> | null> {
  const rows = await change.query<{ id: string; decision_id: string; request_hash: Buffer }>(
    "appeal_before",
    "SELECT id, decision_id, request_hash FROM appeal WHERE run_id = $1 AND (decision_id = $2 OR idempotency_key = $3)",
    [input.runId, input.decisionId, input.idempotencyKey],
  );
  if (rows.length === 0) return null;
  const same = rows.find((row) => row.request_hash.equals(input.requestHash));
  if (same) {
    change.unchanged();
    return ok({ appealId: same.id });
  }
  return rows.some((row) => row.decision_id === input.decisionId)
    ? fail("appeal_exists", "An appeal against this decision was made before.", "decisionId")
    : fail("idempotency_conflict", "This idempotency key was used before with other content.", "Idempotency-Key");
}

async function decisionOf(change: StreamChange, { runId, decisionId }: AppealInput): Promise<DecisionRow | undefined> {
  const rows = await change.query<DecisionRow>(
    "appeal_decision",
    "SELECT id, action, effect, code, checks FROM decision WHERE id = $1 AND run_id = $2",
    [decisionId, runId],
  );
  return rows[0];
}

/** `policy/rule` of every rule that denied, or that counts as denying because it could not be evaluated. */
const denyingRules = (checks: readonly StoredCheck[]): string[] =>
  checks
    .flatMap((check) => check.rules)
    .filter((rule) => rule.matched && rule.effect === "deny")
    .map((rule) => `${rule.policy}/${rule.rule}`);
