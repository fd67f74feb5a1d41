import { nodeFor } from "@/lib/agents/node-of";
import { lookAgain } from "@/lib/approvals/route/look-again";
import { dayOf } from "@/lib/approvals/route/read-directory";
import { command } from "@/lib/audit/command";
import { ok } from "@/lib/kernel/result";
import { columnsOf, detailOf, membersFit, rotationFor } from "@/lib/rotations/rotation-of";
import { clockOfMinute, updateRotationInput } from "@/lib/rotations/schemas";

/**
 * Changes who takes turns, and when. Turns follow from the fields alone: what changes is in force at once, also for what waits, and
 * stand-ins of people who are no longer members end. Errors: `not_found`, `forbidden`, `conflict` for somebody disabled.
 */
export const updateRotation = command(updateRotationInput, { rebindsDecisions: true }, async (step, input) => {
  const { id, ...fields } = input;
  const found = await rotationFor(step, id);
  if (!found.ok) return found;
  const { slug, nodeId, name, memberIds, shiftLength, shiftUnit, handoverMinute, zone, startsOn } = found.value;
  if (fields.nodeId !== nodeId) {
    const node = await nodeFor(step, "chart.write", fields.nodeId);
    if (!node.ok) return node;
  }
  const fit = await membersFit(step, fields.memberIds, memberIds);
  if (!fit.ok) return fit;
  await step.tx.rotation.update({ where: { id }, data: { ...columnsOf(fields), updatedAt: step.now } });
  await step.tx.rotationOverride.deleteMany({
    where: { rotationId: id, personId: { notIn: fields.memberIds }, endsAt: { gt: step.now } },
  });
  await lookAgain(step, { rotation: slug });
  const shift = { shiftLength, shiftUnit, handover: clockOfMinute(handoverMinute), zone, startsOn: dayOf(startsOn) };
  step.audit({
    action: "rotation.update",
    subjectKind: "rotation",
    subjectId: id,
    nodeId: fields.nodeId,
    detail: { before: detailOf(slug, { name, nodeId, memberIds, ...shift }), after: detailOf(slug, fields) },
  });
  step.notify("rotations", `rotation:${id}`);
  return ok({ id, slug });
});
