import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { actionIdInput } from "@/lib/catalogue/inputs";
import { fail, ok } from "@/lib/kernel/result";

/** Takes a retired action into use again, as it was. Errors: `not_found`, `conflict` when it is in use. */
export const reviveAction = command(actionIdInput, { rebindsDecisions: true }, async (step, { id }) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const action = await step.tx.action.findUnique({ where: { id }, select: { retiredAt: true } });
  if (!action) return fail("not_found", "There is no such action.");
  if (!action.retiredAt) return fail("conflict", `${id} is in use.`);
  await step.tx.action.update({ where: { id }, data: { retiredAt: null } });
  step.audit({ action: "action.revive", subjectKind: "action", subjectId: id, nodeId: null, detail: {} });
  step.notify("catalogue");
  return ok({ id });
});
