import { contactKey, namedBy, type Contact, type Directory, type MayDecide } from "@/lib/approvals/route/contacts";

/** One thing that people are asked. */
export interface Asked {
  /** Whom a rule names; null: whoever is nearest above, then the next above. */
  readonly to: readonly Contact[] | null;
  /** Who is asked next, each so long after the one before. */
  readonly next?: readonly { readonly to: readonly Contact[]; readonly afterMs: number }[];
  /** So many distinct people must agree. */
  readonly quorum?: number;
}

/** Contacts that are asked together, `afterMs` after the step before; `at`: when that was. */
export interface RouteStep {
  readonly afterMs: number;
  readonly to: readonly Contact[];
  readonly at?: Date;
}

export interface RoutePlan {
  /** Who may decide, whenever they are asked. Never anybody who is excluded. */
  approverIds: string[];
  quorum: number;
  /** The first is asked at once. */
  steps: RouteStep[];
}

export interface PlanFor {
  /** Everybody who may decide for the agent, nearest first. */
  nearest: readonly string[];
  excludedIds: readonly string[];
  mayDecide: MayDecide;
  /** Between the nearest and the next above. */
  nextContactMs: number;
  /** Until the deadline: later steps would never be taken. */
  withinMs: number;
}

/**
 * Whom a decision asks, and in which order. Where several rules ask together the strictest combination holds: as many people as the most
 * demanding wants; the people of all of them; everybody who may decide where one names nobody, or none of those named may. Each
 * rule's next contacts keep their times.
 */
export function planRoute(asked: readonly Asked[], who: PlanFor, directory: Directory, now: Date): RoutePlan {
  const excluded = new Set(who.excludedIds);
  const usable = (id: string): boolean => !excluded.has(id) && who.mayDecide(id);
  const quorum = Math.max(1, ...asked.map((one) => one.quorum ?? 1));
  const contacts = asked.flatMap((one) => [...(one.to ?? []), ...(one.next ?? []).flatMap((step) => step.to)]);
  const named = unique(contacts.flatMap((one) => namedBy(one, directory, now))).filter(usable);
  const anybody = named.length === 0 || asked.some((one) => one.to === null);
  const timed = named.length === 0 ? [] : asked.flatMap(timesOf);
  const above = anybody ? who.nearest.filter((id) => !excluded.has(id)) : [];
  for (const [place, person] of above.entries())
    timed.push({ atMs: Math.max(0, place + 1 - quorum) * who.nextContactMs, to: [{ person }] });
  return {
    approverIds: unique([...named, ...above]),
    quorum,
    steps: stepsOf(timed.filter((one) => one.atMs === 0 || one.atMs < who.withinMs)),
  };
}

interface Timed {
  atMs: number;
  to: readonly Contact[];
}

function timesOf({ to, next = [] }: Asked): Timed[] {
  if (to === null) return [];
  let atMs = 0;
  return [{ atMs, to }, ...next.map((step) => ({ atMs: (atMs += step.afterMs), to: step.to }))];
}

/** One step for each moment; nobody is contacted twice. */
function stepsOf(timed: readonly Timed[]): RouteStep[] {
  const seen = new Set<string>();
  const steps: RouteStep[] = [];
  let before = 0;
  for (const atMs of unique(timed.map((one) => one.atMs)).toSorted((a, b) => a - b)) {
    const to = timed
      .filter((one) => one.atMs === atMs)
      .flatMap((one) => one.to)
      .filter((one) => !seen.has(contactKey(one)) && seen.add(contactKey(one)));
    if (to.length === 0) continue;
    steps.push({ afterMs: atMs - before, to });
    before = atMs;
  }
  return steps;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
