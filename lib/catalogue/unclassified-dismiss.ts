import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { actionIdInput, dismissUnclassifiedInput } from "@/lib/catalogue/inputs";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Takes an unclassified action off the queue: nobody means to put it into the catalogue. Requests for it are decided as before (its owner is
 * asked where it is granted). Errors: `not_found` when nobody asked for it, `conflict` when it is off the queue already.
 */
export const dismissUnclassified = command(dismissUnclassifiedInput, {}, async (step, { action, reason }) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const { count } = await step.tx.unclassifiedAction.updateMany({
    where: { action, dismissedAt: null },
    data: { dismissedAt: step.now, dismissedById: personOf(step), dismissedReason: reason },
  });
  if (count === 0) {
    const known = await step.tx.unclassifiedAction.count({ where: { action } });
    return known === 0
      ? fail("not_found", "Nobody asked for such an action.")
      : fail("conflict", `${action} was dismissed before.`);
  }
  step.audit({
    action: "action.dismiss",
    subjectKind: "unclassified",
    subjectId: action,
    nodeId: null,
    detail: { reason },
  });
  step.notify("catalogue");
  return ok({ action });
});

/** Puts a dismissed one back on the queue. Errors: `conflict` when it is there. */
export const requeueUnclassified = command(actionIdInput, {}, async (step, { id }) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const { count } = await step.tx.unclassifiedAction.updateMany({
    where: { action: id, dismissedAt: { not: null } },
    data: { dismissedAt: null, dismissedById: null, dismissedReason: null },
  });
  if (count === 0) return fail("conflict", `${id} is not among the dismissed.`);
  step.audit({ action: "action.requeue", subjectKind: "unclassified", subjectId: id, nodeId: null, detail: {} });
  step.notify("catalogue");
  return ok({ action: id });
});
