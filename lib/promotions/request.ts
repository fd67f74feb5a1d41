import { livingAgentFor } from "@/lib/agents/agent-for";
import { command, personOf } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { readRecord } from "@/lib/promotions/record-query";
import { requestPromotionInput } from "@/lib/promotions/schemas";
import { nextTier } from "@/lib/tiers/record";

/**
 * Asks that an agent be trusted with the next tier, on its record as it is now. Its accountable person may, and whoever manages it; Remit
 * suggests by the same command. Errors: `conflict` when one waits already or there is no higher tier, `agent_suspended`, `agent_retired`.
 */
export const requestPromotion = command(requestPromotionInput, {}, async (step, { agentId, reason }) => {
  const personId = personOf(step);
  // The owner may ask without a role; that somebody sees the agent is needed in any case.
  const owns = personId !== null && (await step.tx.agent.count({ where: { id: agentId, ownerId: personId } })) > 0;
  const found = await livingAgentFor(step, owns ? "chart.read" : "promotion.request", agentId);
  if (!found.ok) return found;
  const agent = found.value;
  if (agent.status === "suspended") return fail("agent_suspended", `${agent.name} is suspended.`);
  const toTier = nextTier(agent.tier);
  if (toTier === null) return fail("conflict", `${agent.name} has the highest tier.`);
  const waiting = await step.tx.promotion.count({ where: { agentId, state: "pending" } });
  if (waiting > 0) return fail("conflict", `A promotion of ${agent.name} waits already.`);
  const record = await readRecord(step.tx, agentId, step.now);
  if (!record) return fail("not_found", "There is no such agent.");
  const id = step.newId();
  await step.tx.promotion.create({
    data: {
      id,
      agentId,
      fromTier: agent.tier,
      toTier,
      agentVersion: agent.version,
      record,
      requestedById: personId,
      reason,
      requestedAt: step.now,
    },
  });
  step.audit({
    action: "promotion.request",
    subjectKind: "promotion",
    subjectId: id,
    nodeId: agentId,
    detail: { agent: agent.slug, from: agent.tier, to: toTier, version: agent.version, record, reason },
  });
  step.notify("promotions", "agents");
  return ok({ id });
});
