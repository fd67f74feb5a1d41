import type { Contact } from "@/lib/approvals/route/contacts";
import { matchesAction } from "@/lib/catalogue/match";
import type { PolicyRow } from "@/lib/decisions/rows";
import { durationMs } from "@/lib/kernel/duration";
import { hashOf, type Json } from "@/lib/kernel/json";
import { compileCondition, type Compiled, type Outcome } from "@/lib/policies/cel/condition";
import { UNTYPED, type ArgsTyping } from "@/lib/policies/cel/typing";
import { contactsOf } from "@/lib/policies/contacts-of";
import { asksToSignIn, DEFAULT_MAX_AGE, ruleSchema, type Rule, type RuleEffect } from "@/lib/policies/schemas";
import type { Lapse } from "@/lib/reviews/views";

/** A rule in force: names resolved, its condition compiled when it is first needed. */
export interface CompiledRule {
  readonly policy: string;
  readonly version: number;
  readonly rule: string;
  readonly effect: RuleEffect;
  readonly patterns: readonly string[];
  /** Agents that it is about; null is all. */
  readonly agentIds: ReadonlySet<string> | null;
  readonly when: string | null;
  /** Whom it asks; null when it names nobody. */
  readonly to: readonly Contact[] | null;
  /** Who is asked next, each so long after the one before. */
  readonly next: readonly { readonly to: readonly Contact[]; readonly afterMs: number }[];
  /** So many distinct people must agree. */
  readonly quorum: number;
  /** The agent's accountable owner must not decide it. */
  readonly excludeOwner: boolean;
  readonly deadlineMs: number | null;
  /** Not null: it asks no person, but that the one whom the run acts for has signed in no longer ago than this. */
  readonly signedInWithinMs: number | null;
  /** Of a review: what happens when nobody looked in time. */
  readonly onLapse: Lapse;
  readonly message: string | null;
  /** What an approval of this rule answers: the rule as it was, so that a changed rule asks anew. */
  readonly question: string;
  /** The stored rule can not be read: it then denies everything, saying so. */
  readonly broken: string | null;
}

/** What rules name, resolved: absent names match nothing. */
export interface RuleNames {
  agentIdOf(slug: string): string | undefined;
  /** Ids of the agents at and below a node. */
  agentsBelow(nodeSlug: string): Iterable<string>;
  nodeIdOf(slug: string): string | undefined;
  /** By lower-case e-mail. */
  personIdOf(email: string): string | undefined;
}

/** A rule as one action sees it. */
export interface BoundRule {
  readonly rule: CompiledRule;
  /** It names exactly this action, so that its condition sees arguments by their schema. */
  readonly exact: boolean;
  /** null: no condition. */
  readonly condition: (() => Compiled) | null;
  /** What it says of a request: the one place where a rule that can not be read, or does not compile, is an error. */
  says(variables: object): Outcome;
}

/** The rules of all policies in force, in the order of policies and of rules within them. */
export const compileRules = (policies: readonly PolicyRow[], names: RuleNames): CompiledRule[] =>
  policies
    .toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))
    .flatMap((policy) =>
      (Array.isArray(policy.rules) ? policy.rules : [null]).map((one) => compileRule(policy, one, names)),
    );

function compileRule(policy: PolicyRow, stored: unknown, names: RuleNames): CompiledRule {
  const parsed = ruleSchema.safeParse(stored);
  if (!parsed.success) return brokenRule(policy, parsed.error.issues[0]?.message ?? "it is not a rule");
  const rule = parsed.data;
  return {
    policy: policy.id,
    version: policy.version,
    rule: rule.id,
    effect: rule.effect,
    patterns: rule.match.actions,
    agentIds: agentsOf(rule, names),
    when: rule.when ?? null,
    to: rule.to ? contactsOf(rule.to, names) : null,
    next: (rule.then ?? []).map(({ to, after }) => ({ to: contactsOf(to, names), afterMs: durationMs(after) ?? 0 })),
    quorum: rule.quorum ?? 1,
    excludeOwner: rule.excludeOwner ?? false,
    deadlineMs: rule.deadline === undefined ? null : durationMs(rule.deadline),
    signedInWithinMs: asksToSignIn(rule) ? (durationMs(rule.maxAge ?? DEFAULT_MAX_AGE) ?? 0) : null,
    onLapse: rule.onLapse ?? "accept",
    message: rule.message ?? null,
    question: questionOf(policy.id, rule),
    broken: null,
  };
}

