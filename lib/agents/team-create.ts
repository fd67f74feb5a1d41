import { lastPosition, lockChart } from "@/lib/agents/chart-lock";
import { activePerson, nodeFor, slugIsFree } from "@/lib/agents/node-of";
import { createTeamInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { ok } from "@/lib/kernel/result";

/** Puts a new team into the chart. Errors: `conflict` for a slug that is taken or a disabled lead. */
export const createTeam = command(createTeamInput, { rebindsDecisions: true }, async (step, input) => {
  await lockChart(step.tx);
  const parent = await nodeFor(step, "chart.write", input.parentId);
  if (!parent.ok) return parent;
  const free = await slugIsFree(step, input.slug);
  if (!free.ok) return free;
  if (input.leadId !== null) {
    const lead = await activePerson(step, input.leadId, "leadId");
    if (!lead.ok) return lead;
  }
  const id = step.newId();
  const position = input.position ?? (await lastPosition(step.tx, input.parentId));
  const { parentId, slug, name, leadId } = input;
  await step.tx.node.create({
    data: { id, parentId, kind: "team", slug, name, leadId, position, createdAt: step.now },
  });
  step.audit({
    action: "team.create",
    subjectKind: "team",
    subjectId: id,
    nodeId: id,
    detail: { slug, name, parentId, parent: parent.value.slug, leadId },
  });
  step.notify("chart");
  return ok({ id });
});
