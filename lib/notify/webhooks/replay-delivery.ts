import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { replayInput } from "@/lib/notify/schemas";

/**
 * Sends a delivery of a node's webhook again, under the same message id, by which its receiver knows a repeat. Errors: `not_found`, `conflict`
 * while it is waiting anyway.
 */
export const replayDelivery = command(replayInput, {}, async (step, { deliveryId }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const delivery = await step.tx.notificationDelivery.findFirst({
    where: { id: deliveryId, webhook: { nodeId: { not: null }, removedAt: null } },
    select: { id: true, webhook: { select: { id: true, name: true, nodeId: true } } },
  });
  if (!delivery?.webhook) return fail("not_found", "There is no such delivery.");
  const { count } = await step.tx.notificationDelivery.updateMany({
    where: { id: deliveryId, state: { not: "waiting" } },
    data: { state: "waiting", nextAt: step.now, sentAt: null, error: null },
  });
  if (count === 0) return fail("conflict", "It is waiting to be sent already.");
  const { id, name, nodeId } = delivery.webhook;
  step.audit({ action: "webhook.replay", subjectKind: "webhook", subjectId: id, nodeId, detail: { name, deliveryId } });
  step.notify("webhooks");
  return ok(null);
});