const brokenRule = (policy: PolicyRow, why: string): CompiledRule => ({
  policy: policy.id,
  version: policy.version,
  rule: "unreadable",
  effect: "deny",
  patterns: ["*"],
  agentIds: null,
  when: null,
  to: null,
  next: [],
  quorum: 1,
  excludeOwner: false,
  deadlineMs: null,
  signedInWithinMs: null,
  onLapse: "accept",
  message: null,
  question: `${policy.id}/unreadable`,
  broken: why,
});

/** Names a rule as it is: `policy/rule@hash`. What was answered or permitted under this name does not hold for a rule that was changed. */
export const questionOf = (policyId: string, rule: Rule): string => `${policyId}/${rule.id}@${fingerprint(rule)}`;

/** Only what is asked, and of whom: rewording a message does not undo an approval. */
function fingerprint({ match, when, effect, to, then, quorum, excludeOwner }: Rule): string {
  const people = then || quorum || excludeOwner ? [then ?? null, quorum ?? 1, excludeOwner ?? false] : [];
  return hashOf([{ ...match }, when ?? null, effect, to ?? null, ...people] as Json).toString("hex", 0, 6);
}

function agentsOf({ match }: Rule, names: RuleNames): ReadonlySet<string> | null {
  if (!match.agents && !match.nodes) return null;
  const ids = new Set<string>();
  for (const slug of match.agents ?? []) {
    const id = names.agentIdOf(slug);
    if (id !== undefined) ids.add(id);
  }
  for (const slug of match.nodes ?? []) for (const id of names.agentsBelow(slug)) ids.add(id);
  return ids;
}

/** Binds a rule to one action: where the rule names exactly this action its arguments are typed by their schema, else by nothing. */
export function bindRule(rule: CompiledRule, actionId: string, typing: () => ArgsTyping): BoundRule {
  const text = rule.when;
  const exact = rule.patterns.includes(actionId);
  if (rule.broken !== null) {
    const outcome = failure(`the stored rule can not be read: ${rule.broken}`);
    return { rule, exact, condition: null, says: () => outcome };
  }
  if (text === null) return { rule, exact, condition: null, says: () => HOLDS };
  let compiled: Compiled | null = null;
  const condition = (): Compiled => (compiled ??= compileCondition(text, exact ? typing() : UNTYPED));
  let run: BoundRule["says"] | null = null;
  return { rule, exact, condition, says: (variables) => (run ??= runOf(condition()))(variables) };
}

const HOLDS: Outcome = { kind: "value", value: true };

function runOf(compiled: Compiled): BoundRule["says"] {
  if (compiled.ok) return compiled.program.run;
  const { line, column, message } = compiled.fault;
  const outcome = failure(`line ${line}, column ${column}: ${message}`);
  return () => outcome;
}

const failure = (message: string): Outcome => ({ kind: "error", message, missingFact: false, missingFactOf: null });

/** Rules by action, so that a decision looks at those alone that are about its action. */
export function indexRules(
  rules: readonly CompiledRule[],
  actionIds: Iterable<string>,
): ReadonlyMap<string, CompiledRule[]> {
  const index = new Map<string, CompiledRule[]>([...actionIds].map((id) => [id, []]));
  for (const rule of rules) {
    const reached = new Set<CompiledRule[]>();
    for (const pattern of rule.patterns) {
      if (!pattern.endsWith("*")) {
        const exact = index.get(pattern);
        if (exact) reached.add(exact);
        continue;
      }
      for (const [id, list] of index) if (matchesAction(pattern, id)) reached.add(list);
    }
    for (const list of reached) list.push(rule);
  }
  return index;
}
