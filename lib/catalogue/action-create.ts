import { saveAction } from "@/lib/catalogue/action-save";
import { createActionInput } from "@/lib/catalogue/inputs";
import { saveSystem } from "@/lib/catalogue/system-save";
import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail } from "@/lib/kernel/result";

/**
 * Puts a new action into the catalogue, with its system where `systemName` is given and there is none yet. What was asked for by this id
 * so far was unclassified; the next decision reads the definition. Errors: `conflict` (field `id`) when it is there already, retired ones too.
 */
export const createAction = command(createActionInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const { systemName, ...action } = input;
  const held = await step.tx.action.findUnique({ where: { id: action.id }, select: { retiredAt: true } });
  if (held)
    return fail("conflict", `${action.id} is in the catalogue already${held.retiredAt ? ", retired" : ""}.`, "id");
  if (systemName !== null) {
    const system = await step.tx.system.findUnique({ where: { id: action.systemId }, select: { id: true } });
    if (!system) {
      const made = await saveSystem.within(step, { id: action.systemId, name: systemName });
      if (!made.ok) return made;
    }
  }
  return saveAction.within(step, action);
});
