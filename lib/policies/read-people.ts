import type { Db, Tx } from "@/lib/db/client";
import type { People } from "@/lib/policies/reach";

/** Everybody who can be asked, and where they stand, by name. */
export async function readPeople(db: Db | Tx): Promise<People> {
  // One after the other: inside a transaction there is one connection.
  const people = await db.person.findMany({ select: { id: true, email: true, status: true } });
  const nodes = await db.node.findMany({ select: { slug: true, parent: { select: { slug: true } } } });
  const roles = await db.roleBinding.findMany({
    select: { role: true, person: { select: { email: true } }, node: { select: { slug: true } } },
  });
  const rotations = await db.rotation.findMany({ select: { slug: true, memberIds: true } });
  const agents = await db.agent.findMany({
    where: { status: { not: "retired" } },
    select: { node: { select: { slug: true } }, owner: { select: { email: true } } },
  });
  const emails = new Map(people.map((person) => [person.id, person.email]));
  return {
    people: people.map(({ email, status }) => ({ email, isActive: status === "active" })),
    nodes: nodes.map(({ slug, parent }) => ({ slug, parent: parent?.slug ?? null })),
    roles: roles.map(({ role, person, node }) => ({ email: person.email, role, node: node.slug })),
    rotations: rotations.map(({ slug, memberIds }) => ({
      slug,
      members: memberIds.flatMap((id) => emails.get(id) ?? []),
    })),
    agents: agents.map(({ node, owner }) => ({ slug: node.slug, owner: owner.email })),
  };
}
