import type { Db } from "@/lib/db/client";
import { contactsIn, readContact } from "@/lib/policies/contact";
import type { DraftRule } from "@/lib/policies/drafts/schemas";

/** What the things are called that rules name by slug, id or address. */
export interface RuleNames {
  nodes: { [slug: string]: string };
  actions: { [id: string]: string };
  people: { [email: string]: string };
  rotations: { [slug: string]: string };
}

/** Names for all that these rules name and that exists now. */
export async function readRuleNames(db: Db, rules: readonly DraftRule[]): Promise<RuleNames> {
  const slugs = new Set(rules.flatMap((rule) => [...(rule.match.agents ?? []), ...(rule.match.nodes ?? [])]));
  const ids = new Set(rules.flatMap((rule) => rule.match.actions).filter((pattern) => !pattern.endsWith("*")));
  const contacts = rules.flatMap(contactsIn).flatMap((text) => readContact(text) ?? []);
  const emails = new Set(contacts.flatMap((one) => (one.kind === "person" ? [one.email] : [])));
  const called = contacts.flatMap((one) => (one.kind === "rotation" ? [one.slug] : []));
  for (const one of contacts) if (one.kind === "role") slugs.add(one.node);
  const [nodes, actions, people, rotations] = await Promise.all([
    db.node.findMany({ where: { slug: { in: [...slugs] } }, select: { slug: true, name: true } }),
    db.action.findMany({ where: { id: { in: [...ids] } }, select: { id: true, title: true } }),
    db.person.findMany({ where: { email: { in: [...emails] } }, select: { email: true, name: true } }),
    db.rotation.findMany({ where: { slug: { in: called } }, select: { slug: true, name: true } }),
  ]);
  return {
    nodes: Object.fromEntries(nodes.map(({ slug, name }) => [slug, name])),
    actions: Object.fromEntries(actions.flatMap(({ id, title }) => (title === null ? [] : [[id, title]]))),
    people: Object.fromEntries(people.map(({ email, name }) => [email, name])),
    rotations: Object.fromEntries(rotations.map(({ slug, name }) => [slug, name])),
  };
}
