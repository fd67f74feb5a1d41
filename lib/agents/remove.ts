import { lockChart } from "@/lib/agents/chart-lock";
import { nodeFor } from "@/lib/agents/node-of";
import { removeNodeInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Takes a team or a person's place out of the chart, with the roles that were bound to it. An agent is never removed, it is retired:
 * its runs and decisions stay. Retired agents below move up to the parent, so that their past stays in sight, and so do rotations.
 * Errors: `conflict` for the root, an agent, or a node with anything live below.
 */
export const removeNode = command(removeNodeInput, { rebindsDecisions: true }, async (step, input) => {
  await lockChart(step.tx);
  const node = await nodeFor(step, "chart.write", input.id);
  if (!node.ok) return node;
  const { kind, name, slug, parentId } = node.value;
  if (parentId === null) return fail("conflict", "The root of the chart cannot be removed.", "id");
  if (kind === "agent") return fail("conflict", `${name} is an agent: retire it, so that its past is kept.`, "id");
  const above = await nodeFor(step, "chart.write", parentId);
  if (!above.ok) return above;
  const below = await step.tx.node.findMany({
    where: { parentId: input.id },
    select: { id: true, slug: true, agent: { select: { status: true } } },
  });
  const live = below.find((child) => child.agent?.status !== "retired");
  if (live) return fail("conflict", `${name} is not empty: ${live.slug} stands below it.`, "id");
  await step.tx.node.updateMany({ where: { parentId: input.id }, data: { parentId } });
  await step.tx.rotation.updateMany({ where: { nodeId: input.id }, data: { nodeId: parentId } });
  const roles = await step.tx.roleBinding.findMany({
    where: { nodeId: input.id },
    select: { role: true, personId: true },
    orderBy: { id: "asc" },
  });
  await step.tx.node.delete({ where: { id: input.id } });
  step.audit({
    action: "node.remove",
    subjectKind: "node",
    subjectId: input.id,
    nodeId: parentId,
    detail: {
      kind,
      slug,
      name,
      parentId,
      parent: above.value.slug,
      roles,
      raised: below.map((child) => child.slug),
      reason: input.reason ?? null,
    },
  });
  step.notify("chart", "people");
  return ok({ id: input.id });
});
