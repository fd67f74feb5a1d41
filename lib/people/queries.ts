import type { Viewer } from "@/lib/auth/viewer";
import { isId } from "@/lib/kernel/ids";
import { canSeePerson, loadStanding, mayAdminister } from "@/lib/people/authority";
import { personState, type PersonState } from "@/lib/people/list-params";
import { byRank, heldRoles, nodesInSight, type HeldRole } from "@/lib/people/list-queries";

/** The most places of one kind that a person's page lists. */
const MOST_PLACES = 50;

interface NodeLabel {
  id: string;
  slug: string;
  name: string;
}

export interface PersonDetail {
  id: string;
  name: string;
  email: string;
  state: PersonState;
  timeZone: string | null;
  lastSignInAt: Date | null;
  createdAt: Date;
  roles: (HeldRole & { revocable: boolean })[];
  /** Teams that the person leads and agents that they own, as far as the viewer sees them. */
  leads: NodeLabel[];
  owns: NodeLabel[];
  /** When the open link ends, if there is one. */
  inviteExpiresAt: Date | null;
  isViewer: boolean;
  /** Whether the viewer may disable the account and make links for it. */
  administrable: boolean;
}

/** A person with where they stand; null when there is none within the viewer's sight (I12). */
export async function getPerson(viewer: Viewer, id: string): Promise<PersonDetail | null> {
  if (!isId(id)) return null;
  const { db, access } = viewer;
  const standing = await loadStanding(db, id);
  if (!standing || !canSeePerson(access, standing)) return null;
  const places = nodeFilter(viewer);
  const label = { select: { id: true, slug: true, name: true }, orderBy: { name: "asc" }, take: MOST_PLACES } as const;
  const person = await db.person.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      email: true,
      status: true,
      passwordHash: true,
      timeZone: true,
      lastSignInAt: true,
      createdAt: true,
      roles: { where: nodesInSight(viewer), ...heldRoles },
      leads: { where: places, ...label },
      owned: {
        where: { node: places },
        select: { node: { select: label.select } },
        orderBy: { id: "asc" },
        take: MOST_PLACES,
      },
      invites: { where: { usedAt: null, expiresAt: { gt: viewer.clock.now() } }, select: { expiresAt: true }, take: 1 },
    },
  });
  if (!person) return null;
  const { status, passwordHash, owned, invites, roles, ...shown } = person;
  const administrable = mayAdminister(access, standing);
  return {
    ...shown,
    state: personState({ status, passwordHash }),
    roles: byRank(roles).map((held) => ({ ...held, revocable: access.can("people.write", held.node.id) })),
    owns: owned.map((agent) => agent.node),
    inviteExpiresAt: administrable ? (invites[0]?.expiresAt ?? null) : null,
    isViewer: id === viewer.person.id,
    administrable,
  };
}

/** Nodes on which the viewer may give roles, by name: for the choice of a node. */
export async function grantableNodes(
  viewer: Viewer,
): Promise<(NodeLabel & { kind: "team" | "person" | "agent"; root: boolean })[]> {
  const reach = viewer.access.nodes("people.write");
  const nodes = await viewer.db.node.findMany({
    where: { kind: "team", ...(reach === "all" ? {} : { id: { in: [...reach] } }) },
    select: { id: true, slug: true, name: true, kind: true, parentId: true },
    orderBy: [{ parentId: { sort: "asc", nulls: "first" } }, { name: "asc" }],
    take: 500,
  });
  return nodes.map(({ parentId, ...node }) => ({ ...node, root: parentId === null }));
}

function nodeFilter(viewer: Viewer) {
  const reach = viewer.access.nodes("chart.read");
  return reach === "all" ? {} : { id: { in: [...reach] } };
}
