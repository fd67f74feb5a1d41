import type { TaskList } from "graphile-worker";
import type { Pool } from "pg";

import type { CommandContext } from "@/lib/audit/change";
import type { Logger } from "@/lib/server/log";
import { writeMonthlyReport } from "@/lib/agents/unused-report";
import { digestDecisions } from "@/lib/catalogue/digest";
import { sweepThrottle } from "@/lib/people/throttle-store";
import { pruneSimulations } from "@/lib/policies/simulation/prune";
import { tellEnvelopes } from "@/lib/notify/tell/envelopes";
import { pruneApprovalNotices, pruneNotices } from "@/lib/notify/prune";
import { createAbsenceWatch } from "@/lib/reviews/ask-again";
import { suggestPromotions } from "@/lib/promotions/suggest-promotions";
import { checkpointWhenDue } from "@/lib/worker/checkpoints";
import { countDecisionHours } from "@/lib/worker/decision-hours";
import { ensureEventDays } from "@/lib/worker/event-days";
import { deliverRound, NOTIFY_EVERY_MS, notifyRound, ownCourier } from "@/lib/worker/notify";
import { measureApprovals, pruneMeasures } from "@/lib/worker/measures";
import {
  reviewsRound,
  REVIEWS_EVERY_MS,
  rollbackCourier,
  rollbacksRound,
  ROLLBACKS_EVERY_MS,
} from "@/lib/worker/reviews";
import { countRuleHits, pruneRuleHits } from "@/lib/worker/rule-hits";
import { runSimulations, SIMULATIONS_EVERY_MS } from "@/lib/worker/simulations";
import { sweep, SWEEP_EVERY_MS } from "@/lib/worker/sweep";

/**
 * What runs by the clock (UTC), in cron's form. The sweep queues itself again; the line here takes it up again
 * within a minute when the worker that held it was killed and nobody restarted it.
 */
export const CRONTAB = [
  "7 */6 * * * event-days",
  "23 * * * * sign-in-throttle",
  "6 * * * * decision-hours",
  "* * * * * checkpoint",
  "* * * * * sweep ?jobKey=sweep&jobKeyMode=preserve_run_at",
  "* * * * * digest ?jobKey=digest&jobKeyMode=preserve_run_at",
  "* * * * * envelopes ?jobKey=envelopes&jobKeyMode=preserve_run_at",
  "* * * * * rule-hits ?jobKey=rule-hits&jobKeyMode=preserve_run_at",
  "41 3 * * * prune-rule-hits",
  "* * * * * measures ?jobKey=measures&jobKeyMode=preserve_run_at",
  "53 3 * * * prune-measures",
  "17 4 * * * promotions",
  "29 4 * * * monthly-report",
  "* * * * * simulations ?jobKey=simulations&jobKeyMode=preserve_run_at",
  "43 3 * * * prune-simulations",
  "* * * * * reviews ?jobKey=reviews&jobKeyMode=preserve_run_at",
  "* * * * * rollbacks ?jobKey=rollbacks&jobKeyMode=preserve_run_at",
  "* * * * * notify ?jobKey=notify&jobKeyMode=preserve_run_at",
  "* * * * * deliver ?jobKey=deliver&jobKeyMode=preserve_run_at",
  "47 3 * * * prune-notices",
].join("\n");

/**
 * How often the queue is asked for jobs whose time has come: a job that queues itself for later is late by up to this. Two seconds, as long as
 * deadlines may be late, hold the pause of a sweep, this, and the sweep's own work on a busy machine.
 */
export const POLL_EVERY_MS = 250;

/** How often what was decided is taken into what people read: uses of actions and grants, what nobody has classified. */
const DIGEST_EVERY_MS = 5_000;

/** How often envelopes are looked at: who answers for one hears of it in time to raise it. */
const ENVELOPES_EVERY_MS = 5_000;

/** Jobs that exist from the start, once however many workers there are: a job's key is its name in the queue. */
export const FIRST_JOBS = [
  { name: "sweep", key: "sweep" },
  { name: "digest", key: "digest" },
  { name: "envelopes", key: "envelopes" },
  { name: "rule-hits", key: "rule-hits" },
  { name: "measures", key: "measures" },
  { name: "simulations", key: "simulations" },
  { name: "reviews", key: "reviews" },
  { name: "rollbacks", key: "rollbacks" },
  { name: "notify", key: "notify" },
  { name: "deliver", key: "deliver" },
  { name: "event-days", key: "event-days" },
  { name: "decision-hours", key: "decision-hours" },
  { name: "promotions", key: "promotions" },
  { name: "monthly-report", key: "monthly-report" },
] as const;

