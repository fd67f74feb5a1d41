import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { actionIdInput } from "@/lib/catalogue/inputs";
import { fail, ok } from "@/lib/kernel/result";

/** Takes an action out of use: who asks for it from now on asks for something unknown. Its past decisions stay. Errors: `not_found`, `conflict`. */
export const retireAction = command(actionIdInput, { rebindsDecisions: true }, async (step, { id }) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const action = await step.tx.action.findUnique({ where: { id }, select: { retiredAt: true } });
  if (!action) return fail("not_found", "There is no such action.");
  if (action.retiredAt) return fail("conflict", `${id} is retired already.`);
  await step.tx.action.update({ where: { id }, data: { retiredAt: step.now } });
  step.audit({ action: "action.retire", subjectKind: "action", subjectId: id, nodeId: null, detail: {} });
  step.notify("catalogue");
  return ok({ id });
});
