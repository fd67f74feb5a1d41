import { nodeFor } from "@/lib/agents/node-of";
import { renameNodeInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Renames a person's place in the chart. Teams and agents are renamed by their own commands. */
export const renamePersonNode = command(renameNodeInput, { rebindsDecisions: true }, async (step, input) => {
  const node = await nodeFor(step, "chart.write", input.id);
  if (!node.ok) return node;
  if (node.value.kind !== "person") return fail("invalid_input", `${node.value.name} is no person.`, "id");
  await step.tx.node.update({ where: { id: input.id }, data: { name: input.name } });
  step.audit({
    action: "node.update",
    subjectKind: "node",
    subjectId: input.id,
    nodeId: input.id,
    detail: { slug: node.value.slug, before: { name: node.value.name }, after: { name: input.name } },
  });
  step.notify("chart");
  return ok({ id: input.id });
});
