import { livingAgentFor } from "@/lib/agents/agent-for";
import { agentReasonInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { ok } from "@/lib/kernel/result";

/** Ends an agent for good: its credentials and grants are revoked, its versions, runs and decisions stay. There is no way back. */
export const retireAgent = command(agentReasonInput, { rebindsDecisions: true }, async (step, input) => {
  const agent = await livingAgentFor(step, "agent.write", input.id);
  if (!agent.ok) return agent;
  const { id, slug, status } = agent.value;
  const revokedAt = step.now;
  const [credentials, grants] = [
    await step.tx.credential.updateMany({ where: { agentId: id, revokedAt: null }, data: { revokedAt } }),
    await step.tx.grant.updateMany({ where: { agentId: id, revokedAt: null }, data: { revokedAt } }),
  ];
  await step.tx.agent.update({ where: { id }, data: { status: "retired", suspendedReason: null } });
  step.audit({
    action: "agent.retire",
    subjectKind: "agent",
    subjectId: id,
    nodeId: id,
    detail: {
      slug,
      before: { status },
      after: { status: "retired" },
      reason: input.reason,
      credentialsRevoked: credentials.count,
      grantsRevoked: grants.count,
    },
  });
  step.notify("agents", "chart");
  return ok({ id });
});
