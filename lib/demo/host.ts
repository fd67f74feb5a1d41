import { setMaxListeners } from "node:events";

import type { Pool, PoolClient } from "pg";

import type { CommandContext } from "@/lib/audit/change";
import { castAgents } from "@/lib/demo/cast";
import { engineeringJobs } from "@/lib/demo/jobs/engineering";
import { financeJobs } from "@/lib/demo/jobs/finance";
import { growthJobs } from "@/lib/demo/jobs/growth";
import { supportJobs } from "@/lib/demo/jobs/support";
import { rollDice } from "@/lib/demo/dice";
import { pause } from "@/lib/demo/pause";
import { reviewers } from "@/lib/demo/reviewers";
import { simulate } from "@/lib/demo/simulate";
import type { Logger } from "@/lib/server/log";

const JOBS = [...supportJobs, ...financeJobs, ...engineeringJobs, ...growthJobs];
const LOOK_EVERY_MS = 2_000;
/** One simulation in the whole deployment, however many workers there are. */
const LOCK = 7_364_903;

interface DemoHost {
  stop(): Promise<void>;
}

/** Watches whether the organisation is a demo; while it is, its agents work. Begun and ended without a restart. */
export function hostDemo(context: CommandContext, pool: Pool, gateUrl: string, log: Logger): DemoHost {
  const ending = new AbortController();
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await looping;
    },
  };

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        if (await isDemo()) await play();
      } catch (cause) {
        log.warn({ err: cause }, "the demo stumbled and starts again");
      }
      await pause(LOOK_EVERY_MS, ending.signal);
    }
  }

  async function isDemo(): Promise<boolean> {
    const configuration = await context.db.configuration.findUnique({ where: { id: 1 }, select: { demo: true } });
    return configuration?.demo === true;
  }

  /** Plays until the demo is removed, the lock is lost or the worker stops. */
  async function play(): Promise<void> {
    const holder = await pool.connect();
    const scene = new AbortController();
    // Every pause of every agent listens for it.
    setMaxListeners(0, scene.signal);
    const end = () => scene.abort();
    ending.signal.addEventListener("abort", end, { once: true });
    holder.on("error", end);
    try {
      if (!(await lock(holder))) return;
      const agents = await castAgents(context);
      log.info({ agents: agents.length }, "the demo's agents start to work");
      // Other dice at each start: the same orders would come again.
      const seed = context.clock.now().getTime() % 2 ** 31;
      const acting = simulate({
        agents,
        jobs: JOBS,
        gateUrl,
        seed,
        newId: () => context.newId(),
        now: () => context.clock.now(),
        signal: scene.signal,
        onProblem: (agent, cause) => log.warn({ err: cause, agent }, "a simulated agent met a problem"),
      });
      const reviewing = reviewers(context, rollDice(seed), scene.signal, (cause) =>
        log.warn({ err: cause }, "a reviewer of the demo met a problem"),
      );
      while (!scene.signal.aborted && (await isDemo())) await pause(LOOK_EVERY_MS, scene.signal);
      scene.abort();
      await Promise.all([acting, reviewing]);
    } finally {
      scene.abort();
      ending.signal.removeEventListener("abort", end);
      // Destroyed, not returned: the lock goes with the connection.
      holder.release(true);
    }
  }
}

async function lock(holder: PoolClient): Promise<boolean> {
  const { rows } = await holder.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1) AS held", [LOCK]);
  return rows[0]?.held === true;
}
