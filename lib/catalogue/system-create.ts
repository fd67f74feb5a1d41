import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { saveSystemInput } from "@/lib/catalogue/inputs";
import { saveSystem } from "@/lib/catalogue/system-save";
import { fail } from "@/lib/kernel/result";

/** Makes a new system. Errors: `conflict` (field `id`) when there is one of this id. */
export const createSystem = command(saveSystemInput, {}, async (step, input) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const held = await step.tx.system.findUnique({ where: { id: input.id }, select: { name: true } });
  if (held) return fail("conflict", `${held.name} has this id already.`, "id");
  return saveSystem.within(step, input);
});
