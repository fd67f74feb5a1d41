import type { Access } from "@/lib/auth/access";
import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { Simulation } from "@/lib/db/generated/client";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { SLUG } from "@/lib/policies/schemas";
import { differingRules } from "@/lib/policies/simulation/differ";
import { isStricter, type SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import { tallySchema, type PlaceTally, type Tally } from "@/lib/policies/simulation/tally";
import type {
  PlaceLine,
  RuleLine,
  SampleLine,
  SimulationChoices,
  SimulationLine,
  SimulationResult,
  SimulationView,
} from "@/lib/policies/simulation/views";

const LISTED = 10;
const PLACES = 50;
const CHOICES = 1_000;

/**
 * A simulation counts what its requester saw: whoever sees less does not see it (invariant I12). Drafts, and what is tried of them,
 * are for those who read the whole organisation's policies.
 */
function maySee({ access }: { access: Access }, simulation: Pick<Simulation, "everywhere" | "reach">): boolean {
  const reach = access.nodes("run.read");
  return reach === "all" || (!simulation.everywhere && simulation.reach.every((id) => reach.has(id)));
}

const readsDrafts = ({ access }: Viewer, slug: string): boolean =>
  SLUG.test(slug) && access.canEverywhere("policy.read");

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

const movedBy = (tally: Tally, counts: (from: SimulatedOutcome, to: SimulatedOutcome) => boolean): number =>
  tally.transitions.reduce((sum, { from, to, count }) => sum + (counts(from, to) ? count : 0), 0);

async function resultOf(
  db: Db,
  row: Pick<Simulation, "policyId" | "inForce" | "rules">,
  tally: Tally,
): Promise<SimulationResult> {
  const { decisions, decided, unconcerned, standing, exactness, incomplete, transitions } = tally;
  const [rules, agents, actions] = await Promise.all([
    ruleLines(db, row, tally),
    placesOf(tally.agents, (ids) => agentsOf(db, ids).then((found) => (id) => found.get(id))),
    placesOf(tally.actions, async (ids) => {
      const titles = await titlesOf(db, ids);
      return (id) => ({ name: actionTitle(id, titles.get(id) ?? null), slug: id });
    }),
  ]);
  return {
    decisions,
    decided,
    unconcerned,
    standing,
    exactness,
    incomplete,
    changed: movedBy(tally, (from, to) => from !== to),
    stricter: movedBy(tally, isStricter),
    milder: movedBy(tally, (from, to) => isStricter(to, from)),
    transitions: transitions.map(({ from, to, count }) => ({ from, to, count })),
    rules,
    agents,
    actions,
  };
}

/** Rules that differ, whether they held or not, and those that did. */
async function ruleLines(
  db: Db,
  { policyId, inForce, rules }: Pick<Simulation, "policyId" | "inForce" | "rules">,
  tally: Tally,
): Promise<RuleLine[]> {
  const before =
    inForce === null
      ? null
      : await db.policyVersion.findUnique({
          where: { policyId_number: { policyId, number: inForce } },
          select: { rules: true },
        });
  const differing = differingRules(before?.rules ?? [], rules);
  const counted = new Map(tally.rules.map((one) => [one.rule, one]));
  const never = { before: 0, after: 0, newly: 0, nolonger: 0, errors: 0, changes: 0 };
  return [...new Set([...differing.keys(), ...counted.keys()])]
    .map((rule): RuleLine => ({ ...(counted.get(rule) ?? { rule, ...never }), change: differing.get(rule) ?? null }))
    .toSorted(
      (a, b) =>
        b.changes - a.changes ||
        Number(b.change !== null) - Number(a.change !== null) ||
        b.after - a.after ||
        (a.rule < b.rule ? -1 : 1),
    )
    .slice(0, 200);
}

/** The places with the most changes. */
async function placesOf(
  places: readonly PlaceTally[],
  lookUp: (names: string[]) => Promise<(name: string) => { name: string; slug: string } | undefined>,
): Promise<PlaceLine[]> {
  const most = places
    .toSorted((a, b) => b.stricter + b.milder - (a.stricter + a.milder) || b.decided - a.decided)
    .slice(0, PLACES);
  const known = await lookUp(most.map((one) => one.name).filter((name) => name !== ""));
  return most.map(({ name, ...counts }) => ({
    label: name === "" ? "Others" : (known(name)?.name ?? name),
    key: name === "" ? null : (known(name)?.slug ?? null),
    ...counts,
  }));
}

async function agentsOf(db: Db, ids: readonly string[]): Promise<Map<string, { name: string; slug: string }>> {
  if (ids.length === 0) return new Map();
  const nodes = await db.node.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, slug: true },
  });
  return new Map(nodes.map(({ id, name, slug }) => [id, { name, slug }]));
}

async function titlesOf(db: Db, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const actions = await db.action.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, title: true },
  });
  return new Map(actions.map(({ id, title }) => [id, title]));
}
