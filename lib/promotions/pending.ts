import { livingAgentFor, type AgentNow } from "@/lib/agents/agent-for";
import { personOf, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { decisionFault } from "@/lib/promotions/machine";
import type { TIERS } from "@/lib/tiers/matrices";

type Tier = (typeof TIERS)[number];

interface Pending {
  promotion: { id: string; fromTier: Tier; toTier: Tier; agentVersion: number; requestedById: string | null };
  agent: AgentNow;
  personId: string;
}

const WORDS = {
  decided: "This promotion has been decided.",
  requester: "Whoever asked for a promotion does not decide it.",
  owner: "Whoever answers for the agent, or did at its tier, does not decide its promotion.",
} as const;

/**
 * A waiting promotion under its lock, for a person who may decide it: who may decide promotions on the node above the agent, and is neither
 * who asked nor accountable for it, now or before at its tier. The operator never decides in a person's place. Errors: `not_found`, `forbidden`, `conflict`.
 */
export async function pendingFor(step: Step, id: string): Promise<Result<Pending>> {
  const personId = personOf(step);
  const row = await step.tx.promotion.findUnique({ where: { id }, select: { agentId: true } });
  if (!row) return fail("not_found", "There is no such promotion.");
  // First the agent, as every command that changes it: two that decide at once wait here.
  const agent = await livingAgentFor(step, "promotion.decide", row.agentId);
  if (!agent.ok) return agent;
  const above = authorise(step, "promotion.decide", agent.value.parentId);
  if (!above.ok) return fail("forbidden", "A person above the agent decides this.");
  if (personId === null) return fail("forbidden", "A person decides this.");
  const promotion = await step.tx.promotion.findUniqueOrThrow({ where: { id } });
  const fault = decisionFault({ ...promotion, ownerIds: [agent.value.ownerId, ...agent.value.pastOwnerIds] }, personId);
  if (fault) return fail(fault === "decided" ? "conflict" : "forbidden", WORDS[fault]);
  return ok({ promotion, agent: agent.value, personId });
}
