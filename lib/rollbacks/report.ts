import type { StreamChange } from "@/lib/audit/stream-change";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { reportVerdict, type TaskRecord } from "@/lib/rollbacks/lease";

interface ReportTask {
  taskId: string;
  /** An agent by its credential, or the system by the token that it was called with. */
  by: { agentId: string } | { tokenHash: Buffer };
  outcome: "done" | "failed";
  attempt: number;
  detail: string | null;
}

interface ReportedTask {
  id: string;
  state: "done" | "failed";
  endedAt: Date;
}

interface Row extends TaskRecord {
  id: string;
  review_id: string;
  agent_id: string;
  action: string;
  detail: string | null;
  ended_at: Date | null;
  run_id: string;
  decision_id: string;
  review_action: string;
}

const NO_TASK = fail("not_found", "There is no such task.");

/**
 * Whoever carried out a task says how it went: its review then ends with it. A repeat changes nothing. Errors: `not_found` (also for a foreign one),
 * `task_ended` (it ended otherwise, or its order was taken back), `task_lease_lost` (a failure of somebody whose lease has ended), `conflict`
 * (nobody has it), `invalid_input` (field `attempt`).
 */
export async function reportTask(change: StreamChange, report: ReportTask): Promise<Result<ReportedTask>> {
  const task = await lock(change, report);
  if (!task) return NO_TASK;
  switch (reportVerdict(task, report)) {
    case "ended":
      return fail(
        "task_ended",
        task.state === "cancelled" ? "This order was taken back." : `It ended before: ${task.state}.`,
      );
    case "lease_lost":
      return fail("task_lease_lost", "Its lease has ended, and somebody else has it now.");
    case "not_fetched":
      return fail("conflict", "Nobody has fetched this task yet.");
    case "no_such_attempt":
      return fail("invalid_input", "It was not handed out that often.", "attempt");
    case "repeat":
      change.unchanged();
      return ok({ id: task.id, state: report.outcome, endedAt: task.ended_at ?? change.now });
    case "ends":
      await end(change, task, report);
      return ok({ id: task.id, state: report.outcome, endedAt: change.now });
  }
}

/** The task under the lock of its review, which everything that ends one takes first. */
async function lock(change: StreamChange, { taskId, by }: ReportTask): Promise<Row | undefined> {
  await change.query(
    "lock_task_review",
    "SELECT 1 FROM review WHERE id = (SELECT review_id FROM rollback WHERE id = $1) FOR UPDATE",
    [taskId],
  );
  const [column, value] =
    "agentId" in by ? (["agent_id", by.agentId] as const) : (["token_hash", by.tokenHash] as const);
  const [row] = await change.query<Row>(
    `lock_task_by_${column}`,
    `SELECT r.id, r.review_id, r.agent_id, r.action, r.via::text, r.state::text, r.attempts, r.detail, r.ended_at, v.run_id, v.decision_id,
      v.action AS review_action
    FROM rollback r JOIN review v ON v.id = r.review_id
    WHERE r.id = $1 AND r.${column} = $2 AND r.via = ${column === "agent_id" ? "'task'" : "'webhook'"} FOR UPDATE OF r`,
    [taskId, value],
  );
  return row;
}

async function end(change: StreamChange, task: Row, { outcome, attempt, detail, by }: ReportTask): Promise<void> {
  await change.query(
    "end_task",
    "UPDATE rollback SET state = $2::rollback_state, detail = $3, ended_at = $4 WHERE id = $1",
    [task.id, outcome, detail, change.now],
  );
  await change.query("end_task_review", "UPDATE review SET state = $2::review_state, ended_at = $3 WHERE id = $1", [
    task.review_id,
    outcome === "done" ? "rolled_back" : "rollback_failed",
    change.now,
  ]);
  change.audit("agentId" in by ? { kind: "agent", id: by.agentId } : { kind: "system", id: "receiver" }, {
    action: outcome === "done" ? "rollback.done" : "rollback.fail",
    subjectKind: "review",
    subjectId: task.review_id,
    nodeId: task.agent_id,
    detail: {
      runId: task.run_id,
      agentId: task.agent_id,
      decisionId: task.decision_id,
      action: task.review_action,
      rollbackId: task.id,
      rollback: task.action,
      via: task.via,
      attempt,
      ...(detail === null ? {} : { reason: detail }),
    },
  });
  change.notify("reviews", `review:${task.review_id}`, `run:${task.run_id}`);
}
