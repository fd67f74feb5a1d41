import { randomBytes } from "node:crypto";

import { command, personOf, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { urlFault } from "@/lib/notify/webhooks/destination";
import { signingSecret } from "@/lib/notify/webhooks/event";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { BOTH_SIGN_MS } from "@/lib/notify/webhooks/change";
import { shownUrl } from "@/lib/notify/webhooks/create";
import { sealSecret, sealUrl } from "@/lib/notify/webhooks/secrets";
import { receiverInput, saveReceiverInput } from "@/lib/rollbacks/schemas";
import { env } from "@/lib/server/env";

/**
 * Says where a system takes its rollbacks. A new receiver answers its signing secret, this once; a changed address keeps the secret (null). Rollbacks
 * that are ordered from then on are sent there, where so far the agents' software fetched them. Errors: `not_found` for an unknown system,
 * `invalid_input` (field `url`) for an address that cannot be used.
 */
export const saveReceiver = command(saveReceiverInput, {}, async (step, { systemId, url }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const system = await step.tx.system.findUnique({ where: { id: systemId }, select: { id: true } });
  if (!system) return fail("not_found", "There is no such system.", "systemId");
  const fault = urlFault(url, env().REMIT_WEBHOOK_ALLOW);
  if (fault !== null) return fail("invalid_input", fault, "url");
  const known = await step.tx.systemReceiver.findUnique({ where: { systemId }, select: { id: true } });
  const id = known?.id ?? step.newId();
  const address = { sealedUrl: sealUrl(ownSealer(), id, url), shownUrl: shownUrl("signed", url) };
  const secret = known ? null : signingSecret(randomBytes(32));
  if (secret === null) await step.tx.systemReceiver.update({ where: { id }, data: address });
  else
    await step.tx.systemReceiver.create({
      data: {
        id,
        systemId,
        ...address,
        sealedSecret: sealSecret(ownSealer(), id, secret),
        createdById: personOf(step),
        createdAt: step.now,
      },
    });
  record(step, known ? "receiver.update" : "receiver.create", systemId, { url: address.shownUrl });
  return ok({ secret });
});

/** A new signing secret, answered this once; the one before signs beside it for a day. Errors: `not_found`. */
export const rotateReceiverSecret = command(receiverInput, {}, async (step, { systemId }) => {
  const opened = await open(step, systemId);
  if (!opened.ok) return opened;
  const { id, sealedSecret } = opened.value;
  const secret = signingSecret(randomBytes(32));
  const previousUntil = new Date(step.now.getTime() + BOTH_SIGN_MS);
  await step.tx.systemReceiver.update({
    where: { id },
    data: {
      sealedSecret: sealSecret(ownSealer(), id, secret),
      sealedPrevious: new Uint8Array(sealedSecret),
      previousUntil,
    },
  });
  record(step, "receiver.rotate_secret", systemId, { previousUntil: previousUntil.toISOString() });
  return ok({ secret });
});

/** Forgets it, address and secrets: what is not sent by then fails, and what is ordered later is for the agents' software to fetch. Errors: `not_found`. */
export const removeReceiver = command(receiverInput, {}, async (step, { systemId }) => {
  const opened = await open(step, systemId);
  if (!opened.ok) return opened;
  await step.tx.systemReceiver.delete({ where: { id: opened.value.id } });
  record(step, "receiver.remove", systemId, { url: opened.value.shownUrl });
  return ok(null);
});

async function open(
  step: Step,
  systemId: string,
): Promise<Result<{ id: string; shownUrl: string; sealedSecret: Uint8Array }>> {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const receiver = await step.tx.systemReceiver.findUnique({
    where: { systemId },
    select: { id: true, shownUrl: true, sealedSecret: true },
  });
  return receiver ? ok(receiver) : fail("not_found", "This system has no receiver.");
}

function record(step: Step, action: string, systemId: string, detail: JsonObject): void {
  step.audit({ action, subjectKind: "system", subjectId: systemId, nodeId: null, detail });
  step.notify("catalogue");
}
