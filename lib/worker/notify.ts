import type { CommandContext } from "@/lib/audit/change";
import { deliverDue, type Courier } from "@/lib/notify/deliver/deliver";
import { createMailer } from "@/lib/notify/deliver/mail";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { DELIVERIES } from "@/lib/notify/deliver/outbox";
import { planNotices } from "@/lib/notify/plan-notices";
import { closeApprovals, stepApprovals, takeApprovals } from "@/lib/notify/tell/approvals";
import { tellAnswers } from "@/lib/notify/tell/answers";
import { tellOpened } from "@/lib/notify/tell/opened";
import { env } from "@/lib/server/env";
import { whileFull } from "@/lib/worker/while-full";

export const NOTIFY_EVERY_MS = 1_000;

/** Batches of deliveries that a round takes; what is left waits for the next second. */
const BATCHES = 10;
/** What the others take at a time. */
const ROWS = 200;

/** Finds out what is to be told, and to whom how. Sends nothing, so that no slow receiver holds it up. */
export async function notifyRound(context: CommandContext, options: { mail: boolean }): Promise<void> {
  await takeApprovals(context);
  await whileFull(ROWS, () => closeApprovals(context));
  await whileFull(ROWS, () => stepApprovals(context));
  await tellAnswers(context);
  await tellOpened(context);
  await whileFull(ROWS, () => planNotices(context, options));
}

/** Sends what is due. */
export async function deliverRound(context: CommandContext, courier: Courier): Promise<void> {
  for (let batch = 0; batch < BATCHES && !courier.stopping?.aborted; batch += 1)
    if ((await deliverDue(context, courier)) < DELIVERIES) return;
}

/** The worker's own courier, from the environment; its connections to the mail server end with the worker. */
export function ownCourier(stopping: AbortSignal): Courier {
  const { REMIT_SMTP_URL, REMIT_MAIL_FROM, REMIT_WEBHOOK_ALLOW, REMIT_URL } = env();
  const mailer = REMIT_SMTP_URL && REMIT_MAIL_FROM ? createMailer(REMIT_SMTP_URL, REMIT_MAIL_FROM) : null;
  stopping.addEventListener("abort", () => mailer?.close());
  return {
    mailer,
    sealer: ownSealer(),
    allow: REMIT_WEBHOOK_ALLOW,
    publicUrl: REMIT_URL,
    random: Math.random,
    stopping,
  };
}
