import { livingAgentFor } from "@/lib/agents/agent-for";
import { agentReasonInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Lets a suspended agent act again. Stopping takes less than starting: this needs the right to change the agent. Errors: `conflict` when it is not suspended. */
export const resumeAgent = command(agentReasonInput, { rebindsDecisions: true }, async (step, input) => {
  const agent = await livingAgentFor(step, "agent.write", input.id);
  if (!agent.ok) return agent;
  const { id, slug, name, status, suspendedReason } = agent.value;
  if (status !== "suspended") return fail("conflict", `${name} is not suspended.`);
  await step.tx.agent.update({ where: { id }, data: { status: "active", suspendedReason: null } });
  step.audit({
    action: "agent.resume",
    subjectKind: "agent",
    subjectId: id,
    nodeId: id,
    detail: { slug, before: { status, suspendedReason }, after: { status: "active" }, reason: input.reason },
  });
  step.notify("agents", "chart");
  return ok({ id });
});
