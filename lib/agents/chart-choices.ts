import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { peopleInSight } from "@/lib/people/sight";

const PLACES_MAX = 5_000;
const PEOPLE_MAX = 2_000;

/** A node below which the viewer may put something. */
export interface PlaceChoice {
  id: string;
  name: string;
  slug: string;
  kind: "team" | "person" | "agent";
  /** The name of the node that it stands below; null for the topmost that the viewer may write. */
  below: string | null;
}

export interface PersonChoice {
  id: string;
  name: string;
  email: string;
}

export interface ChartChoices {
  places: PlaceChoice[];
  /** Active people in sight, for leads, owners and places of their own. */
  people: PersonChoice[];
}

/** What the forms of chart and agents offer; null for whoever may write nowhere. */
export async function chartChoices(viewer: Viewer): Promise<ChartChoices | null> {
  const { db, access } = viewer;
  if (!access.canAnywhere("chart.write")) return null;
  const [nodes, people] = await Promise.all([
    db.node.findMany({
      where: {
        ...within(access, "chart.write", "id"),
        OR: [{ kind: { not: "agent" } }, { agent: { status: { not: "retired" } } }],
      },
      select: { id: true, name: true, slug: true, kind: true, parentId: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: PLACES_MAX,
    }),
    personChoices(viewer),
  ]);
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  // The topmost first, then teams: below them most things begin.
  const rank = ({ below, kind }: PlaceChoice): number => (below === null ? 0 : kind === "team" ? 1 : 2);
  const places = nodes
    .map(({ parentId, ...node }) => ({ ...node, below: parentId === null ? null : (names.get(parentId) ?? null) }))
    .toSorted((a, b) => rank(a) - rank(b));
  return { places, people };
}

/** Active people in sight, by name: who can own, lead or stand in the chart. */
export async function personChoices(viewer: Viewer): Promise<PersonChoice[]> {
  return await viewer.db.person.findMany({
    where: { status: "active", ...peopleInSight(viewer.access) },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: PEOPLE_MAX,
  });
}

/** Living agents that the viewer may change, by name, without one: whom its boundary can name as ones that work is handed to. */
export async function agentChoices({ db, access }: Viewer, except: string): Promise<{ slug: string; name: string }[]> {
  return await db.node.findMany({
    where: { ...within(access, "agent.write", "id"), agent: { status: { not: "retired" } }, slug: { not: except } },
    select: { slug: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: PLACES_MAX,
  });
}
