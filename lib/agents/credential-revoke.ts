import { agentFor } from "@/lib/agents/agent-for";
import { revokeCredentialInput } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Revokes a credential: it starts no run any more, and the next decision of the runs that it started is a deny. Errors: `conflict` when it was revoked before. */
export const revokeCredential = command(revokeCredentialInput, { rebindsDecisions: true }, async (step, input) => {
  const credential = await step.tx.credential.findUnique({
    where: { id: input.id },
    select: { agentId: true, name: true, prefix: true },
  });
  if (!credential) return fail("not_found", "There is no such credential.");
  const agent = await agentFor(step, "credential.write", credential.agentId);
  if (!agent.ok) return agent;
  const { count } = await step.tx.credential.updateMany({
    where: { id: input.id, revokedAt: null },
    data: { revokedAt: step.now },
  });
  if (count === 0) return fail("conflict", "This credential was revoked before.");
  step.audit({
    action: "credential.revoke",
    subjectKind: "credential",
    subjectId: input.id,
    nodeId: credential.agentId,
    detail: { agent: agent.value.slug, name: credential.name, prefix: credential.prefix, reason: input.reason ?? null },
  });
  step.notify("agents");
  return ok({ id: input.id });
});
