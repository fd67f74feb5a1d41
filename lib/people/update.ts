import { command } from "@/lib/audit/command";
import { ok } from "@/lib/kernel/result";
import { administered } from "@/lib/people/authority";
import { updatePersonInput } from "@/lib/people/schemas";

/** Changes somebody's name or time zone, for who administers the account. One's own: lib/people/account.ts. */
export const updatePerson = command(updatePersonInput, { rebindsDecisions: true }, async (step, input) => {
  const person = await administered(step.tx, step, input.personId);
  if (!person.ok) return person;
  const before = await step.tx.person.findUniqueOrThrow({
    where: { id: input.personId },
    select: { name: true, timeZone: true },
  });
  const after = {
    name: input.name ?? before.name,
    timeZone: input.timeZone === undefined ? before.timeZone : input.timeZone,
  };
  await step.tx.person.update({ where: { id: input.personId }, data: after });
  step.audit({
    action: "person.update",
    subjectKind: "person",
    subjectId: input.personId,
    nodeId: null,
    detail: { email: person.value.email, before, after },
  });
  step.notify("people");
  return ok({ id: input.personId });
});
