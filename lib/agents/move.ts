import { lastPosition, lockChart } from "@/lib/agents/chart-lock";
import { nodeFor } from "@/lib/agents/node-of";
import { moveNodeInput } from "@/lib/agents/schemas";
import { wouldCycle } from "@/lib/agents/tree";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Moves a node with all below it, or gives it another place among its siblings. Authority, approvers and sight follow the chart,
 * so whoever moves needs the right on the node, on the place it leaves and on the place it goes to.
 * Errors: `chart_cycle` for a place below itself; `conflict` for the root. The whole tree is read under its lock (invariant I11).
 */
export const moveNode = command(moveNodeInput, { rebindsDecisions: true }, async (step, input) => {
  await lockChart(step.tx);
  const node = await nodeFor(step, "chart.write", input.id);
  if (!node.ok) return node;
  const from = node.value.parentId;
  if (from === null) return fail("conflict", "The root of the chart cannot be moved.", "id");
  const left = await nodeFor(step, "chart.write", from);
  if (!left.ok) return left;
  const parent = await nodeFor(step, "chart.write", input.parentId);
  if (!parent.ok) return parent;
  if (from !== input.parentId) {
    const chart = await step.tx.node.findMany({ select: { id: true, parentId: true } });
    if (wouldCycle(chart, input.id, input.parentId)) {
      return fail("chart_cycle", `${node.value.name} cannot stand below itself.`, "parentId");
    }
  }
  const position = input.position ?? (await lastPosition(step.tx, input.parentId));
  await step.tx.node.update({ where: { id: input.id }, data: { parentId: input.parentId, position } });
  step.audit({
    action: "node.move",
    subjectKind: "node",
    subjectId: input.id,
    nodeId: input.id,
    detail: {
      slug: node.value.slug,
      before: { parentId: from, parent: left.value.slug, position: node.value.position },
      after: { parentId: input.parentId, parent: parent.value.slug, position },
    },
  });
  step.notify("chart", "agents");
  return ok({ id: input.id });
});
