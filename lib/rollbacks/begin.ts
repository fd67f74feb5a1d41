import { randomBytes } from "node:crypto";

import type { Step } from "@/lib/audit/command";
import { personOf } from "@/lib/audit/command";
import { formatSecret, secretHash } from "@/lib/kernel/secret";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import type { RollbackPlan } from "@/lib/rollbacks/plan";
import { settingsFrom } from "@/lib/tiers/settings";

/**
 * Orders a rollback within a change that moves its review. Nobody hears of it before `releaseAt`; not done within the time that the settings
 * give it, it has failed. Returns its id, by which it can be fetched.
 */
export async function beginRollback(
  step: Step,
  review: { id: string; agentId: string },
  plan: RollbackPlan,
  { reason, releaseAt }: { reason: string; releaseAt: Date },
): Promise<string> {
  const id = step.newId();
  const { settings } = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const { rollbackMinutes } = settingsFrom(settings).settings;
  await step.tx.rollback.create({
    data: {
      id,
      reviewId: review.id,
      agentId: review.agentId,
      action: plan.action,
      args: plan.args,
      via: plan.via,
      requestedById: personOf(step),
      reason,
      requestedAt: step.now,
      releaseAt,
      nextAt: releaseAt,
      deadline: new Date(releaseAt.getTime() + rollbackMinutes * 60_000),
      ...(plan.via === "webhook" ? tokenOf(id) : {}),
    },
  });
  step.notify(`task:${review.agentId}`);
  return id;
}

export const tokenPurpose = (rollbackId: string): string => `rollback token ${rollbackId}`;

/** What a receiver reports with that does not answer at once: good for this rollback alone. */
function tokenOf(id: string) {
  const token = formatSecret("rmk", randomBytes(32));
  return {
    tokenHash: new Uint8Array(secretHash(token)),
    sealedToken: ownSealer().seal(token, tokenPurpose(id)),
  };
}
