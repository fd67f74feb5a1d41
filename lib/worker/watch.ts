import type { Runner } from "graphile-worker";
import type { Pool } from "pg";
import type { Logger } from "pino";

/** Jobs that end by putting themselves into the queue again. */
const RECURRING = [
  "sweep",
  "digest",
  "envelopes",
  "rule-hits",
  "measures",
  "simulations",
  "reviews",
  "rollbacks",
  "notify",
  "deliver",
] as const;

const LOOK_EVERY_MS = 1_000;
/** A job that has been held for longer than this may have died with its worker. Running it twice at a time does no harm. */
const HELD_S = 3;

/**
 * Keeps the jobs that recur in the queue, also when one of several workers is killed in the midst of one: it would hold that job for hours, and
 * nothing would be swept meanwhile. Each worker looks for itself; what is there already is left as it is.
 */
export function watchJobs(pool: Pool, runner: Pick<Runner, "addJob">, log: Logger): { stop(): Promise<void> } {
  const look = async (): Promise<void> => {
    try {
      for (const key of await missing(pool))
        await runner.addJob(key, {}, { jobKey: key, jobKeyMode: "preserve_run_at" });
    } catch (cause) {
      log.warn({ err: cause }, "the queue could not be looked at");
    }
  };
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = null));
  }, LOOK_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

async function missing(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    `SELECT key FROM unnest($1::text[]) AS wanted(key) WHERE NOT EXISTS (
       SELECT FROM graphile_worker.jobs AS job
       WHERE job.key = wanted.key AND (job.locked_at IS NULL OR job.locked_at > now() - make_interval(secs => $2)))`,
    [RECURRING, HELD_S],
  );
  return rows.map((row) => row.key);
}
