import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { keepsAnAdmin } from "@/lib/people/last-admin";
import { roleInput } from "@/lib/people/schemas";

/** Takes a role from a person; their open pages lose it with the next request. Errors: `conflict` for the last admin, `not_found` when it is not held. */
export const revokeRole = command(roleInput, { rebindsDecisions: true }, async (step, input) => {
  const { personId, role, nodeId } = input;
  const allowed = authorise(step, "people.write", nodeId);
  if (!allowed.ok) return allowed;
  const held = await step.tx.roleBinding.findUnique({
    where: { personId_role_nodeId: input },
    select: { id: true, person: { select: { email: true } }, node: { select: { slug: true, parentId: true } } },
  });
  if (!held) return fail("not_found", "This person does not hold this role there.");
  await step.tx.roleBinding.delete({ where: { id: held.id } });
  if (role === "admin" && held.node.parentId === null) {
    const kept = await keepsAnAdmin(step.tx);
    if (!kept.ok) return kept;
  }
  step.audit({
    action: "role.revoke",
    subjectKind: "person",
    subjectId: personId,
    nodeId,
    detail: { email: held.person.email, role, node: held.node.slug },
  });
  step.notify("people", `person:${personId}`);
  return ok({ id: held.id });
});
