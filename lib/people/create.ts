import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { grantRole } from "@/lib/people/role-grant";
import { createPersonInput } from "@/lib/people/schemas";

/**
 * Makes a person, with roles. An admin of a part of the chart may add people to that part: whoever acts needs `people.write` on every
 * node of the roles, and at the root when there are none. Errors: `conflict` when the e-mail is known.
 */
export const createPerson = command(createPersonInput, { rebindsDecisions: true }, async (step, input) => {
  const nodes = input.roles.length > 0 ? input.roles.map((role) => role.nodeId) : [null];
  for (const nodeId of nodes) {
    const allowed = authorise(step, "people.write", nodeId);
    if (!allowed.ok) return allowed;
  }
  const { email, name, timeZone, passwordHash } = input;
  const known = await step.tx.person.findUnique({ where: { email }, select: { id: true } });
  if (known) return fail("conflict", `There is a person with the e-mail ${email} already.`, "email");
  const id = step.newId();
  await step.tx.person.create({ data: { id, email, name, timeZone, passwordHash, createdAt: step.now } });
  step.audit({
    action: "person.create",
    subjectKind: "person",
    subjectId: id,
    nodeId: null,
    detail: { email, name, timeZone, hasPassword: passwordHash !== null },
  });
  step.notify("people");
  for (const role of input.roles) {
    const bound = await grantRole.within(step, { personId: id, ...role });
    if (!bound.ok) return bound;
  }
  return ok({ id });
});
