import { livingAgentFor } from "@/lib/agents/agent-for";
import { command, personOf } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { withdrawPromotionInput } from "@/lib/promotions/schemas";

/** Takes a waiting request back: who asked for it may, and whoever could have asked. Errors: `not_found`, `conflict` when it was decided. */
export const withdrawPromotion = command(withdrawPromotionInput, {}, async (step, { id, reason }) => {
  const personId = personOf(step);
  const promotion = await step.tx.promotion.findUnique({ where: { id } });
  if (!promotion) return fail("not_found", "There is no such promotion.");
  const mine = personId !== null && promotion.requestedById === personId;
  const agent = await livingAgentFor(step, mine ? "chart.read" : "promotion.request", promotion.agentId);
  if (!agent.ok) return agent;
  const { count } = await step.tx.promotion.updateMany({
    where: { id, state: "pending" },
    data: { state: "withdrawn", decidedById: personId, decidedAt: step.now, comment: reason },
  });
  if (count === 0) return fail("conflict", "This promotion has been decided.");
  step.audit({
    action: "promotion.withdraw",
    subjectKind: "promotion",
    subjectId: id,
    nodeId: promotion.agentId,
    detail: { agent: agent.value.slug, from: promotion.fromTier, to: promotion.toTier, reason },
  });
  step.notify("promotions", "agents");
  return ok({ id });
});
