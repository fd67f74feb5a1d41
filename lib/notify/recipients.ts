import { ROLES, roleAllows, type Permission } from "@/lib/auth/permissions";
import type { Db, Tx } from "@/lib/db/client";

/** As `peopleWhoMay`; those who stand at the nearest node only. */
const NEAREST = 20;

/**
 * Whom a matter of a node (an agent's id, or null for the root) concerns: the agent's owner if they may, and who holds the permission at the
 * nearest node upwards where anybody but them does. Active people only; by e-mail within a node. Empty where nobody holds it.
 */
export async function peopleWhoMay(
  tx: Pick<Db | Tx, "$queryRaw">,
  permission: Permission,
  nodeId: string | null,
): Promise<string[]> {
  const roles = ROLES.filter((role) => roleAllows(role, permission));
  const holders = await tx.$queryRaw<{ id: string; depth: number; owner: boolean }[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, 0 AS depth FROM node
        WHERE CASE WHEN ${nodeId}::uuid IS NULL THEN parent_id IS NULL ELSE id = ${nodeId}::uuid END
      UNION ALL
      SELECT node.id, node.parent_id, up.depth + 1 FROM node JOIN up ON node.id = up.parent_id
    )
    SELECT person.id, min(up.depth) AS depth, coalesce(bool_or(agent.owner_id = person.id), false) AS owner
      FROM up
      JOIN role_binding binding ON binding.node_id = up.id AND binding.role::text = ANY(${roles}::text[])
      JOIN person ON person.id = binding.person_id AND person.status = 'active'
      LEFT JOIN agent ON agent.id = ${nodeId}::uuid
      GROUP BY person.id, person.email ORDER BY min(up.depth), person.email LIMIT 200`;
  const owner = holders.filter((one) => one.owner);
  const others = holders.filter((one) => !one.owner);
  const nearest = others.filter((one) => one.depth === others[0]?.depth).slice(0, NEAREST);
  return [...owner, ...nearest].map((one) => one.id);
}
