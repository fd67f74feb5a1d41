import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { IncidentDetail, Severity } from "@/lib/incidents/views";
import { isId } from "@/lib/kernel/ids";

const MOST_ENTRIES = 500;
const MOST_RUNS = 50;

/** What an incident is called; null when the viewer does not see its agent (I12), or there is none. */
export async function incidentTitle(viewer: Viewer, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const incident = await viewer.db.incident.findFirst({
    where: { id, ...within(viewer.access, "incident.read", "agentId") },
    select: { title: true },
  });
  return incident?.title ?? null;
}

/** Everything that is known of one incident; null as {@link incidentTitle}. */
export async function getIncident(viewer: Viewer, id: string): Promise<IncidentDetail | null> {
  if (!isId(id)) return null;
  const { db, access } = viewer;
  const row = await db.incident.findFirst({
    where: { id, ...within(access, "incident.read", "agentId") },
    include: {
      agent: { select: { status: true, node: { select: { id: true, slug: true, name: true } } } },
      openedBy: { select: { name: true } },
      resolvedBy: { select: { name: true } },
      runs: {
        take: MOST_RUNS,
        orderBy: { runId: "desc" },
        select: { run: { select: { id: true, status: true, startedAt: true, toolErrors: true } } },
      },
      entries: { take: MOST_ENTRIES, orderBy: [{ at: "asc" }, { id: "asc" }] },
    },
  });
  if (!row) return null;
  const {
    agent,
    openedBy,
    resolvedBy,
    runs,
    entries,
    agentId,
    openedById: _openedById,
    resolvedById: _resolvedById,
    openKey: _openKey,
    ...incident
  } = row;
  const actors = entries.flatMap((entry) => (entry.actorKind === "person" && entry.actorId ? [entry.actorId] : []));
  const [people, others] = await Promise.all([
    db.person.findMany({ where: { id: { in: [...new Set(actors)] } }, select: { id: true, name: true } }),
    openIncidentsOf(viewer, agentId),
  ]);
  const names = new Map(people.map((person) => [person.id, person.name]));
  return {
    ...incident,
    agent: agent.node,
    agentStatus: agent.status,
    openedBy: openedBy?.name ?? null,
    resolvedBy: resolvedBy?.name ?? null,
    runs: runs.map(({ run }) => run),
    entries: entries.map(({ id: entryId, at, kind, text, actorKind, actorId, runId }) => ({
      id: entryId,
      at,
      kind,
      text,
      actorKind,
      person: actorId === null ? null : (names.get(actorId) ?? null),
      runId,
    })),
    others: others.filter((other) => other.id !== id),
    may: {
      note: access.can("incident.open", agentId),
      resolve: access.can("incident.write", agentId),
      resume: access.can("agent.write", agentId),
    },
  };
}

/** Incidents of one agent that are open, newest first: what its page warns of. None when it is out of sight. */
export async function openIncidentsOf(
  { db, access }: Viewer,
  agentId: string,
): Promise<{ id: string; title: string; severity: Severity }[]> {
  if (!access.can("incident.read", agentId)) return [];
  return db.incident.findMany({
    where: { agentId, state: "open" },
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
    take: 10,
    select: { id: true, title: true, severity: true },
  });
}

/** Incidents that a run is part of, newest first. */
export async function incidentsOfRun(
  { db, access }: Viewer,
  runId: string,
): Promise<{ id: string; title: string; state: "open" | "resolved" }[]> {
  return db.incident.findMany({
    where: { runs: { some: { runId } }, ...within(access, "incident.read", "agentId") },
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
    take: 10,
    select: { id: true, title: true, state: true },
  });
}

/** Whether an agent acts now by its own status, so that an incident can suspend it. False when it is out of sight. */
export async function isAgentActive({ db, access }: Viewer, agentId: string): Promise<boolean> {
  if (!access.can("incident.read", agentId)) return false;
  const agent = await db.agent.findUnique({ where: { id: agentId }, select: { status: true } });
  return agent?.status === "active";
}
