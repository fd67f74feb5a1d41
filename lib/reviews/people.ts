import { ROLES, roleAllows } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import type { Away, AwayBy } from "@/lib/people/away";
import type { Decider } from "@/lib/reviews/asked";

const MOST = 200;

/** Everybody active who may decide for an agent, at its node or above, nearest first. */
export async function decidersAbove(tx: Pick<Tx, "$queryRaw">, agentId: string): Promise<Decider[]> {
  const roles = ROLES.filter((role) => roleAllows(role, "approval.decide"));
  return await tx.$queryRaw<Decider[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, 0 AS depth FROM node WHERE id = ${agentId}::uuid
      UNION ALL
      SELECT node.id, node.parent_id, up.depth + 1 FROM node JOIN up ON node.id = up.parent_id
    )
    SELECT person.id, min(up.depth) AS depth, coalesce(bool_or(agent.owner_id = person.id), false) AS owner
      FROM up
      JOIN role_binding binding ON binding.node_id = up.id AND binding.role::text = ANY(${roles}::text[])
      JOIN person ON person.id = binding.person_id AND person.status = 'active'
      LEFT JOIN agent ON agent.id = ${agentId}::uuid
      GROUP BY person.id, person.email ORDER BY min(up.depth), person.email LIMIT ${MOST}`;
}

/** Who is away at that moment. */
export async function awayNow(tx: Pick<Tx, "absence">, now: Date): Promise<AwayBy> {
  const absences = await tx.absence.findMany({
    where: { startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    select: { personId: true, startsAt: true, endsAt: true, delegateId: true },
    orderBy: [{ personId: "asc" }, { startsAt: "asc" }],
  });
  const byPerson = new Map<string, Away[]>();
  for (const { personId, ...absence } of absences) byPerson.set(personId, [...(byPerson.get(personId) ?? []), absence]);
  return byPerson;
}
