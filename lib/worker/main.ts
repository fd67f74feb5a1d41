import { run } from "graphile-worker";

import { createDb } from "@/lib/db/client";
import { createPool, runtimeUrl } from "@/lib/db/connect";
import { hostDemo } from "@/lib/demo/host";
import { loadDemo } from "@/lib/demo/load";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import type { CommandContext } from "@/lib/audit/change";
import { StartError } from "@/lib/server/env";
import { runRole } from "@/lib/server/role";
import { queueLogger } from "@/lib/worker/queue-log";
import { raiseWhenTold } from "@/lib/worker/reviews";
import { CRONTAB, FIRST_JOBS, POLL_EVERY_MS, tasks } from "@/lib/worker/tasks";
import { watchJobs } from "@/lib/worker/watch";

await runRole("worker", async ({ env, log }) => {
  const pool = createPool(runtimeUrl(env), {
    applicationName: "remit worker",
    max: 8,
    onBroken: (cause) => log.warn({ err: cause }, "a database connection broke"),
  });
  const db = createDb(pool);
  const context = { db, actor: { kind: "system" as const, id: "worker" }, clock: systemClock, newId };
  if (env.REMIT_DEMO) await loadDemoOnce(context);
  const stopping = new AbortController();
  const runner = await run({
    pgPool: pool,
    // Some last as long as a receiver takes, or a simulation: the others must not wait for them.
    concurrency: 6,
    noHandleSignals: true,
    pollInterval: POLL_EVERY_MS,
    crontab: CRONTAB,
    taskList: tasks(context, log, { pool, stopping: stopping.signal }),
    logger: queueLogger(log),
  });
  for (const { name, key } of FIRST_JOBS) await runner.addJob(name, {}, { jobKey: key, jobKeyMode: "preserve_run_at" });
  runner.promise.catch((cause: unknown) => {
    log.fatal({ err: cause }, "the job runner stopped");
    process.exit(1);
  });
  const watch = watchJobs(pool, runner, log);
  const reviews = raiseWhenTold(
    context,
    { connectionString: runtimeUrl(env), application_name: "remit worker listen" },
    log,
  );
  const demo = hostDemo(context, pool, env.REMIT_GATE_URL, log);
  return {
    stop: async () => {
      stopping.abort();
      await demo.stop();
      await reviews.stop();
      await watch.stop();
      await runner.stop();
      await db.$disconnect();
      await pool.end();
    },
  };
});

/** REMIT_DEMO=1: a demo that is there already stays as it is. */
async function loadDemoOnce(context: CommandContext): Promise<void> {
  const configuration = await context.db.configuration.findUnique({ where: { id: 1 }, select: { demo: true } });
  if (configuration?.demo) return;
  const loaded = await loadDemo(context);
  if (loaded.ok) return;
  throw new StartError(
    loaded.error.code === "demo_needs_empty"
      ? "REMIT_DEMO=1 needs an empty database, and this one has an organisation: unset it, or set REMIT_HOME to another folder."
      : loaded.error.message,
  );
}
