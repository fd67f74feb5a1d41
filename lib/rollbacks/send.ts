import type { CommandContext } from "@/lib/audit/change";
import { inOneChange } from "@/lib/audit/command";
import type { JsonObject } from "@/lib/kernel/json";
import { signedHeaders } from "@/lib/notify/webhooks/event";
import { postJson } from "@/lib/notify/deliver/post";
import { retryDelayMs, type Outcome as Posted } from "@/lib/notify/deliver/retry";
import type { Sealer } from "@/lib/notify/webhooks/seal";
import { secretsOf, urlOf, type SealedWebhook } from "@/lib/notify/webhooks/secrets";
import { tokenPurpose } from "@/lib/rollbacks/begin";
import { endRollback, noteAttempt } from "@/lib/rollbacks/outcome";

/** What calling receivers needs beside the store. */
export interface RollbackCourier {
  sealer: Sealer;
  /** REMIT_WEBHOOK_ALLOW. */
  allow: readonly string[];
  /** REMIT_GATE_URL: where a receiver reports that does not answer at once. */
  gateUrl: string;
  /** Chance in [0, 1), for the spread of retries. */
  random(): number;
  stopping?: AbortSignal;
}

const AT_ONCE = 20;
/** How long a claim lasts: longer than one call can take. What a crash leaves claimed is sent again then, under the same message id. */
const CLAIM_MS = 30_000;
/** A receiver that cannot be reached is tried again at least this often: a rollback has an hour, where the settings say nothing else. */
const RETRY_MAX_MS = 5 * 60_000;

interface Claimed {
  id: string;
  reviewId: string;
  action: string;
  args: JsonObject;
  attempts: number;
  reason: string;
  deadline: Date;
  sealedToken: Uint8Array | null;
  decisionId: string;
  runId: string;
  original: string;
  originalArgs: JsonObject;
  agent: string;
}

/**
 * Calls the receivers of systems for rollbacks that are due: claims each for a while, calls, writes down what came of it. 2xx is done, 202 means that
 * the receiver reports later; everything else is tried again until the rollback's deadline, 410 ends it. At least once, always under the same
 * message id, by which a receiver knows a repeat. Returns how many it called.
 */
export async function sendRollbacks(context: CommandContext, courier: RollbackCourier): Promise<number> {
  const claimed = await claim(context);
  await Promise.all(claimed.map((one) => (courier.stopping?.aborted ? null : call(context, courier, one))));
  return claimed.length;
}

function claim({ db, clock }: CommandContext): Promise<Claimed[]> {
  const now = clock.now();
  return db.$queryRaw<Claimed[]>`
    WITH due AS (
      UPDATE rollback SET attempts = attempts + 1, next_at = ${new Date(now.getTime() + CLAIM_MS)} WHERE id IN (
        SELECT id FROM rollback WHERE via = 'webhook' AND state = 'waiting' AND next_at <= ${now} AND release_at <= ${now} AND deadline > ${now}
        ORDER BY next_at, id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
      ) RETURNING *
    )
    SELECT r.id, r.review_id AS "reviewId", r.action, r.args, r.attempts, r.reason, r.deadline, r.sealed_token AS "sealedToken",
      d.id AS "decisionId", d.run_id AS "runId", d.action AS original, d.args AS "originalArgs", n.slug AS agent
    FROM due r JOIN review v ON v.id = r.review_id JOIN decision d ON d.id = v.decision_id JOIN node n ON n.id = r.agent_id`;
}

async function call(context: CommandContext, courier: RollbackCourier, one: Claimed): Promise<void> {
  const started = performance.now();
  const posted = await post(context, courier, one);
  const error = posted.ok ? null : posted.error;
  const attempt = {
    number: one.attempts,
    durationMs: Math.round(performance.now() - started),
    statusCode: posted.statusCode,
    error,
  };
  await inOneChange(context, {}, (step) => {
    if (posted.ok && posted.statusCode !== 202)
      return endRollback(step, one.id, { state: "done", detail: null }, attempt);
    if (posted.ok) return noteAttempt(step, one.id, { state: "running", nextAt: one.deadline }, attempt);
    if (posted.gone)
      return endRollback(step, one.id, { state: "failed", detail: `The receiver ${posted.error}.` }, attempt);
    const delayMs = Math.min(RETRY_MAX_MS, retryDelayMs(one.attempts, courier.random()));
    return noteAttempt(step, one.id, { nextAt: new Date(step.now.getTime() + delayMs) }, attempt);
  });
}

async function post({ db, clock }: CommandContext, courier: RollbackCourier, one: Claimed): Promise<Posted> {
  const { sealer, allow } = courier;
  const receiver = await db.systemReceiver.findFirst({
    where: { system: { actions: { some: { id: one.action } } } },
    select: { id: true, sealedUrl: true, sealedSecret: true, sealedPrevious: true, previousUntil: true },
  });
  if (!receiver) return gone("was removed");
  const now = clock.now();
  const url = urlOf(sealer, receiver);
  const secrets = secretsOf(sealer, receiver satisfies SealedWebhook, now);
  const token = one.sealedToken && sealer.open(one.sealedToken, tokenPurpose(one.id));
  if (url === null || secrets.length === 0 || !token)
    return gone(
      "has an address or secret that was sealed with another key: set REMIT_SEAL_KEY as it was, or enter it anew",
    );
  const body = rollbackBody(one, courier.gateUrl, token, now);
  return await postJson({ url, headers: signedHeaders(`msg_${one.id}`, body, secrets, now), body }, { allow });
}

/** `rollback.requested`, as Standard Webhooks shapes it. Whoever answers 202 reports to `report.url` with `report.token`, by `deadline`. */
function rollbackBody(one: Claimed, gateUrl: string, token: string, now: Date): string {
  const { id, action, args, attempts, reason, deadline, agent, decisionId, runId, original, originalArgs } = one;
  return JSON.stringify({
    type: "rollback.requested",
    timestamp: now.toISOString(),
    data: {
      id,
      action,
      args,
      reason,
      attempt: attempts,
      deadline: deadline.toISOString(),
      undoes: { decisionId, runId, agent, action: original, args: originalArgs },
      report: { url: new URL(`/api/v1/tasks/${id}`, gateUrl).href, token },
    },
  });
}

const gone = (error: string): Posted => ({ ok: false, statusCode: null, error, gone: true });
