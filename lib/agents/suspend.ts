import { livingAgentFor } from "@/lib/agents/agent-for";
import { agentReasonInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Stops an agent: its next decision, on any gate and in any run, is a deny (invariant I9). Errors: `conflict` when it is suspended already. */
export const suspendAgent = command(agentReasonInput, { rebindsDecisions: true }, async (step, input) => {
  const agent = await livingAgentFor(step, "agent.suspend", input.id);
  if (!agent.ok) return agent;
  const { id, slug, name, status } = agent.value;
  if (status === "suspended") return fail("conflict", `${name} is suspended already.`);
  await step.tx.agent.update({ where: { id }, data: { status: "suspended", suspendedReason: input.reason } });
  step.audit({
    action: "agent.suspend",
    subjectKind: "agent",
    subjectId: id,
    nodeId: id,
    detail: { slug, before: { status }, after: { status: "suspended" }, reason: input.reason },
  });
  step.notify("agents", "chart");
  return ok({ id });
});
