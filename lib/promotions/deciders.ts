import { ROLES, roleAllows } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";

const LIMIT = 20;

/**
 * Who may decide the agent's promotion, the nearest above first, at most 20: the one that waits, else one that the viewer would ask for. The
 * rule of lib/promotions/machine.ts, for all people at once. Empty where nobody may, and for who does not see the agent.
 */
export async function decidersOf(viewer: Viewer, agentId: string): Promise<{ id: string; name: string }[]> {
  const { db, access, person } = viewer;
  if (!isId(agentId) || !access.can("chart.read", agentId)) return [];
  const roles = ROLES.filter((role) => roleAllows(role, "promotion.decide"));
  return await db.$queryRaw<{ id: string; name: string }[]>(Prisma.sql`
    WITH RECURSIVE up AS (
      SELECT above.id, above.parent_id, 0 AS depth FROM node JOIN node AS above ON above.id = node.parent_id WHERE node.id = ${agentId}::uuid
      UNION ALL SELECT node.id, node.parent_id, up.depth + 1 FROM node JOIN up ON node.id = up.parent_id
    )
    SELECT person.id, person.name FROM up
      JOIN role_binding AS binding ON binding.node_id = up.id AND binding.role::text = ANY(${roles}::text[])
      JOIN person ON person.id = binding.person_id AND person.status = 'active'
      JOIN agent ON agent.id = ${agentId}::uuid
      LEFT JOIN promotion AS waiting ON waiting.agent_id = agent.id AND waiting.state = 'pending'
    WHERE person.id <> ALL(array_append(agent.past_owner_ids, agent.owner_id))
      AND person.id IS DISTINCT FROM CASE WHEN waiting.id IS NULL THEN ${person.id}::uuid ELSE waiting.requested_by_id END
    GROUP BY person.id, person.name ORDER BY min(up.depth), person.name LIMIT ${LIMIT}`);
}
