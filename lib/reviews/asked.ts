import { presentFor, type AwayBy } from "@/lib/people/away";

/** Somebody who may decide for an agent: by a role at its node (`depth` 0) or so many above. */
export interface Decider {
  id: string;
  depth: number;
  /** The agent's accountable person. */
  owner: boolean;
}

/** Nobody reads further down a list of people to ask. */
const NEAREST = 20;

/** What who is asked depends on. `deciders`: everybody who may, nearest first. */
export interface AskedOf {
  deciders: readonly Decider[];
  excludedIds: readonly string[];
  away: AwayBy;
}

/**
 * Whom a review asks first: the agent's owner and the nearest people above who may decide, of those who are away their delegates, as approvals do
 * (`presentFor`). Where nobody of them is reached, the next above. Empty: nobody is there at all, so that everybody who may is asked all the same.
 * Never anybody who is excluded (invariant I3).
 */
export function nearestReviewers({ deciders, excludedIds, away }: AskedOf, now: Date): string[] {
  const reach = reachOf({ deciders, excludedIds, away }, now);
  const others = deciders.filter((one) => !one.owner);
  const reached = new Set(reach(deciders.filter((one) => one.owner)));
  for (const depth of new Set(others.map((one) => one.depth))) {
    for (const id of reach(others.filter((one) => one.depth === depth)).slice(0, NEAREST)) reached.add(id);
    if (reached.size > 0) break;
  }
  return [...reached];
}

/** Whom a review asks when nobody looked: everybody above who is there, or in their place. Empty: as above. */
export const allReviewers = (of: AskedOf, now: Date): string[] => [...new Set(reachOf(of, now)(of.deciders))];

function reachOf({ deciders, excludedIds, away }: AskedOf, now: Date): (people: readonly Decider[]) => string[] {
  const may = new Set(deciders.map((one) => one.id).filter((id) => !excludedIds.includes(id)));
  return (people) => people.flatMap((one) => presentFor(one.id, away, now, (id) => may.has(id)) ?? []);
}
