import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { saveSystemInput } from "@/lib/catalogue/inputs";
import { ok } from "@/lib/kernel/result";

/** Makes a system of the catalogue, or changes what it is called. */
export const saveSystem = command(saveSystemInput, {}, async (step, input) => {
  const allowed = authorise(step, "catalogue.write", null);
  if (!allowed.ok) return allowed;
  const { id, name, description } = input;
  const before = await step.tx.system.findUnique({ where: { id }, select: { name: true, description: true } });
  await step.tx.system.upsert({
    where: { id },
    create: { id, name, description, createdAt: step.now },
    update: { name, description },
  });
  step.audit({
    action: before ? "system.update" : "system.create",
    subjectKind: "system",
    subjectId: id,
    nodeId: null,
    detail: { before, after: { name, description } },
  });
  step.notify("catalogue");
  return ok({ id });
});
