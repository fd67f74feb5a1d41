import { roleAllows, type Role } from "@/lib/auth/permissions";
import type { NodeRow, RotationRow } from "@/lib/decisions/rows";
import type { RouteSource } from "@/lib/approvals/route/route";
import { presentFor, type AwayBy } from "@/lib/people/away";
import { membersFrom } from "@/lib/rotations/on-call";

/** Somebody, who holds a role at a node, or who is on call: as a rule in force means it, with ids. None of it gives authority. */
export type Contact = { person: string } | { role: Role; nodeId: string } | { rotation: string };

/** Who there is: what a route is followed with. */
export interface Directory extends RouteSource {
  readonly nodes: ReadonlyMap<string, NodeRow>;
  /** By slug. */
  readonly rotations: ReadonlyMap<string, RotationRow>;
  readonly away: AwayBy;
}

export type MayDecide = (personId: string) => boolean;

/** Everybody whom a contact names, whether or not they may decide: of a rotation all members, first who is on call. */
export function namedBy(contact: Contact, directory: Directory, now: Date): string[] {
  if ("person" in contact) return [contact.person];
  if ("role" in contact) return holdersOf(contact, directory);
  const rotation = directory.rotations.get(contact.rotation);
  if (!rotation) return [];
  const inTurn = membersFrom(rotation, now);
  return inTurn.length > 0 ? inTurn : [...rotation.memberIds];
}

/**
 * Whom a contact reaches now: of those that it names and who may decide, who is there, or whoever is there in their place. A rotation
 * reaches one person: who is on call, or, when nobody is there for them, the first of the others in their turn.
 */
export function reachedBy(contact: Contact, directory: Directory, now: Date, mayDecide: MayDecide): string[] {
  const present = (id: string): string | null => presentFor(id, directory.away, now, mayDecide);
  if ("rotation" in contact) {
    const rotation = directory.rotations.get(contact.rotation);
    for (const id of rotation ? membersFrom(rotation, now) : []) {
      const there = present(id);
      if (there !== null) return [there];
    }
    return [];
  }
  return namedBy(contact, directory, now).flatMap((id) => present(id) ?? []);
}

/** Who holds a role at a node, or, when nobody does, at the nearest above where somebody does; active people by e-mail. */
function holdersOf({ role, nodeId }: { role: Role; nodeId: string }, directory: Directory): string[] {
  for (const id of upwards(nodeId, directory)) {
    const holders = (directory.bindingsByNode.get(id) ?? [])
      .filter((one) => one.role === role && directory.people.get(one.personId)?.status === "active")
      .map((one) => one.personId);
    if (holders.length > 0) return [...new Set(holders)].toSorted(byEmail(directory));
  }
  return [];
}

/** Everybody who may decide for a node: active, with a role that decides there or above (invariant I3). */
export function decidersAt(nodeId: string, directory: Directory): ReadonlySet<string> {
  const may = new Set<string>();
  for (const id of upwards(nodeId, directory)) {
    for (const { personId, role } of directory.bindingsByNode.get(id) ?? [])
      if (roleAllows(role, "approval.decide") && directory.people.get(personId)?.status === "active") may.add(personId);
  }
  return may;
}

/** The node and those above it, nearest first. A chart that is no tree ends where it would begin again. */
function upwards(nodeId: string, { nodes }: Directory): string[] {
  const path: string[] = [];
  let next: string | null | undefined = nodeId;
  while (next && !path.includes(next)) {
    path.push(next);
    next = nodes.get(next)?.parentId;
  }
  return path;
}

const byEmail =
  ({ people }: RouteSource) =>
  (a: string, b: string): number =>
    (people.get(a)?.email ?? a).localeCompare(people.get(b)?.email ?? b, "en");

/** The same contact has the same key. */
export const contactKey = (contact: Contact): string =>
  "person" in contact
    ? contact.person
    : "role" in contact
      ? `${contact.role}@${contact.nodeId}`
      : `rotation:${contact.rotation}`;
