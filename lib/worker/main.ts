import { run } from "graphile-worker";

import { createDb } from "@/lib/db/client";
import { createPool, runtimeUrl } from "@/lib/db/connect";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { runRole } from "@/lib/server/role";
import { queueLogger } from "@/lib/worker/queue-log";
import { CRONTAB, FIRST_JOBS, tasks } from "@/lib/worker/tasks";

await runRole("worker", async ({ env, log }) => {
  const pool = createPool(runtimeUrl(env), {
    applicationName: "remit worker",
    max: 5,
    onIdleError: (cause) => log.warn({ err: cause }, "a database connection broke"),
  });
  const db = createDb(pool);
  const context = { db, actor: { kind: "system" as const, id: "worker" }, clock: systemClock, newId };
  const runner = await run({
    pgPool: pool,
    concurrency: 3,
    noHandleSignals: true,
    pollInterval: 1_000,
    crontab: CRONTAB,
    taskList: tasks(context, log),
    logger: queueLogger(log),
  });
  for (const { name, key } of FIRST_JOBS) await runner.addJob(name, {}, { jobKey: key, jobKeyMode: "preserve_run_at" });
  runner.promise.catch((cause: unknown) => {
    log.fatal({ err: cause }, "the job runner stopped");
    process.exit(1);
  });
  return {
    stop: async () => {
      await runner.stop();
      await db.$disconnect();
      await pool.end();
    },
  };
});
