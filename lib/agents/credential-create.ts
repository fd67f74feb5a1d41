import { randomBytes } from "node:crypto";

import { livingAgentFor } from "@/lib/agents/agent-for";
import { createCredentialInput } from "@/lib/agents/schemas";
import { command, personOf } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { formatSecret, secretHash, secretPrefix } from "@/lib/kernel/secret";

/**
 * Makes a credential for an agent. The answer carries the secret, the only time that it is seen: the store keeps its hash,
 * the audit record its first characters. Errors: `agent_retired`; `invalid_input` for an expiry in the past.
 */
export const createCredential = command(createCredentialInput, { rebindsDecisions: true }, async (step, input) => {
  const agent = await livingAgentFor(step, "credential.write", input.agentId);
  if (!agent.ok) return agent;
  const { agentId, name, expiresAt } = input;
  if (expiresAt && expiresAt <= step.now) {
    return fail("invalid_input", "The credential would have expired already.", "expiresAt");
  }
  const secret = formatSecret("rmt", randomBytes(32));
  const prefix = secretPrefix(secret);
  const id = step.newId();
  await step.tx.credential.create({
    data: {
      id,
      agentId,
      name,
      prefix,
      secretHash: new Uint8Array(secretHash(secret)),
      createdById: personOf(step),
      createdAt: step.now,
      expiresAt,
    },
  });
  step.audit({
    action: "credential.create",
    subjectKind: "credential",
    subjectId: id,
    nodeId: agentId,
    detail: { agent: agent.value.slug, name, prefix, expiresAt: expiresAt?.toISOString() ?? null },
  });
  step.notify("agents");
  return ok({ id, secret, prefix });
});
