import { agentFor } from "@/lib/agents/agent-for";
import { revokeGrantInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Takes a grant back: the next decision no longer has it. Errors: `conflict` when it was revoked before. */
export const revokeGrant = command(revokeGrantInput, { rebindsDecisions: true }, async (step, input) => {
  const grant = await step.tx.grant.findUnique({
    where: { id: input.id },
    select: { agentId: true, pattern: true, condition: true, expiresAt: true },
  });
  if (!grant) return fail("not_found", "There is no such grant.");
  const agent = await agentFor(step, "agent.write", grant.agentId);
  if (!agent.ok) return agent;
  const { count } = await step.tx.grant.updateMany({
    where: { id: input.id, revokedAt: null },
    data: { revokedAt: step.now },
  });
  if (count === 0) return fail("conflict", "This grant was revoked before.");
  step.audit({
    action: "grant.revoke",
    subjectKind: "grant",
    subjectId: input.id,
    nodeId: grant.agentId,
    detail: {
      agent: agent.value.slug,
      pattern: grant.pattern,
      condition: grant.condition,
      expiresAt: grant.expiresAt?.toISOString() ?? null,
    },
  });
  step.notify("agents");
  return ok({ id: input.id });
});
