import type { Access } from "@/lib/auth/access";
import type { Prisma } from "@/lib/db/generated/client";

/**
 * Whom the viewer sees (invariant I12): themselves, and those who hold a role or have a place (stand, lead a team, own an agent)
 * in a subtree that the viewer may read. The same rule as `canSeePerson`, for a WHERE.
 */
export function peopleInSight(access: Access): Prisma.PersonWhereInput {
  const reach = access.nodes("people.read");
  if (reach === "all") return {};
  const ids = { in: [...reach] };
  return {
    OR: [
      { id: access.personId },
      { roles: { some: { nodeId: ids } } },
      { nodes: { some: { id: ids } } },
      { leads: { some: { id: ids } } },
      { owned: { some: { id: ids } } },
    ],
  };
}
