import { roleAllows, type Role } from "@/lib/auth/permissions";
import type { NodeRow, PersonRow } from "@/lib/decisions/rows";
import type { OnBehalfOf } from "@/lib/decisions/types";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** Nobody reads further down a list of people to ask. */
const ASKED_MAX = 50;

export interface RouteSource {
  people: ReadonlyMap<string, PersonRow>;
  bindingsByNode: ReadonlyMap<string, readonly { personId: string; role: Role }[]>;
}

/**
 * Everybody who may decide for an agent, in the order in which they are asked: its owner, then at each node upwards the person
 * who stands there, the team's lead, and those who hold a role there. Only active people who hold a role that decides, at the
 * agent's node or above, are listed (invariant I3).
 */
export function approversOf(
  owner: string,
  /** The agent's node, then those above it, nearest first. */
  path: readonly NodeRow[],
  source: RouteSource,
): string[] {
  const may = new Set<string>();
  for (const node of path) {
    for (const { personId, role } of source.bindingsByNode.get(node.id) ?? []) {
      if (roleAllows(role, "approval.decide") && source.people.get(personId)?.status === "active") may.add(personId);
    }
  }
  const order: (string | null)[] = [owner];
  for (const node of path) {
    const holders = (source.bindingsByNode.get(node.id) ?? []).map((binding) => binding.personId);
    order.push(node.personId, node.leadId, ...holders.toSorted(byEmail(source.people)));
  }
  return [...new Set(order)].filter((id) => id !== null && may.has(id)).slice(0, ASKED_MAX) as string[];
}

const byEmail =
  (people: ReadonlyMap<string, PersonRow>) =>
  (a: string, b: string): number =>
    (people.get(a)?.email ?? a).localeCompare(people.get(b)?.email ?? b, "en");

/**
 * People who must not decide (invariant I3): those that the run, or one that delegated to it, acts for, and the person who
 * triggered it. They are known by e-mail address or id; a customer, who is nobody here, excludes nobody.
 */
export function excludedFrom(
  runs: readonly { onBehalfOf: OnBehalfOf | null; trigger?: JsonObject }[],
  personIdOf: (emailOrId: string) => string | undefined,
): string[] {
  const names = runs.flatMap((run): (Json | undefined)[] => [
    run.onBehalfOf?.subject,
    run.trigger?.source,
    run.trigger?.reference,
  ]);
  const ids = names.flatMap((name) => (typeof name === "string" ? (personIdOf(name) ?? []) : []));
  return [...new Set(ids)];
}
