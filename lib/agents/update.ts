import type { z } from "zod";

import { livingAgentFor, type AgentNow } from "@/lib/agents/agent-for";
import { boundaryChanges } from "@/lib/agents/boundary";
import { delegatesFor } from "@/lib/agents/delegates-for";
import { activePerson } from "@/lib/agents/node-of";
import { updateAgentInput, type Boundary } from "@/lib/agents/schemas";
import { addVersion } from "@/lib/agents/version-add";
import { command, type Step } from "@/lib/audit/command";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { lowerTiers } from "@/lib/tiers/record";

/**
 * Changes an agent. A change of its boundary (name, tier, purpose, model, framework, instructions, systems, never-data) makes a new
 * version; runs that are under way keep theirs, but tier and authority bind their next decision. Owner and rate change without one.
 * Errors: `forbidden` (field `tier`) for a person who raises the tier: that is asked for, and another decides (lib/promotions).
 */
export const updateAgent = command(updateAgentInput, { rebindsDecisions: true }, async (step, input) => {
  const found = await livingAgentFor(step, "agent.write", input.id);
  if (!found.ok) return found;
  const { name, tier } = found.value;
  if (step.actor.kind === "person" && input.tier && lowerTiers(input.tier).includes(tier))
    return fail("forbidden", `Ask for a promotion of ${name}: another person decides it.`, "tier");
  const named = await delegatesFor(step, found.value.boundary.delegates, input.boundary?.delegates);
  return named.ok ? await changeAgent(step, found.value, input) : named;
});

/** The same for whoever has made sure that it may be done: the agent is under its lock, and lives. */
export async function changeAgent(
  step: Step,
  agent: AgentNow,
  input: Omit<z.output<typeof updateAgentInput>, "id">,
): Promise<Result<{ id: string; version: number }>> {
  const ownerId = input.ownerId ?? agent.ownerId;
  if (ownerId !== agent.ownerId) {
    const owner = await activePerson(step, ownerId, "ownerId");
    if (!owner.ok) return owner;
  }
  const after: Boundary = {
    ...agent.boundary,
    ...input.boundary,
    name: input.name ?? agent.name,
    tier: input.tier ?? agent.tier,
  };
  const changed = boundaryChanges(agent.boundary, after);
  const version = changed.length > 0 ? agent.version + 1 : agent.version;
  if (changed.length > 0) await addVersion(step, agent.id, version, after);
  if (after.name !== agent.name) await step.tx.node.update({ where: { id: agent.id }, data: { name: after.name } });
  await step.tx.agent.update({
    where: { id: agent.id },
    data: {
      ownerId,
      pastOwnerIds: pastOwners(agent, { ownerId, tier: after.tier }),
      tier: after.tier,
      version,
      ...(input.rate && { rate: input.rate }),
    },
  });
  const before: JsonObject = {};
  const next: JsonObject = {};
  for (const key of changed) {
    before[key] = agent.boundary[key];
    next[key] = after[key];
  }
  if (ownerId !== agent.ownerId) {
    before.ownerId = agent.ownerId;
    next.ownerId = ownerId;
  }
  if (input.rate) {
    before.rate = jsonOf(agent.rate);
    next.rate = input.rate;
  }
  step.audit({
    action: "agent.update",
    subjectKind: "agent",
    subjectId: agent.id,
    nodeId: agent.id,
    detail: { slug: agent.slug, before, after: next, version },
  });
  step.notify("agents", "chart");
  return ok({ id: agent.id, version });
}

/** Who answered for it before, since it has its tier: none of them decides its promotion. With another tier that begins anew. */
function pastOwners(now: AgentNow, after: Pick<AgentNow, "ownerId" | "tier">): string[] {
  if (now.tier !== after.tier) return [];
  return now.ownerId === after.ownerId ? now.pastOwnerIds : [...new Set([...now.pastOwnerIds, now.ownerId])];
}

const jsonOf = (stored: unknown): JsonObject => JSON.parse(JSON.stringify(stored ?? {}));
