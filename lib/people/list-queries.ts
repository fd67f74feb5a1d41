import { ROLES, type Role } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import type { Prisma } from "@/lib/db/generated/client";
import { likeLiteral } from "@/lib/kernel/like";
import { personState, type PersonSort, type PersonState } from "@/lib/people/list-params";
import { peopleInSight } from "@/lib/people/sight";

interface PeopleParams {
  /** Words, each of which name or e-mail must contain. */
  q?: string;
  states?: readonly PersonState[];
  roles?: readonly Role[];
  sort?: { id: PersonSort; desc: boolean };
  /** From 1. */
  page?: number;
  /** At most 100. */
  size?: number;
}

export interface HeldRole {
  role: Role;
  node: { id: string; slug: string; name: string };
}

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  state: PersonState;
  /** Only those on nodes that the viewer sees. */
  roles: HeldRole[];
  lastSignInAt: Date | null;
  createdAt: Date;
}

/** One page of the people within the viewer's sight. */
export async function listPeople(viewer: Viewer, params: PeopleParams): Promise<{ rows: PersonRow[]; total: number }> {
  const size = Math.min(Math.max(params.size ?? 50, 1), 100);
  const page = Math.max(params.page ?? 1, 1);
  const words = (params.q ?? "").replaceAll("\0", "").split(/\s+/).filter(Boolean).slice(0, 6);
  const where: Prisma.PersonWhereInput = {
    AND: [
      peopleInSight(viewer.access),
      ...words.map(matching),
      ...(params.states?.length ? [{ OR: params.states.map(inState) }] : []),
      ...(params.roles?.length
        ? [{ roles: { some: { role: { in: [...params.roles] }, ...nodesInSight(viewer) } } }]
        : []),
    ],
  };
  const [people, total] = await Promise.all([
    viewer.db.person.findMany({
      where,
      orderBy: ordered(params.sort ?? { id: "name", desc: false }),
      skip: (page - 1) * size,
      take: size,
      select: {
        id: true,
        name: true,
        email: true,
        status: true,
        passwordHash: true,
        lastSignInAt: true,
        createdAt: true,
        roles: { where: nodesInSight(viewer), ...heldRoles },
      },
    }),
    viewer.db.person.count({ where }),
  ]);
  const rows = people.map(({ status, passwordHash, ...person }) => ({
    ...person,
    state: personState({ status, passwordHash }),
    roles: byRank(person.roles),
  }));
  return { rows, total };
}

/** A role's node is told only to who sees the node; one's own roles are always told. */
export function nodesInSight(viewer: Viewer): Prisma.RoleBindingWhereInput {
  const reach = viewer.access.nodes("people.read");
  return reach === "all" ? {} : { OR: [{ nodeId: { in: [...reach] } }, { personId: viewer.person.id }] };
}

export const heldRoles = { select: { role: true, node: { select: { id: true, slug: true, name: true } } } } as const;

/** The widest role first. */
export const byRank = (roles: readonly HeldRole[]): HeldRole[] =>
  roles.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.node.name.localeCompare(b.node.name));

function matching(word: string): Prisma.PersonWhereInput {
  const contains = { contains: likeLiteral(word), mode: "insensitive" } as const;
  return { OR: [{ name: contains }, { email: contains }] };
}

function inState(state: PersonState): Prisma.PersonWhereInput {
  switch (state) {
    case "active":
      return { status: "active", passwordHash: { not: null } };
    case "invited":
      return { status: "active", passwordHash: null };
    case "disabled":
      return { status: "disabled" };
  }
}

function ordered({ id, desc }: { id: PersonSort; desc: boolean }): Prisma.PersonOrderByWithRelationInput[] {
  const direction = desc ? "desc" : "asc";
  switch (id) {
    case "name":
      return [{ name: direction }, { id: "asc" }];
    case "createdAt":
      return [{ createdAt: direction }, { id: "asc" }];
    case "lastSignInAt":
      return [{ lastSignInAt: { sort: direction, nulls: "last" } }, { id: "asc" }];
  }
}
