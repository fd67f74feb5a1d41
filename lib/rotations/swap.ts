import { lookAgain } from "@/lib/approvals/route/look-again";
import { command } from "@/lib/audit/command";
import { isId } from "@/lib/kernel/ids";
import { fail, ok } from "@/lib/kernel/result";
import { rotationFor } from "@/lib/rotations/rotation-of";
import { swapInput, unswapInput } from "@/lib/rotations/schemas";

const YEAR_MS = 366 * 86_400_000;

/** Another member stands in for a while. Errors: `invalid_input` for a time that is over or in the wrong order, `conflict` where somebody stands in already. */
export const swapTurn = command(swapInput, { rebindsDecisions: true }, async (step, input) => {
  const { rotationId, personId } = input;
  const [startsAt, endsAt] = [new Date(input.startsAt), new Date(input.endsAt)];
  const found = await rotationFor(step, rotationId);
  if (!found.ok) return found;
  const { slug, nodeId, memberIds } = found.value;
  if (!memberIds.includes(personId)) return fail("invalid_input", "Only a member can stand in.", "personId");
  if (startsAt >= endsAt) return fail("invalid_input", "It ends before it begins.", "endsAt");
  if (endsAt <= step.now) return fail("invalid_input", "It is over already.", "endsAt");
  if (endsAt.getTime() - startsAt.getTime() > YEAR_MS)
    return fail("invalid_input", "At most a year: change the turns instead.", "endsAt");
  const other = await step.tx.rotationOverride.findFirst({
    where: { rotationId, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
    select: { person: { select: { name: true } } },
  });
  if (other) return fail("conflict", `${other.person.name} stands in during that time.`, "startsAt");
  const id = step.newId();
  await step.tx.rotationOverride.create({ data: { id, rotationId, personId, startsAt, endsAt, createdAt: step.now } });
  await lookAgain(step, { rotation: slug });
  step.audit({
    action: "rotation.swap",
    subjectKind: "rotation",
    subjectId: rotationId,
    nodeId,
    detail: { slug, personId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  });
  step.notify("rotations", `rotation:${rotationId}`);
  return ok({ id });
});

/** Takes a stand-in back: turns are as their order says again. */
export const unswapTurn = command(unswapInput, { rebindsDecisions: true }, async (step, { overrideId }) => {
  const override = isId(overrideId) ? await step.tx.rotationOverride.findUnique({ where: { id: overrideId } }) : null;
  if (!override) return fail("not_found", "There is no such stand-in.");
  const found = await rotationFor(step, override.rotationId);
  if (!found.ok) return found;
  const { slug, nodeId } = found.value;
  const { rotationId, personId, startsAt, endsAt } = override;
  await step.tx.rotationOverride.delete({ where: { id: overrideId } });
  await lookAgain(step, { rotation: slug });
  step.audit({
    action: "rotation.unswap",
    subjectKind: "rotation",
    subjectId: rotationId,
    nodeId,
    detail: { slug, personId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  });
  step.notify("rotations", `rotation:${rotationId}`);
  return ok(null);
});
