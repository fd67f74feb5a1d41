import type { Db } from "@/lib/db/client";
import type { Simulation } from "@/lib/db/generated/client";
import { actionTitle } from "@/lib/decisions/words";
import { differingRules } from "@/lib/policies/simulation/differ";
import { isStricter, type SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { PlaceTally, Tally } from "@/lib/policies/simulation/tally";
import type { PlaceLine, RuleLine, SimulationResult } from "@/lib/policies/simulation/views";

/** Agents and actions that are shown. */
const PLACES = 50;
const RULES = 200;

/** How many decisions moved in a way that is asked for. */
export const movedBy = (tally: Tally, counts: (from: SimulatedOutcome, to: SimulatedOutcome) => boolean): number =>
  tally.transitions.reduce((sum, { from, to, count }) => sum + (counts(from, to) ? count : 0), 0);

/** A tally with the names that people know. */
export async function resultOf(
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
    .slice(0, RULES);
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

/** Names and slugs of agents, by id. */
export async function agentsOf(db: Db, ids: readonly string[]): Promise<Map<string, { name: string; slug: string }>> {
  if (ids.length === 0) return new Map();
  const nodes = await db.node.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, slug: true },
  });
  return new Map(nodes.map(({ id, name, slug }) => [id, { name, slug }]));
}

/** Titles of actions in the catalogue, by id. */
export async function titlesOf(db: Db, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const actions = await db.action.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, title: true },
  });
  return new Map(actions.map(({ id, title }) => [id, title]));
}
