import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { roleInput } from "@/lib/people/schemas";

/** Binds a role to a node for a person: it covers the node and everything below. Errors: `conflict` when the person has it there. */
export const grantRole = command(roleInput, { rebindsDecisions: true }, async (step, input) => {
  const { personId, role, nodeId } = input;
  const allowed = authorise(step, "people.write", nodeId);
  if (!allowed.ok) return allowed;
  const person = await step.tx.person.findUnique({ where: { id: personId }, select: { email: true } });
  if (!person) return fail("not_found", "There is no such person.", "personId");
  const node = await step.tx.node.findUnique({ where: { id: nodeId }, select: { slug: true } });
  if (!node) return fail("not_found", "There is no such node.", "nodeId");
  const held = await step.tx.roleBinding.findUnique({ where: { personId_role_nodeId: input }, select: { id: true } });
  if (held) return fail("conflict", `${person.email} is ${role} of ${node.slug} already.`);
  const id = step.newId();
  await step.tx.roleBinding.create({ data: { id, ...input, createdAt: step.now } });
  step.audit({
    action: "role.grant",
    subjectKind: "person",
    subjectId: personId,
    nodeId,
    detail: { email: person.email, role, node: node.slug },
  });
  step.notify("people", `person:${personId}`);
  return ok({ id });
});
