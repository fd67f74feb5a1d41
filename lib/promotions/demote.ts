import { livingAgentFor } from "@/lib/agents/agent-for";
import { updateAgent } from "@/lib/agents/update";
import { command, personOf } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { demoteInput } from "@/lib/promotions/schemas";
import { lowerTiers } from "@/lib/tiers/record";

/**
 * Takes trust back, in one step and at once: the next decision is made by the lower tier. One person is enough, since it only narrows.
 * A promotion that waited is withdrawn with it. Errors: `invalid_input` (field `tier`) when the tier is not lower.
 */
export const demoteAgent = command(demoteInput, { rebindsDecisions: true }, async (step, { agentId, tier, reason }) => {
  const found = await livingAgentFor(step, "agent.write", agentId);
  if (!found.ok) return found;
  const agent = found.value;
  if (!lowerTiers(agent.tier).includes(tier))
    return fail("invalid_input", `${tier} is not below ${agent.tier}.`, "tier");
  await step.tx.promotion.updateMany({
    where: { agentId, state: "pending" },
    data: { state: "withdrawn", decidedById: personOf(step), decidedAt: step.now, comment: `Demoted: ${reason}` },
  });
  const updated = await updateAgent.within(step, { id: agentId, tier });
  if (!updated.ok) return updated;
  step.audit({
    action: "agent.demote",
    subjectKind: "agent",
    subjectId: agentId,
    nodeId: agentId,
    detail: { slug: agent.slug, from: agent.tier, to: tier, version: updated.value.version, reason },
  });
  step.notify("promotions", "agents", "chart");
  return ok({ version: updated.value.version });
});
