import { lookAgain } from "@/lib/approvals/route/look-again";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { rulesAsking } from "@/lib/rotations/asked-by";
import { rotationFor } from "@/lib/rotations/rotation-of";
import { rotationInput } from "@/lib/rotations/schemas";

/** Ends a rotation. Errors: `conflict` while a rule in force asks it, because that rule would then ask others than it says. */
export const removeRotation = command(rotationInput, { rebindsDecisions: true }, async (step, { id }) => {
  const found = await rotationFor(step, id);
  if (!found.ok) return found;
  const { slug, name, nodeId } = found.value;
  const [asking] = await rulesAsking(step.tx, slug);
  if (asking)
    return fail(
      "conflict",
      `The rule ${asking.policy}/${asking.rule} asks who is on call here. Change that rule first.`,
    );
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
