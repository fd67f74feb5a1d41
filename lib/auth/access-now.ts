import { accessOf, type Access } from "@/lib/auth/access";
import type { Db, Tx } from "@/lib/db/client";

/** What the person may do as it is stored now; null when there is none, or they are disabled. */
export async function accessNow(tx: Pick<Tx, "person" | "$queryRaw">, personId: string): Promise<Access | null> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { status: true, roles: { select: { role: true, nodeId: true } } },
  });
  if (person?.status !== "active") return null;
  return accessOf(personId, person.roles, await coveredChart(tx, person.roles));
}

/** The root, and the subtrees of the nodes below it that carry a role: all that access rules look at. One query, however large the chart. */
export async function coveredChart(
  db: Pick<Db | Tx, "$queryRaw">,
  bindings: readonly { nodeId: string }[],
): Promise<{ id: string; parentId: string | null }[]> {
  if (bindings.length === 0) return [];
  const ids = [...new Set(bindings.map((binding) => binding.nodeId))];
  return await db.$queryRaw<{ id: string; parentId: string | null }[]>`
    WITH RECURSIVE covered AS (
      SELECT id, parent_id FROM node WHERE id = ANY(${ids}::uuid[]) AND parent_id IS NOT NULL
      UNION
      SELECT node.id, node.parent_id FROM node JOIN covered ON node.parent_id = covered.id
    )
    SELECT id, parent_id AS "parentId" FROM covered
    UNION ALL
    SELECT id, parent_id AS "parentId" FROM node WHERE parent_id IS NULL`;
}
