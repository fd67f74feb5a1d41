import type { Pool } from "pg";

import type { CommandContext } from "@/lib/audit/change";
import { nextSimulation, simulate } from "@/lib/policies/simulation/job";
import type { Logger } from "@/lib/server/log";

/** How often the worker looks whether a simulation waits. */
export const SIMULATIONS_EVERY_MS = 1_000;

/** One simulation at a time in the whole deployment: whoever holds this runs them. A worker that is killed holds nothing. */
const LOCK = 7_364_906;
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Runs the simulations that wait, one after the other, over a connection of their own that only reads. While it holds the lock nobody
 * else runs one, so that a simulation that is said to run was interrupted.
 * @returns how many came to an end.
 */
export async function runSimulations(
  context: CommandContext,
  pool: Pool,
  log: Logger,
  stopping: AbortSignal,
): Promise<number> {
  if ((await nextSimulation(context.db)) === null) return 0;
  const client = await pool.connect();
  try {
    await client.query(`SET statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET default_transaction_read_only = on`);
    const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [LOCK]);
    if (!rows[0]?.locked) return 0;
    let ended = 0;
    for (let id = await nextSimulation(context.db); id !== null; id = await nextSimulation(context.db)) {
      const outcome = await simulate(context, client, id, { stopping });
      log.info({ simulation: id, outcome }, "simulated");
      if (stopping.aborted) break;
      ended += 1;
    }
    return ended;
  } finally {
    // Given back before this returns, and not when the store notices that the connection is closed.
    await client.query("SELECT pg_advisory_unlock_all()").catch(() => {});
    // Not back into the pool: it has settings that others do not expect.
    client.release(true);
  }
}
