import type { Pool } from "pg";

import type { StreamChange } from "@/lib/audit/stream-change";
import { secondsFrom } from "@/lib/rollbacks/lease";
import type { JsonObject } from "@/lib/kernel/json";
import { ok, type Result } from "@/lib/kernel/result";

/** A rollback as the agent's software fetches it. */
export interface Task {
  id: string;
  kind: "rollback";
  action: string;
  args: JsonObject;
  /** Which time it is handed out; a report names it. */
  attempt: number;
  leaseUntil: Date;
  deadline: Date;
  reason: string;
  undoes: { decisionId: string; runId: string; action: string; args: JsonObject };
}

interface Row {
  id: string;
  action: string;
  args: JsonObject;
  attempts: number;
  next_at: Date;
  deadline: Date;
  reason: string;
  review_id: string;
  decision_id: string;
  run_id: string;
  original: string;
  original_args: JsonObject;
}

/** When the next task of this agent can be had; null when none is open. In the past: now. */
export async function nextTaskAt(pool: Pool, agentId: string, now: Date): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>({
    name: "next_task_at",
    text: `SELECT min(greatest(next_at, release_at)) AS at FROM rollback
      WHERE agent_id = $1 AND via = 'task' AND state IN ('waiting', 'running') AND deadline > $2`,
    values: [agentId, now],
  });
  return rows[0]?.at ?? null;
}

/**
 * Hands out tasks of an agent, each under a lease: until it ends nobody else gets it, then it is offered again. Two who fetch at once never get
 * the same one. Each time is on the record.
 */
export async function fetchTasks(
  change: StreamChange,
  { agentId, limit, leaseSeconds }: { agentId: string; limit: number; leaseSeconds: number },
): Promise<Result<Task[]>> {
  const rows = await change.query<Row>(
    "fetch_tasks",
    `WITH due AS (
        SELECT id FROM rollback WHERE agent_id = $1 AND via = 'task' AND state IN ('waiting', 'running')
          AND next_at <= $2 AND release_at <= $2 AND deadline > $2
        ORDER BY requested_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
      ), leased AS (
        UPDATE rollback SET state = 'running', attempts = attempts + 1, next_at = $4 FROM due WHERE rollback.id = due.id
        RETURNING rollback.*
      ), noted AS (
        INSERT INTO rollback_attempt (rollback_id, number, at) SELECT id, attempts, $2 FROM leased
      )
      SELECT l.id, l.action, l.args, l.attempts, l.next_at, l.deadline, l.reason, l.review_id, d.id AS decision_id, d.run_id,
        d.action AS original, d.args AS original_args
      FROM leased l JOIN review v ON v.id = l.review_id JOIN decision d ON d.id = v.decision_id ORDER BY l.requested_at, l.id`,
    [agentId, change.now, limit, secondsFrom(change.now, leaseSeconds)],
  );
  if (rows.length === 0) change.unchanged();
  for (const row of rows) {
    const { id, review_id: reviewId, run_id: runId, decision_id: decisionId } = row;
    change.audit(
      { kind: "agent", id: agentId },
      {
        action: "rollback.fetch",
        subjectKind: "review",
        subjectId: reviewId,
        nodeId: agentId,
        detail: { runId, agentId, decisionId, rollbackId: id, rollback: row.action, attempt: row.attempts },
      },
    );
    change.notify("reviews", `review:${reviewId}`);
  }
  return ok(
    rows.map((row) => ({
      id: row.id,
      kind: "rollback",
      action: row.action,
      args: row.args,
      attempt: row.attempts,
      leaseUntil: row.next_at,
      deadline: row.deadline,
      reason: row.reason,
      undoes: { decisionId: row.decision_id, runId: row.run_id, action: row.original, args: row.original_args },
    })),
  );
}
