import { command, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { actionFault } from "@/lib/catalogue/action-fault";
import { actionBasis, fieldsOf } from "@/lib/catalogue/action-basis";
import { actionFields, saveActionInput, type ActionFields } from "@/lib/catalogue/inputs";
import { Prisma } from "@/lib/db/generated/client";
import type { Json } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { argumentsOf, mappingFault } from "@/lib/rollbacks/mapping-fault";

/**
 * Makes an action of the catalogue, or replaces all that is said of it; a retired one is in use again. The next decision reads it.
 * Errors: `invalid_input` (field `args`, `fact` or `rollbackArgs`) when its schema, fact or rollback cannot work; `not_found` for an unknown system;
 * `conflict` when it is not as it was when `basis` was read.
 */
export const saveAction = command(saveActionInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const { id, systemId, basis, ...fields } = input;
  if (!id.startsWith(`${systemId}.`)) return fail("invalid_input", `The id must begin with ${systemId}.`, "id");
  const fault = actionFault(fields);
  if (fault) return fail("invalid_input", fault.message, fault.path.join("."));
  const undoing = await rollbackFault(step, fields);
  if (undoing !== null) return fail("invalid_input", `How to undo it: ${undoing}.`, "rollbackArgs");
  const system = await step.tx.system.findUnique({ where: { id: systemId }, select: { id: true } });
  if (!system) return fail("not_found", `There is no system ${systemId}.`, "systemId");
  const stored = await step.tx.action.findUnique({ where: { id } });
  // The configuration's row is held: nobody else changes the catalogue between this look and the write.
  if (basis !== undefined && (stored === null || basis !== actionBasis(stored)))
    return fail("conflict", "Somebody changed this action meanwhile. Load it again: nothing was saved.");
  const data = {
    ...fields,
    args: fields.args ?? Prisma.DbNull,
    fact: fields.fact ?? Prisma.DbNull,
    rollbackArgs: fields.rollbackArgs ?? Prisma.DbNull,
    retiredAt: null,
  };
  await step.tx.action.upsert({
    where: { id },
    create: { id, systemId, ...data, createdAt: step.now },
    update: data,
  });
  const before = stored ? actionFields.safeParse(fieldsOf(stored)) : null;
  step.audit({
    action: stored ? "action.update" : "action.create",
    subjectKind: "action",
    subjectId: id,
    nodeId: null,
    detail: { before: before?.success ? before.data : null, after: fields, wasRetired: Boolean(stored?.retiredAt) },
  });
  step.notify("catalogue");
  return ok({ id });
});

/** Why what is said about the rollback's arguments cannot work, or null; nothing is said where they are taken by their names. */
async function rollbackFault(step: Step, { args, rollback, rollbackArgs }: ActionFields): Promise<string | null> {
  if (rollbackArgs === null) return null;
  if (rollback === null) return "name the action that undoes it";
  const target = await step.tx.action.findUnique({ where: { id: rollback }, select: { args: true } });
  return target && mappingFault(rollbackArgs, argumentsOf(args), argumentsOf(target.args as Json));
}
