import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { actionFault } from "@/lib/catalogue/action-fault";
import { actionFields, saveActionInput, type ActionFields } from "@/lib/catalogue/inputs";
import { Prisma } from "@/lib/db/generated/client";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Makes an action of the catalogue, or replaces all that is said of it; a retired one is in use again. The next decision reads it.
 * Errors: `invalid_input` (field `args` or `fact`) when its schema or fact does not compile; `not_found` for an unknown system.
 */
export const saveAction = command(saveActionInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const { id, systemId, ...fields } = input;
  if (!id.startsWith(`${systemId}.`)) return fail("invalid_input", `The id must begin with ${systemId}.`, "id");
  const fault = actionFault(fields);
  if (fault) return fail("invalid_input", fault.message, fault.path.join("."));
  const system = await step.tx.system.findUnique({ where: { id: systemId }, select: { id: true } });
  if (!system) return fail("not_found", `There is no system ${systemId}.`, "systemId");
  const stored = await step.tx.action.findUnique({ where: { id } });
  const data = {
    ...fields,
    args: fields.args ?? Prisma.DbNull,
    fact: fields.fact ?? Prisma.DbNull,
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

/** The part of a stored action that its definition is made of. */
export function fieldsOf(stored: { [K in keyof ActionFields]: unknown }): { [K in keyof ActionFields]: unknown } {
  const { title, description, kind, reversibility, impact, dataClasses, args, evidence, fact, rollback } = stored;
  return { title, description, kind, reversibility, impact, dataClasses, args, evidence, fact, rollback };
}
