import { ROLES, roleAllows } from "@/lib/auth/permissions";
import type { Db, Tx } from "@/lib/db/client";

const DECIDING = ROLES.filter((role) => roleAllows(role, "approval.decide"));

/** Of these people, the active ones who hold a role that decides at the agent's node now, or above it. */
export async function decidersAmong(
  tx: Pick<Db | Tx, "$queryRaw">,
  agentId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id FROM node WHERE id = ${agentId}::uuid
      UNION
      SELECT node.id, node.parent_id FROM node JOIN up ON node.id = up.parent_id
    )
    SELECT DISTINCT person.id FROM person JOIN role_binding AS held ON held.person_id = person.id JOIN up ON up.id = held.node_id
      WHERE person.id = ANY(${[...ids]}::uuid[]) AND person.status = 'active' AND held.role::text = ANY(${DECIDING}::text[])`;
  return new Set(rows.map((row) => row.id));
}
