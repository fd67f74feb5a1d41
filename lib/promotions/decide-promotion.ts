import { changeAgent } from "@/lib/agents/update";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { pendingFor } from "@/lib/promotions/pending";
import { approvePromotionInput, rejectPromotionInput } from "@/lib/promotions/schemas";

/**
 * Grants the tier that was asked for: the agent gets a new version in the same change, and its next decision is made by it.
 * Errors: `conflict` when the agent is no longer what was asked about or looked at, `forbidden` for whoever may not decide it.
 */
export const approvePromotion = command(approvePromotionInput, { rebindsDecisions: true }, async (step, input) => {
  const pending = await pendingFor(step, input.id);
  if (!pending.ok) return pending;
  const { promotion, agent, personId } = pending.value;
  if (agent.tier !== promotion.fromTier)
    return fail("conflict", `${agent.name} is no longer at the tier that this was asked for.`);
  if (agent.version !== input.version)
    return fail("conflict", `${agent.name} was changed meanwhile: look at what it is now.`);
  await step.tx.promotion.update({
    where: { id: input.id },
    data: { state: "approved", decidedById: personId, decidedAt: step.now, comment: input.comment },
  });
  const updated = await changeAgent(step, agent, { tier: promotion.toTier });
  if (!updated.ok) return updated;
  step.audit({
    action: "promotion.approve",
    subjectKind: "promotion",
    subjectId: input.id,
    nodeId: agent.id,
    detail: {
      agent: agent.slug,
      from: promotion.fromTier,
      to: promotion.toTier,
      version: updated.value.version,
      comment: input.comment,
    },
  });
  step.notify("promotions", "agents", "chart");
  return ok({ id: input.id, version: updated.value.version });
});

/** Says no, and why: the agent stays as it is. */
export const rejectPromotion = command(rejectPromotionInput, {}, async (step, { id, reason }) => {
  const pending = await pendingFor(step, id);
  if (!pending.ok) return pending;
  const { promotion, agent, personId } = pending.value;
  await step.tx.promotion.update({
    where: { id },
    data: { state: "rejected", decidedById: personId, decidedAt: step.now, comment: reason },
  });
  step.audit({
    action: "promotion.reject",
    subjectKind: "promotion",
    subjectId: id,
    nodeId: agent.id,
    detail: { agent: agent.slug, from: promotion.fromTier, to: promotion.toTier, reason },
  });
  step.notify("promotions", "agents");
  return ok({ id });
});
