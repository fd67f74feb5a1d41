import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { retireAction } from "@/lib/catalogue/action-retire";
import { reviveAction } from "@/lib/catalogue/action-revive";
import { reviveActionsInput, systemIdInput } from "@/lib/catalogue/inputs";
import { fail, ok } from "@/lib/kernel/result";

/** Takes every action of a system out of use, each by its own command. The ids say which, so that all can be undone. Errors: `not_found`, `conflict`. */
export const retireSystem = command(systemIdInput, { rebindsDecisions: true }, async (step, { id }) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const system = await step.tx.system.findUnique({
    where: { id },
    select: { name: true, actions: { where: { retiredAt: null }, orderBy: { id: "asc" }, select: { id: true } } },
  });
  if (!system) return fail("not_found", "There is no such system.");
  if (system.actions.length === 0) return fail("conflict", `No action of ${system.name} is in use.`);
  for (const action of system.actions) {
    const retired = await retireAction.within(step, action);
    if (!retired.ok) return retired;
  }
  return ok({ ids: system.actions.map((action) => action.id) });
});

/** Takes retired actions into use again, all or none. */
export const reviveActions = command(reviveActionsInput, { rebindsDecisions: true }, async (step, { ids }) => {
  for (const id of ids) {
    const revived = await reviveAction.within(step, { id });
    if (!revived.ok) return revived;
  }
  return ok({ ids });
});
