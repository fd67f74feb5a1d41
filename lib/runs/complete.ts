import type { Actor } from "@/lib/audit/chain";
import type { StreamChange } from "@/lib/audit/stream-change";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { endFault, lockRun, tokenFault } from "@/lib/runs/lock";

interface CompleteInput {
  runId: string;
  agentId: string;
  outcome: "succeeded" | "failed" | "blocked" | "halted";
  /** JSON texts. */
  output: string | null;
  followUp: string | null;
  error: string | null;
  blocker: string | null;
  /** SHA-256 over the content: a repeat of the same is no conflict. */
  contentHash: Buffer;
}

interface Completed {
  runId: string;
  outcome: string;
  endedAt: Date;
}

/**
 * Ends a run as its agent says. What still waits for a person is cancelled: nobody could use it any more. A repeat with the same content
 * returns the first answer. Errors: `run_ended`, `run_lease_lost`, `token_expired`, `token_revoked`.
 */
export async function completeRun(change: StreamChange, input: CompleteInput): Promise<Result<Completed>> {
  // The run above first: that is the order in which batches of decisions lock.
  await change.query(
    "complete_parent",
    "SELECT 1 FROM run WHERE id = (SELECT parent_run_id FROM run WHERE id = $1) FOR NO KEY UPDATE",
    [input.runId],
  );
  const run = await lockRun(change, input.runId);
  if (!run) return fail("not_found", "There is no such run.");
  const fault = tokenFault(run, change.now);
  if (fault) return fault;
  if (run.ended_at && run.completion_hash?.equals(input.contentHash)) {
    change.unchanged();
    return ok({ runId: input.runId, outcome: run.status, endedAt: run.ended_at });
  }
  const ended = endFault(run, change.now);
  if (ended) return ended;
  const { now } = change;
  await change.query(
    "complete_update",
    `UPDATE run SET status = $2, ended_at = $3, output = $4, follow_up = $5, error = $6, blocker = $7, completion_hash = $8,
      revision = revision + 1 WHERE id = $1`,
    [input.runId, input.outcome, now, input.output, input.followUp, input.error, input.blocker, input.contentHash],
  );
  await handBack(change, input.runId);
  await change.query("complete_close", "SELECT close_reservations(ARRAY[$1]::uuid[], $2)", [input.runId, now]);
  const agent = { kind: "agent", id: input.agentId } as const;
  change.audit(agent, {
    action: "run.complete",
    subjectKind: "run",
    subjectId: input.runId,
    nodeId: input.agentId,
    detail: { outcome: input.outcome, contentHash: input.contentHash.toString("hex") },
  });
  await cancelApprovals(change, input, agent);
  return ok({ runId: input.runId, outcome: input.outcome, endedAt: now });
}

/** What a run has touched may be in its output, which goes to the run that delegated to it. */
async function handBack(change: StreamChange, runId: string): Promise<void> {
  await change.query(
    "complete_hand_back",
    `UPDATE run AS above SET revision = above.revision + 1,
        data_classes = ARRAY(SELECT unnest(above.data_classes) UNION SELECT unnest(run.data_classes) ORDER BY 1)
      FROM run WHERE run.id = $1 AND above.id = run.parent_run_id AND above.status = 'running' AND NOT above.data_classes @> run.data_classes`,
    [runId],
  );
}

/** As `cancelApprovalsOfRun` of lib/approvals/cancel.ts does it for the worker. */
async function cancelApprovals(change: StreamChange, input: CompleteInput, agent: Actor): Promise<void> {
  const { runId, agentId } = input;
  const cancelled = await change.query<{ id: string; decision_id: string; action: string; args_hash: Buffer }>(
    "complete_cancel",
    `UPDATE approval SET state = 'cancelled', comment = 'The run ended.' WHERE run_id = $1 AND state = 'pending'
      RETURNING id, decision_id, action, args_hash`,
    [runId],
  );
  for (const { id, decision_id: decisionId, action, args_hash: argsHash } of cancelled) {
    const detail = { runId, agentId, decisionId, action, argsHash: argsHash.toString("hex"), reason: "run_ended" };
    change.audit(agent, { action: "approval.cancel", subjectKind: "approval", subjectId: id, nodeId: agentId, detail });
    change.notify("approvals", `approval:${id}`);
  }
}
