import { cancelApprovalsOfRun } from "@/lib/approvals/cancel";
import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { isId } from "@/lib/kernel/ids";
import { fail, ok } from "@/lib/kernel/result";
import { handBackClasses, lockAbove } from "@/lib/runs/hand-back";
import { haltInput } from "@/lib/runs/schemas";

/**
 * A person ends a run: its token is dead at once, what it waits for is cancelled, and runs that it started can decide nothing more.
 * Errors: `not_found`, `forbidden`, `run_ended`.
 */
export const haltRun = command(haltInput, {}, async (step, { runId, reason }) => {
  const { tx, now } = step;
  const run = isId(runId)
    ? await tx.run.findUnique({ where: { id: runId }, select: { agentId: true, depth: true } })
    : null;
  if (!run) return NO_RUN;
  const allowed = authorise(step, "run.halt", run.agentId);
  if (!allowed.ok) return allowed.error.code === "not_found" ? NO_RUN : allowed;
  await lockAbove(tx, [runId], "wait");
  // One statement decides against the agent's own completion and the worker's: of many at once exactly one ends it.
  const { count } = await tx.run.updateMany({
    where: { id: runId, status: "running" },
    data: {
      status: "halted",
      endedAt: now,
      tokenRevokedAt: now,
      error: { code: "halted", message: reason },
      revision: { increment: 1 },
    },
  });
  if (count === 0) return fail("run_ended", "This run has ended already.");
  await handBackClasses(tx, [{ id: runId, depth: run.depth }], now);
  await tx.$executeRaw`SELECT close_reservations(ARRAY[${runId}]::uuid[], ${now})`;
  const cancelledApprovals = await cancelApprovalsOfRun(step, runId);
  step.audit({
    action: "run.halt",
    subjectKind: "run",
    subjectId: runId,
    nodeId: run.agentId,
    detail: { reason, agentId: run.agentId, cancelledApprovals },
  });
  step.notify("runs", `run:${runId}`);
  return ok(null);
});

const NO_RUN = fail("not_found", "There is no such run.");
