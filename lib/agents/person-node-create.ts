import { lastPosition, lockChart } from "@/lib/agents/chart-lock";
import { activePerson, nodeFor, slugIsFree } from "@/lib/agents/node-of";
import { createPersonNodeInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Gives a person a place in the chart: escalations from below pass by them. A person has at most one place. */
export const createPersonNode = command(createPersonNodeInput, { rebindsDecisions: true }, async (step, input) => {
  await lockChart(step.tx);
  const parent = await nodeFor(step, "chart.write", input.parentId);
  if (!parent.ok) return parent;
  const free = await slugIsFree(step, input.slug);
  if (!free.ok) return free;
  const person = await activePerson(step, input.personId, "personId");
  if (!person.ok) return person;
  const placed = await step.tx.node.findUnique({ where: { personId: input.personId }, select: { slug: true } });
  if (placed) return fail("conflict", `This person stands in the chart already, as ${placed.slug}.`, "personId");
  const id = step.newId();
  const position = input.position ?? (await lastPosition(step.tx, input.parentId));
  const { parentId, slug, name, personId } = input;
  await step.tx.node.create({
    data: { id, parentId, kind: "person", slug, name, personId, position, createdAt: step.now },
  });
  step.audit({
    action: "node.create",
    subjectKind: "node",
    subjectId: id,
    nodeId: id,
    detail: { kind: "person", slug, name, parentId, parent: parent.value.slug, personId },
  });
  step.notify("chart");
  return ok({ id });
});
