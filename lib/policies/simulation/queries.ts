import type { Access } from "@/lib/auth/access";
import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { Simulation } from "@/lib/db/generated/client";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { isSlug } from "@/lib/kernel/slug";
import type { SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import { agentsOf, movedBy, resultOf, titlesOf } from "@/lib/policies/simulation/result-view";
import { tallySchema } from "@/lib/policies/simulation/tally";
import type { SampleLine, SimulationChoices, SimulationLine, SimulationView } from "@/lib/policies/simulation/views";

const LISTED = 10;
const CHOICES = 1_000;

/**
 * A simulation counts what its requester saw: whoever sees less does not see it (invariant I12). Drafts, and what is tried of them,
 * are for those who read the whole organisation's policies.
 */
function maySee({ access }: { access: Access }, simulation: Pick<Simulation, "everywhere" | "reach">): boolean {
  const reach = access.nodes("run.read");
  return reach === "all" || (!simulation.everywhere && simulation.reach.every((id) => reach.has(id)));
}

const readsDrafts = ({ access }: Viewer, slug: string): boolean => isSlug(slug) && access.canEverywhere("policy.read");

/** The latest simulations of a policy, newest first. */
export async function listSimulations(viewer: Viewer, slug: string): Promise<SimulationLine[]> {
  if (!readsDrafts(viewer, slug)) return [];
  const rows = await viewer.db.simulation.findMany({
    where: { policyId: slug },
    orderBy: { requestedAt: "desc" },
    take: LISTED,
    omit: { rules: true, checkpoint: true },
  });
  const seen = rows.filter((row) => maySee(viewer, row));
  const names = await namesOf(viewer.db, seen);
  return seen.map((row) => lineOf(row, names));
}

/** One simulation of a policy, or the latest; null when there is none that the viewer may see. */
export async function readSimulation(viewer: Viewer, slug: string, id: string | null): Promise<SimulationView | null> {
  if (!readsDrafts(viewer, slug) || (id !== null && !isId(id))) return null;
  const { db, access, person } = viewer;
  const row = await db.simulation.findFirst({
    where: { policyId: slug, ...(id !== null && { id }) },
    orderBy: { requestedAt: "desc" },
    omit: { checkpoint: true },
  });
  if (!row || !maySee(viewer, row)) return null;
  const [names, configuration, result] = await Promise.all([
    namesOf(db, [row]),
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { version: true } }),
    row.result === null ? null : resultOf(db, row, tallySchema.parse(row.result)),
  ]);
  return {
    ...lineOf(row, names),
    fromAt: row.fromAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    total: row.total,
    passed: row.passed,
    fault: row.fault,
    inForce: row.inForce,
    configurationChanged: row.configVersion !== null && row.configVersion !== configuration.version,
    mayCancel: row.requestedById === person.id || access.canEverywhere("policy.write"),
    result,
  };
}

/** Decisions of one transition of a finished simulation, as samples: those whose agent the viewer sees. */
export async function listSamples(
  viewer: Viewer,
  slug: string,
  id: string,
  { from, to }: { from: SimulatedOutcome; to: SimulatedOutcome },
): Promise<SampleLine[]> {
  if (!readsDrafts(viewer, slug) || !isId(id)) return [];
  const { db } = viewer;
  const row = await db.simulation.findFirst({
    where: { id, policyId: slug },
    select: { result: true, everywhere: true, reach: true },
  });
  if (!row?.result || !maySee(viewer, row)) return [];
  const { transitions } = tallySchema.parse(row.result);
  const samples = transitions.find((one) => one.from === from && one.to === to)?.samples ?? [];
  const decisions = await db.decision.findMany({
    where: { id: { in: samples.map((one) => one.decisionId) }, ...within(viewer.access, "run.read", "agentId") },
    select: { id: true, at: true, action: true, args: true, resource: true, agentId: true },
    orderBy: { at: "desc" },
  });
  const [titles, agents] = await Promise.all([
    titlesOf(
      db,
      decisions.map((one) => one.action),
    ),
    agentsOf(
      db,
      decisions.map((one) => one.agentId),
    ),
  ]);
  return decisions.flatMap((decision) => {
    const sample = samples.find((one) => one.decisionId === decision.id);
    if (!sample) return [];
    return {
      id: decision.id,
      at: decision.at.toISOString(),
      agent: agents.get(decision.agentId) ?? { name: decision.agentId, slug: decision.agentId },
      action: decision.action,
      title: actionTitle(decision.action, titles.get(decision.action) ?? null),
      target: targetOf(decision.resource as Json, decision.args as Json),
      was: sample.was,
      is: sample.is,
      rules: sample.rules,
    };
  });
}

/** What a simulation can be narrowed to: agents that the viewer sees, and actions of the catalogue. */
export async function simulationChoices(viewer: Viewer): Promise<SimulationChoices> {
  const [nodes, actions] = await Promise.all([
    viewer.db.node.findMany({
      where: { kind: "agent", ...within(viewer.access, "run.read", "id") },
      select: { id: true, name: true, slug: true },
      orderBy: { name: "asc" },
      take: CHOICES,
    }),
    viewer.db.action.findMany({ select: { id: true, title: true }, orderBy: { id: "asc" }, take: CHOICES }),
  ]);
  return { agents: nodes, actions: actions.map(({ id, title }) => ({ id, title: actionTitle(id, title) })) };
}

type Row = Omit<Simulation, "rules" | "checkpoint">;
interface Names {
  agents: ReadonlyMap<string, { name: string; slug: string }>;
  people: ReadonlyMap<string, string>;
}

async function namesOf(db: Db, rows: readonly Row[]): Promise<Names> {
  const [agents, people] = await Promise.all([
    agentsOf(
      db,
      rows.flatMap((row) => row.agentId ?? []),
    ),
    db.person.findMany({
      where: { id: { in: rows.flatMap((row) => row.requestedById ?? []) } },
      select: { id: true, name: true },
    }),
  ]);
  return { agents, people: new Map(people.map((one) => [one.id, one.name])) };
}

function lineOf(row: Row, { agents, people }: Names): SimulationLine {
  const tally = row.result === null ? null : tallySchema.parse(row.result);
  return {
    id: row.id,
    state: row.state,
    days: row.days,
    agent: row.agentId === null ? null : (agents.get(row.agentId) ?? null),
    action: row.action,
    requestedAt: row.requestedAt.toISOString(),
    requestedBy:
      row.requestedById === null ? null : { id: row.requestedById, name: people.get(row.requestedById) ?? "Somebody" },
    rulesHash: row.rulesHash,
    changed: tally && movedBy(tally, (from, to) => from !== to),
  };
}
