import { nodeFor } from "@/lib/agents/node-of";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { columnsOf, detailOf, membersFit } from "@/lib/rotations/rotation-of";
import { createRotationInput } from "@/lib/rotations/schemas";

/** Begins a rotation, kept by whoever may change the chart at its node. Errors: `conflict` for a slug that is taken or somebody disabled. */
export const createRotation = command(createRotationInput, { rebindsDecisions: true }, async (step, input) => {
  const { slug, ...fields } = input;
  const node = await nodeFor(step, "chart.write", fields.nodeId);
  if (!node.ok) return node;
  const taken = await step.tx.rotation.findUnique({ where: { slug }, select: { id: true } });
  if (taken) return fail("conflict", `The name ${slug} is taken.`, "slug");
  const fit = await membersFit(step, fields.memberIds);
  if (!fit.ok) return fit;
  const id = step.newId();
  await step.tx.rotation.create({
    data: { id, slug, ...columnsOf(fields), createdAt: step.now, updatedAt: step.now },
  });
  step.audit({
    action: "rotation.create",
    subjectKind: "rotation",
    subjectId: id,
    nodeId: fields.nodeId,
    detail: detailOf(slug, fields),
  });
  step.notify("rotations");
  return ok({ id, slug });
});