/** What jobs that last have beside the context: connections of their own, and word that the worker stops. */
interface LongWork {
  pool: Pool;
  stopping: AbortSignal;
}

/** The worker's jobs by name. Each may run twice or be killed midway: they only do what is still to do. */
export function tasks(context: CommandContext, log: Logger, { pool, stopping }: LongWork): TaskList {
  const courier = ownCourier(stopping);
  const rollbacks = rollbackCourier(stopping);
  const absences = createAbsenceWatch();
  return {
    sweep: async (_payload, helpers) => {
      try {
        const swept = await sweep(context);
        if (swept.expiredApprovals + swept.lostRuns > 0) log.info(swept, "swept");
      } finally {
        // The next one is queued even when this one failed, so that one bad sweep does not stop all.
        const runAt = new Date(context.clock.now().getTime() + SWEEP_EVERY_MS);
        await helpers.addJob("sweep", {}, { jobKey: "sweep", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    digest: async (_payload, helpers) => {
      try {
        await digestDecisions(context.db);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + DIGEST_EVERY_MS);
        await helpers.addJob("digest", {}, { jobKey: "digest", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    envelopes: async (_payload, helpers) => {
      try {
        await tellEnvelopes(context);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + ENVELOPES_EVERY_MS);
        await helpers.addJob("envelopes", {}, { jobKey: "envelopes", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    "rule-hits": async (_payload, helpers) => {
      try {
        await countRuleHits(context.db);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + DIGEST_EVERY_MS);
        await helpers.addJob("rule-hits", {}, { jobKey: "rule-hits", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    "prune-rule-hits": async () => {
      await pruneRuleHits(context.db, context.clock.now());
    },
    measures: async (_payload, helpers) => {
      try {
        await measureApprovals(context.db);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + DIGEST_EVERY_MS);
        await helpers.addJob("measures", {}, { jobKey: "measures", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    "prune-measures": async () => {
      await pruneMeasures(context.db, context.clock.now());
    },
    simulations: async (_payload, helpers) => {
      try {
        await runSimulations(context, pool, log, stopping);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + SIMULATIONS_EVERY_MS);
        await helpers.addJob(
          "simulations",
          {},
          { jobKey: "simulations", jobKeyMode: "replace", runAt, maxAttempts: 1 },
        );
      }
    },
    "prune-simulations": async () => {
      await pruneSimulations(context.db, context.clock.now());
    },
    reviews: async (_payload, helpers) => {
      try {
        await reviewsRound(context, absences);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + REVIEWS_EVERY_MS);
        await helpers.addJob("reviews", {}, { jobKey: "reviews", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    rollbacks: async (_payload, helpers) => {
      try {
        await rollbacksRound(context, rollbacks);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + ROLLBACKS_EVERY_MS);
        await helpers.addJob("rollbacks", {}, { jobKey: "rollbacks", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    notify: async (_payload, helpers) => {
      try {
        await notifyRound(context, { mail: courier.mailer !== null });
      } finally {
        const runAt = new Date(context.clock.now().getTime() + NOTIFY_EVERY_MS);
        await helpers.addJob("notify", {}, { jobKey: "notify", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    deliver: async (_payload, helpers) => {
      try {
        await deliverRound(context, courier);
      } finally {
        const runAt = new Date(context.clock.now().getTime() + NOTIFY_EVERY_MS);
        await helpers.addJob("deliver", {}, { jobKey: "deliver", jobKeyMode: "replace", runAt, maxAttempts: 1 });
      }
    },
    "prune-notices": async () => {
      await pruneNotices(context.db, context.clock.now());
      await pruneApprovalNotices(context.db, context.clock.now());
    },
    promotions: async () => {
      const asked = await suggestPromotions(context);
      if (asked > 0) log.info({ asked }, "promotions suggested");
    },
    "monthly-report": async () => {
      await writeMonthlyReport(context);
    },
    "event-days": async () => {
      await ensureEventDays(context.db, context.clock.now());
    },
    "decision-hours": async () => {
      await countDecisionHours(context.db, context.clock.now());
    },
    checkpoint: async () => {
      await checkpointWhenDue(context, log);
    },
    "sign-in-throttle": async () => {
      await sweepThrottle(context.db, context.clock.now());
    },
  };
}
