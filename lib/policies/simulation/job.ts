import { notification, NOTIFY_CHANNEL, type CommandContext } from "@/lib/audit/change";
import type { Db } from "@/lib/db/client";
import type { Queries } from "@/lib/db/queries";
import { readCheckpoint, writeCheckpoint } from "@/lib/policies/simulation/checkpoint";
import { finishSimulation } from "@/lib/policies/simulation/finish";
import type { Range } from "@/lib/policies/simulation/read-decisions";
import { runSimulation, type Progress } from "@/lib/policies/simulation/run-simulation";

/** How often a simulation is looked at: a cancelled one stops within this. */
const LOOK_EVERY_MS = 250;
/** How often pages are told, and how much work a crash can cost. */
const TELL_EVERY_MS = 1_000;
/** A simulation that was interrupted more often than this is not taken up again: it may be what kills the worker. */
const ATTEMPTS_MAX = 5;

type Simulated = "done" | "stopped" | "failed";

/** The simulation whose turn it is: one that was interrupted, or the one that waits longest. The caller holds the lock of all that run them. */
export async function nextSimulation(db: Db): Promise<string | null> {
  const next = await db.simulation.findFirst({
    where: { state: { in: ["queued", "running"] } },
    orderBy: [{ state: "desc" }, { requestedAt: "asc" }],
    select: { id: true },
  });
  return next?.id ?? null;
}

/**
 * Runs one simulation to its end, from where it stood if it was interrupted. `queries` only reads. What breaks the connection is
 * thrown, and leaves the simulation to be taken up again; what is wrong with the simulation itself ends it as failed.
 */
export async function simulate(
  context: CommandContext,
  queries: Queries,
  id: string,
  options: { stopping?: AbortSignal; lookEveryMs?: number } = {},
): Promise<Simulated> {
  const { db, clock } = context;
  const [task] = await db.simulation.updateManyAndReturn({
    where: { id, state: { in: ["queued", "running"] } },
    data: { state: "running", attempts: { increment: 1 } },
  });
  if (!task) return "stopped";
  if (task.attempts > ATTEMPTS_MAX) {
    await finishSimulation(context, { id, end: { state: "failed", fault: "interrupted" } });
    return "failed";
  }
  if (!task.startedAt) await db.simulation.updateMany({ where: { id }, data: { startedAt: clock.now() } });
  await tell(db, id);
  const report = reporter(db, id, options);
  try {
    const result = await runSimulation(
      queries,
      { policy: task.policyId, rules: task.rules, range: rangeOf(task), resume: readCheckpoint(task.checkpoint) },
      report,
    );
    if (!result) return "stopped";
    const finished = await finishSimulation(context, { id, end: { state: "done", result } });
    return finished.ok ? "done" : "stopped";
  } catch (cause) {
    const fault = faultOf(cause);
    if (!fault) throw cause;
    await finishSimulation(context, { id, end: { state: "failed", fault } });
    if (fault === "internal") throw cause;
    return "failed";
  }
}

function rangeOf(task: {
  fromAt: Date;
  requestedAt: Date;
  agentId: string | null;
  everywhere: boolean;
  reach: string[];
  action: string | null;
}): Range {
  const { fromAt: from, requestedAt: to, agentId, everywhere, reach, action } = task;
  return { from, to, agentIds: agentId !== null ? [agentId] : everywhere ? null : reach, action };
}

/** Notes progress, tells pages, and sees whether it was cancelled. */
function reporter(
  db: Db,
  id: string,
  { stopping, lookEveryMs = LOOK_EVERY_MS }: { stopping?: AbortSignal; lookEveryMs?: number },
) {
  let [looked, told] = [0, 0];
  return async (progress: Progress): Promise<"continue" | "stop"> => {
    const now = performance.now();
    // Between two pages everything else of the process has its turn.
    if (!stopping?.aborted && now - looked < lookEveryMs) return "continue";
    looked = now;
    const telling = stopping?.aborted === true || now - told >= TELL_EVERY_MS;
    const { total, passed, configVersion, inForce } = progress;
    const checkpoint = telling ? writeCheckpoint(progress.state()) : null;
    const running = await db.$executeRaw`
      UPDATE simulation SET total = ${total}, passed = ${passed}, config_version = ${configVersion}, in_force = ${inForce},
          checkpoint = coalesce(${checkpoint}::jsonb, checkpoint)
        WHERE id = ${id}::uuid AND state = 'running'`;
    if (running === 0 || stopping?.aborted) return "stop";
    if (telling) {
      told = now;
      await tell(db, id);
    }
    return "continue";
  };
}

const tell = (db: Db, id: string): Promise<unknown> =>
  db.$executeRaw`SELECT pg_notify(${NOTIFY_CHANNEL}, ${notification([`simulation:${id}`])})`;

/** SQLSTATE of a statement that took longer than it may. */
const CANCELLED = "57014";

/** What is wrong with the simulation itself, or null when the connection or the server went away. */
function faultOf(cause: unknown): "too_slow" | "internal" | null {
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
  if (code === CANCELLED) return "too_slow";
  if (code === null) return /connection|terminated|timeout/i.test(String(cause)) ? null : "internal";
  // Class 08: connections; 57P: the server is stopped; letters only: the network's own.
  return /^(08|57P|E[A-Z]+$|P1\d{3}$)/.test(code) ? null : "internal";
}
