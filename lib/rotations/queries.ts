import { within } from "@/lib/auth/access";
import { ROLES, roleAllows } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import { decidersAt, type Directory } from "@/lib/approvals/route/contacts";
import { readDirectory } from "@/lib/approvals/route/read-directory";
import { awayAt } from "@/lib/people/away";
import { peopleInSight } from "@/lib/people/sight";
import { rulesAsking } from "@/lib/rotations/asked-by";
import { onCallAt, turnsFrom, type Rotation, type Turn } from "@/lib/rotations/on-call";
import type { RotationChoices, RotationDetail, RotationListRow, TurnView } from "@/lib/rotations/views";

const TURNS_SHOWN = 10;
const ROTATIONS_MAX = 500;
const CHOICES_MAX = 2_000;

/** Rotations of the nodes that the viewer sees, by name, with who is on call. */
export async function listRotations(viewer: Viewer): Promise<RotationListRow[]> {
  const rows = await viewer.db.rotation.findMany({
    where: within(viewer.access, "chart.read", "nodeId"),
    orderBy: { name: "asc" },
    take: ROTATIONS_MAX,
    select: { id: true, slug: true, name: true, node: { select: { slug: true, name: true } } },
  });
  const now = viewer.clock.now();
  const directory = await readDirectory(viewer.db, now);
  return rows.flatMap((row) => {
    const rotation = directory.rotations.get(row.slug);
    if (!rotation) return [];
    const turn = onCallAt(rotation, now);
    return [
      {
        ...row,
        members: rotation.memberIds.map((id) => nameIn(directory, id)),
        now: turn && turnView(directory, turn),
        next: nextTurn(rotation, directory, now),
      },
    ];
  });
}

/** One rotation; null when there is none that the viewer sees (I12). */
export async function getRotation(viewer: Viewer, slug: string): Promise<RotationDetail | null> {
  const row = await viewer.db.rotation.findFirst({
    where: { slug, ...within(viewer.access, "chart.read", "nodeId") },
    select: { id: true, slug: true, name: true, node: { select: { id: true, slug: true, name: true } } },
  });
  if (!row) return null;
  const now = viewer.clock.now();
  const [directory, overrides, rules] = await Promise.all([
    readDirectory(viewer.db, now),
    viewer.db.rotationOverride.findMany({
      where: { rotationId: row.id, endsAt: { gt: now } },
      orderBy: { startsAt: "asc" },
      select: { id: true, startsAt: true, endsAt: true, person: { select: { name: true } } },
    }),
    viewer.access.canAnywhere("policy.read") ? rulesAsking(viewer.db, slug) : [],
  ]);
  const rotation = directory.rotations.get(slug);
  if (!rotation) return null;
  const deciders = decidersAt(row.node.id, directory);
  const { memberIds, shiftLength, shiftUnit, handoverMinute, zone, startsOn } = rotation;
  return {
    ...row,
    members: memberIds.flatMap((id) => {
      const person = directory.people.get(id);
      if (!person) return [];
      const away = awayAt(directory.away.get(id) ?? [], now);
      return [
        {
          id,
          name: person.name,
          email: person.email,
          isActive: person.status === "active",
          decides: deciders.has(id),
          away: away && { until: away.endsAt },
        },
      ];
    }),
    turns: turnsFrom(rotation, now, TURNS_SHOWN).map((turn) => turnView(directory, turn)),
    plan: { memberIds, shiftLength, shiftUnit, handoverMinute, zone, startsOn, overrides: rotation.overrides },
    overrides: overrides.map(({ person, ...one }) => ({ ...one, name: person.name })),
    rules,
    mayWrite: viewer.access.can("chart.write", row.node.id),
  };
}

/** What a rotation's form offers: the nodes that the viewer may change, and the people who decide anything. Empty for whoever may change none. */
export async function rotationChoices(viewer: Viewer): Promise<RotationChoices> {
  if (!viewer.access.canAnywhere("chart.write")) return { nodes: [], people: [] };
  const roles = ROLES.filter((role) => roleAllows(role, "approval.decide"));
  const [nodes, people] = await Promise.all([
    viewer.db.node.findMany({
      where: { kind: { not: "agent" }, ...within(viewer.access, "chart.write", "id") },
      orderBy: { name: "asc" },
      take: CHOICES_MAX,
      select: { id: true, name: true },
    }),
    viewer.db.person.findMany({
      where: { AND: [peopleInSight(viewer.access), { status: "active", roles: { some: { role: { in: roles } } } }] },
      orderBy: { name: "asc" },
      take: CHOICES_MAX,
      select: { id: true, name: true, email: true },
    }),
  ]);
  return { nodes, people };
}

const nameIn = (directory: Directory, id: string): string => directory.people.get(id)?.name ?? "Somebody";

const turnView = (directory: Directory, { insteadOf, ...turn }: Turn): TurnView => ({
  ...turn,
  name: nameIn(directory, turn.personId),
  insteadOf: insteadOf === null ? null : nameIn(directory, insteadOf),
});

function nextTurn(rotation: Rotation, directory: Directory, now: Date): TurnView | null {
  const current = onCallAt(rotation, now);
  const coming = turnsFrom(rotation, now, rotation.memberIds.length + 2);
  const next = current ? coming.find((turn) => turn.personId !== current.personId) : coming[0];
  return next ? turnView(directory, next) : null;
}
