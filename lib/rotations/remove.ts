import { lookAgain } from "@/lib/approvals/look-again";
import { command, type Step } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { contactsIn, readContact } from "@/lib/policies/contact";
import { rulesSchema } from "@/lib/policies/schemas";
import { rotationFor } from "@/lib/rotations/rotation-of";
import { rotationInput } from "@/lib/rotations/schemas";

/** Ends a rotation. Errors: `conflict` while a rule in force asks it, because that rule would then ask others than it says. */
export const removeRotation = command(rotationInput, { rebindsDecisions: true }, async (step, { id }) => {
  const found = await rotationFor(step, id);
  if (!found.ok) return found;
  const { slug, name, nodeId } = found.value;
  const asking = await ruleThatAsks(step, slug);
  if (asking) return fail("conflict", `${asking} asks who is on call for ${name}. Change that rule first.`);
  await step.tx.rotation.delete({ where: { id } });
  await lookAgain(step, { rotation: slug });
  step.audit({
    action: "rotation.remove",
    subjectKind: "rotation",
    subjectId: id,
    nodeId,
    detail: { slug, name },
  });
  step.notify("rotations", `rotation:${id}`);
  return ok({ slug });
});

/** A rule in force that names the rotation, as `policy/rule`. */
async function ruleThatAsks(step: Step, slug: string): Promise<string | null> {
  const policies = await step.tx.$queryRaw<{ id: string; rules: unknown }[]>`
    SELECT policy.id, version.rules FROM policy
    JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
    WHERE policy.retired_at IS NULL AND strpos(version.rules::text, ${`rotation:${slug}`}) > 0 ORDER BY policy.id`;
  for (const policy of policies) {
    const parsed = rulesSchema.safeParse(policy.rules);
    const rule = (parsed.success ? parsed.data : []).find((one) =>
      contactsIn(one).some((text) => {
        const contact = readContact(text);
        return contact?.kind === "rotation" && contact.slug === slug;
      }),
    );
    if (rule) return `${policy.id}/${rule.id}`;
  }
  return null;
}
