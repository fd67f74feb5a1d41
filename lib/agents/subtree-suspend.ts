import { nodeFor } from "@/lib/agents/node-of";
import { suspendSubtreeInput } from "@/lib/agents/schemas";
import { command, type Step } from "@/lib/audit/command";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** The kill switch of a subtree: the next decision of every agent in it is a deny (invariant I9). Errors: `conflict` when it is on already. */
export const suspendSubtree = command(suspendSubtreeInput, { rebindsDecisions: true }, (step, input) =>
  turn(step, input.id, true, input.reason),
);

/** Lifts it; agents that are suspended themselves stay so. Stopping takes less than starting: this needs the right to change the chart. Errors: `conflict` when it is off. */
export const resumeSubtree = command(suspendSubtreeInput, { rebindsDecisions: true }, (step, input) =>
  turn(step, input.id, false, input.reason),
);

async function turn(step: Step, id: string, suspended: boolean, reason: string): Promise<Result<{ id: string }>> {
  const node = await nodeFor(step, suspended ? "agent.suspend" : "chart.write", id);
  if (!node.ok) return node;
  const { count } = await step.tx.node.updateMany({ where: { id, suspended: !suspended }, data: { suspended } });
  if (count === 0)
    return fail("conflict", `${node.value.name} is ${suspended ? "suspended already" : "not suspended"}.`);
  step.audit({
    action: suspended ? "node.suspend" : "node.resume",
    subjectKind: "node",
    subjectId: id,
    nodeId: id,
    detail: { slug: node.value.slug, reason },
  });
  step.notify("chart", "agents", "stops");
  return ok({ id });
}
