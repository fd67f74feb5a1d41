import { activePerson, nodeFor } from "@/lib/agents/node-of";
import { updateTeamInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Renames a team or gives it another lead. The lead is asked by escalations, so that decisions are bound anew. */
export const updateTeam = command(updateTeamInput, { rebindsDecisions: true }, async (step, input) => {
  const node = await nodeFor(step, "chart.write", input.id);
  if (!node.ok) return node;
  if (node.value.kind !== "team") return fail("invalid_input", `${node.value.name} is no team.`, "id");
  const { name, leadId } = node.value;
  const next = { name: input.name ?? name, leadId: input.leadId === undefined ? leadId : input.leadId };
  if (next.leadId !== null && next.leadId !== leadId) {
    const lead = await activePerson(step, next.leadId, "leadId");
    if (!lead.ok) return lead;
  }
  await step.tx.node.update({ where: { id: input.id }, data: next });
  step.audit({
    action: "team.update",
    subjectKind: "team",
    subjectId: input.id,
    nodeId: input.id,
    detail: { slug: node.value.slug, before: { name, leadId }, after: next },
  });
  step.notify("chart");
  return ok({ id: input.id });
});
