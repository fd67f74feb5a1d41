import { z } from "zod";

import type { Tx } from "@/lib/db/client";
import { matchesAction } from "@/lib/catalogue/match";
import { compileCondition } from "@/lib/policies/cel/condition";
import { UNTYPED } from "@/lib/policies/cel/typing";
import type { RuleWorld } from "@/lib/policies/rule-faults";
import type { DraftRule } from "@/lib/policies/draft-schemas";

const json = z.json();

/** What of the things that rules name exists now. Reads no more than they name. */
export async function readRuleWorld(tx: Tx, rules: readonly DraftRule[]): Promise<RuleWorld> {
  const exact = rules.flatMap((rule) => [
    ...rule.match.actions.filter((pattern) => !pattern.endsWith("*")),
    ...factActions(rule.when),
  ]);
  const slugs = rules.flatMap((rule) => [...(rule.match.agents ?? []), ...(rule.match.nodes ?? [])]);
  const emails = rules.flatMap((rule) => rule.to ?? []).map((email) => email.toLowerCase());
  const prefixes = rules.flatMap((rule) => rule.match.actions.flatMap(prefixOf));
  const actions = await tx.action.findMany({
    where: {
      retiredAt: null,
      OR: [{ id: { in: exact } }, ...[...new Set(prefixes)].map((prefix) => ({ id: { startsWith: prefix } }))],
    },
    select: { id: true, args: true },
  });
  const nodes = await tx.node.findMany({ where: { slug: { in: slugs } }, select: { slug: true, kind: true } });
  const people = await tx.person.findMany({ where: { email: { in: emails } }, select: { email: true } });
  const schemas = new Map(actions.map((action) => [action.id, json.parse(action.args)]));
  const kinds = new Map(nodes.map((node) => [node.slug, node.kind]));
  const known = new Set(people.map((person) => person.email));
  return {
    argsOf: (id) => schemas.get(id),
    argsMatching: (pattern) => [...schemas].flatMap(([id, args]) => (matchesAction(pattern, id) ? [args] : [])),
    hasAgent: (slug) => kinds.get(slug) === "agent",
    hasNode: (slug) => kinds.has(slug),
    hasPerson: (email) => known.has(email),
  };
}

/** Of a pattern with a star: what its actions begin with. */
const prefixOf = (pattern: string): string[] => (pattern.endsWith("*") ? [pattern.slice(0, -1)] : []);

/** Actions whose facts a condition reads by name. */
function factActions(condition: string | undefined): string[] {
  const compiled = condition === undefined ? null : compileCondition(condition, UNTYPED);
  return compiled?.ok ? compiled.program.analysis.factOffsets.map(({ actionId }) => actionId) : [];
}
