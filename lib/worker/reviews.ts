import type { ClientConfig } from "pg";

import type { CommandContext } from "@/lib/audit/change";
import { concerns } from "@/lib/kernel/topics";
import { createListen } from "@/lib/live/listen";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import type { AbsenceWatch } from "@/lib/reviews/ask-again";
import { REVIEW_DUE } from "@/lib/reviews/due";
import { LAPSED_AT_ONCE, lapseReviews } from "@/lib/reviews/lapse";
import { openReviewIncidents } from "@/lib/reviews/open-incidents";
import { raiseReviews } from "@/lib/reviews/raise";
import { sendRollbacks, type RollbackCourier } from "@/lib/rollbacks/send";
import { timeOutRollbacks } from "@/lib/rollbacks/time-out";
import { env } from "@/lib/server/env";
import type { Logger } from "@/lib/server/log";
import { whileFull } from "@/lib/worker/while-full";

/** As often as the sweep: see SWEEP_EVERY_MS. */
export const REVIEWS_EVERY_MS = 500;
/** Rollbacks are sent and given up at this pace. */
export const ROLLBACKS_EVERY_MS = 1_000;
/** Batches that a round takes; what is left waits for the next second. */
const BATCHES = 10;

/**
 * Does with reviews whose window is over what their rule says, makes those of what was allowed with review, asks others where people went away, gives up rollbacks that are late, and
 * opens incidents about what could not be undone. Safe to run twice, and by several workers at once. Waits for no receiver.
 */
export async function reviewsRound(context: CommandContext, watch: AbsenceWatch): Promise<void> {
  await whileFull(LAPSED_AT_ONCE, async () => (await lapseReviews(context)).lapsed);
  await raiseReviews(context);
  await watch(context);
  await timeOutRollbacks(context);
  await openReviewIncidents(context);
}

/** Calls receivers for the rollbacks that are due. */
export async function rollbacksRound(context: CommandContext, courier: RollbackCourier): Promise<void> {
  for (let batch = 0; batch < BATCHES && (await sendRollbacks(context, courier)) > 0; batch += 1);
}

/** The worker's own, from the environment. */
export function rollbackCourier(stopping: AbortSignal): RollbackCourier {
  const { REMIT_WEBHOOK_ALLOW, REMIT_GATE_URL } = env();
  return { sealer: ownSealer(), allow: REMIT_WEBHOOK_ALLOW, gateUrl: REMIT_GATE_URL, random: Math.random, stopping };
}

/**
 * Makes reviews the moment that a gate tells of them, so that they are in the inbox well before the next round. One at a time: what is told
 * meanwhile is taken in right after.
 */
export function raiseWhenTold(
  context: CommandContext,
  connection: ClientConfig,
  log: Logger,
): { stop(): Promise<void> } {
  const listen = createListen({
    connection,
    coalesceMs: 10,
    onError: (cause) => log.warn({ err: cause }, "the worker does not hear what is new"),
  });
  let raising: Promise<void> | null = null;
  let again = false;
  const raise = async (): Promise<void> => {
    do {
      again = false;
      await raiseReviews(context).catch((cause: unknown) => log.warn({ err: cause }, "reviews were not made at once"));
    } while (again);
    raising = null;
  };
  const end = listen.subscribe((topics) => {
    if (!concerns(topics, [REVIEW_DUE])) return;
    if (raising) again = true;
    else raising = raise();
  });
  return {
    stop: async () => {
      end();
      await listen.close();
      await raising;
    },
  };
}
