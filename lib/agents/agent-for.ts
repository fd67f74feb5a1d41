import { readBoundary } from "@/lib/agents/boundary";
import type { Boundary } from "@/lib/agents/schemas";
import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { Permission } from "@/lib/auth/permissions";
import { fail, ok, type Result } from "@/lib/kernel/result";

export interface AgentNow {
  id: string;
  slug: string;
  name: string;
  parentId: string | null;
  ownerId: string;
  /** Who answered for it before, since it has its tier. */
  pastOwnerIds: string[];
  tier: Boundary["tier"];
  status: "active" | "suspended" | "retired";
  suspendedReason: string | null;
  version: number;
  rate: unknown;
  boundary: Boundary;
}

/** The agent under its row lock with its current boundary, for whoever may do this on it; else `not_found` or `forbidden`. */
export async function agentFor(step: Step, permission: Permission, id: string): Promise<Result<AgentNow>> {
  const allowed = authorise(step, permission, id);
  if (!allowed.ok) return allowed;
  await step.tx.$queryRaw`SELECT 1 FROM agent WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await step.tx.agent.findUnique({
    where: { id },
    select: {
      id: true,
      ownerId: true,
      pastOwnerIds: true,
      tier: true,
      status: true,
      suspendedReason: true,
      version: true,
      rate: true,
      node: { select: { slug: true, name: true, parentId: true } },
    },
  });
  if (!row) return fail("not_found", "There is no such agent.");
  const version = await step.tx.agentVersion.findUnique({
    where: { agentId_number: { agentId: id, number: row.version } },
    select: { boundary: true },
  });
  const { node, ...agent } = row;
  return ok({ ...agent, ...node, boundary: readBoundary(version?.boundary, node.name, agent.tier) });
}

/** A retired agent is history: nothing about it changes any more. */
export async function livingAgentFor(step: Step, permission: Permission, id: string): Promise<Result<AgentNow>> {
  const agent = await agentFor(step, permission, id);
  if (agent.ok && agent.value.status === "retired") return fail("agent_retired", `${agent.value.name} is retired.`);
  return agent;
}
