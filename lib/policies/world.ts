import { z } from "zod";

import type { Tx } from "@/lib/db/client";
import { matchesAction } from "@/lib/catalogue/match";
import { compileCondition } from "@/lib/policies/cel/condition";
import { UNTYPED } from "@/lib/policies/cel/typing";
import { someRollback, type RuleWorld } from "@/lib/policies/rule-faults";
import { contactsIn, readContact } from "@/lib/policies/contact";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { reachOf, type Reach } from "@/lib/policies/reach";
import { readPeople } from "@/lib/policies/read-people";

const json = z.json();

/** What of the things that rules name exists now. Reads no more than they name. */
export async function readRuleWorld(tx: Tx, rules: readonly DraftRule[]): Promise<RuleWorld> {
  const exact = rules.flatMap((rule) => [
    ...rule.match.actions.filter((pattern) => !pattern.endsWith("*")),
    ...factActions(rule.when),
  ]);
  const slugs = rules.flatMap((rule) => [...(rule.match.agents ?? []), ...(rule.match.nodes ?? [])]);
  const contacts = rules.flatMap(contactsIn).flatMap((text) => readContact(text) ?? []);
  const emails = contacts.flatMap((one) => (one.kind === "person" ? [one.email] : []));
  slugs.push(...contacts.flatMap((one) => (one.kind === "role" ? [one.node] : [])));
  const called = contacts.flatMap((one) => (one.kind === "rotation" ? [one.slug] : []));
  const prefixes = rules.flatMap((rule) => rule.match.actions.flatMap(prefixOf));
  const actions = await tx.action.findMany({
    where: {
      retiredAt: null,
      OR: [{ id: { in: exact } }, ...[...new Set(prefixes)].map((prefix) => ({ id: { startsWith: prefix } }))],
    },
    select: { id: true, args: true, rollback: true },
  });
  const nodes = await tx.node.findMany({ where: { slug: { in: slugs } }, select: { slug: true, kind: true } });
  const people = await tx.person.findMany({ where: { email: { in: emails } }, select: { email: true } });
  const rotations = await tx.rotation.findMany({ where: { slug: { in: called } }, select: { slug: true } });
  // Who could be asked takes the whole chart: only where a rule counts people.
  const counts = rules.some((rule) => (rule.quorum ?? 1) > 1 || rule.excludeOwner);
  const reach: Reach = counts ? reachOf(await readPeople(tx)) : () => null;
  const schemas = new Map(actions.map((action) => [action.id, json.parse(action.args)]));
  const rollbacks = new Map(actions.map((action) => [action.id, action.rollback !== null]));
  const kinds = new Map(nodes.map((node) => [node.slug, node.kind]));
  const known = new Set(people.map((person) => person.email));
  return {
    argsOf: (id) => schemas.get(id),
    argsMatching: (pattern) => [...schemas].flatMap(([id, args]) => (matchesAction(pattern, id) ? [args] : [])),
    hasAgent: (slug) => kinds.get(slug) === "agent",
    hasNode: (slug) => kinds.has(slug),
    hasPerson: (email) => known.has(email),
    hasRollback: (pattern) => someRollback(pattern, rollbacks),
    hasRotation: (slug) => rotations.some((one) => one.slug === slug),
    reach,
  };
}

/** Of a pattern with a star: what its actions begin with. */
const prefixOf = (pattern: string): string[] => (pattern.endsWith("*") ? [pattern.slice(0, -1)] : []);

/** Actions whose facts a condition reads by name. */
function factActions(condition: string | undefined): string[] {
  const compiled = condition === undefined ? null : compileCondition(condition, UNTYPED);
  return compiled?.ok ? compiled.program.analysis.factOffsets.map(({ actionId }) => actionId) : [];
}
