import { setTimeout as delay } from "node:timers/promises";

import type { RunningPostgres } from "@/lib/server/postgres/start";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Starts the database again, on the same port, whenever it ends by itself: the roles' pools find it there. */
export function keepPostgres(
  first: RunningPostgres,
  restart: (port: number) => Promise<{ server: RunningPostgres }>,
  say: (line: string) => void,
): { pid: () => number; stop: () => Promise<void> } {
  let current = first;
  const stopping = new AbortController();
  const watched = watch();

  async function watch(): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      await current.exited;
      if (stopping.signal.aborted) return;
      say("PostgreSQL ended; it starts again.");
      try {
        current = (await restart(first.port)).server;
        waitMs = FIRST_WAIT_MS / 2;
      } catch (cause) {
        say(cause instanceof Error ? cause.message : String(cause));
        await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
      if (stopping.signal.aborted) return;
    }
  }

  return {
    pid: () => current.pid,
    async stop() {
      stopping.abort();
      await current.stop();
      await watched;
      // A restart that was under way when we were told to stop.
      await current.stop();
    },
  };
}
