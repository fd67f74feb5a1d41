import { ROLES, roleAllows } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";

const MOST = 200;

/** Everybody active who may decide for an agent, at its node or above, nearest first. */
export async function peopleWhoDecideAbove(tx: Pick<Tx, "$queryRaw">, agentId: string): Promise<string[]> {
  const roles = ROLES.filter((role) => roleAllows(role, "approval.decide"));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, 0 AS depth FROM node WHERE id = ${agentId}::uuid
      UNION ALL
      SELECT node.id, node.parent_id, up.depth + 1 FROM node JOIN up ON node.id = up.parent_id
    )
    SELECT person.id FROM up
      JOIN role_binding binding ON binding.node_id = up.id AND binding.role::text = ANY(${roles}::text[])
      JOIN person ON person.id = binding.person_id AND person.status = 'active'
      GROUP BY person.id, person.email ORDER BY min(up.depth), person.email LIMIT ${MOST}`;
  return rows.map((row) => row.id);
}
