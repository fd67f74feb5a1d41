import type { Access } from "@/lib/auth/access";
import type { Actor } from "@/lib/audit/chain";
import type { Tx, Db } from "@/lib/db/client";
import { isId } from "@/lib/kernel/ids";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** What a decision about a person's account looks at. */
export interface PersonStanding {
  id: string;
  email: string;
  name: string;
  status: "active" | "disabled";
  /** Nodes on which the person holds a role. */
  roleNodes: readonly string[];
  /** Nodes where the person stands otherwise: own place, teams led, agents owned. */
  places: readonly string[];
}

/** A person is in sight of those whose subtree holds a role or a place of theirs; everybody sees themselves (invariant I12). */
export function canSeePerson(access: Access, person: PersonStanding): boolean {
  if (access.personId === person.id || access.canEverywhere("people.read")) return true;
  return [...person.roleNodes, ...person.places].some((nodeId) => access.can("people.read", nodeId));
}

/**
 * Disabling a person or making a link that sets their password reaches everything that they may do. So it needs `people.write` on
 * every node where they hold a role; else an admin of one team could take over an admin of the whole organisation. Who holds no role needs the root's admin,
 * or one that covers all their places.
 */
export function mayAdminister(access: Access, person: PersonStanding): boolean {
  if (access.canEverywhere("people.write")) return true;
  const nodes = person.roleNodes.length > 0 ? person.roleNodes : person.places;
  return nodes.length > 0 && nodes.every((nodeId) => access.can("people.write", nodeId));
}

/** The person, when whoever acts may administer the account; else `not_found` (out of sight) or `forbidden`. */
export async function administered(
  tx: Tx | Db,
  context: { actor: Actor; access?: Access },
  personId: string,
): Promise<Result<PersonStanding>> {
  const person = await loadStanding(tx, personId);
  const missing = fail("not_found", "There is no such person here.");
  if (!person) return missing;
  if (context.actor.kind === "cli" || context.actor.kind === "system") return ok(person);
  const { access } = context;
  if (context.actor.kind !== "person" || access?.personId !== context.actor.id || !canSeePerson(access, person))
    return missing;
  return mayAdminister(access, person)
    ? ok(person)
    : fail("forbidden", "Only an admin over everything that this person may do can do this.");
}

/** The person with where they stand, or null. */
export async function loadStanding(tx: Tx | Db, personId: string): Promise<PersonStanding | null> {
  if (!isId(personId)) return null;
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: {
      id: true,
      email: true,
      name: true,
      status: true,
      roles: { select: { nodeId: true } },
      nodes: { select: { id: true } },
      leads: { select: { id: true } },
      owned: { select: { id: true } },
    },
  });
  if (!person) return null;
  const { roles, nodes, leads, owned, ...rest } = person;
  return {
    ...rest,
    roleNodes: roles.map((role) => role.nodeId),
    places: [...nodes, ...leads, ...owned].map((place) => place.id),
  };
}
