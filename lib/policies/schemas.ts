import { z } from "zod";

import { isActionPattern } from "@/lib/catalogue/match";
import { durationMs } from "@/lib/kernel/duration";
import { contactSchema } from "@/lib/policies/contact";
import { SLUG } from "@/lib/kernel/slug";
import { LAPSES } from "@/lib/reviews/views";

export const slugSchema = z.string().regex(SLUG, "a slug: lower case letters, digits, - and _");

/** Effects from the mildest to the strictest. */
export const RULE_EFFECTS = ["allow", "review", "escalate", "deny"] as const;
export const ruleEffectSchema = z.enum(RULE_EFFECTS);
export type RuleEffect = z.infer<typeof ruleEffectSchema>;

export const actionPatternSchema = z
  .string()
  .refine(isActionPattern, "an action's id, or a pattern: *, crm.*, crm.read_*");

const DEADLINE_MAX_MS = 31 * 86_400_000;
const durationSchema = z.string().refine((text) => {
  const ms = durationMs(text);
  return ms !== null && ms >= 1_000 && ms <= DEADLINE_MAX_MS;
}, "a duration such as 30m, 8h or 2d, of at most 31 days");

/** What an escalation asks for: the word of a person who may decide, or that the person whom the run acts for signs in again. */
const RULE_ASKS = ["approval", "reauthentication"] as const;

/** How long ago somebody may have signed in, where a rule that asks for it does not say. */
export const DEFAULT_MAX_AGE = "5m";

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** Whom and what a rule is about. Without `agents` and `nodes` it is about every agent; with both, about agents that either names. */
const ruleMatchSchema = z.strictObject({
  actions: z.array(actionPatternSchema).min(1, "names no action").max(500).refine(distinct, "names an action twice"),
  /** Slugs of agents. */
  agents: z.array(slugSchema).min(1).max(500).refine(distinct, "names an agent twice").optional(),
  /** Slugs of nodes of the chart: every agent at or below them. */
  nodes: z.array(slugSchema).min(1).max(500).refine(distinct, "names a node twice").optional(),
});

const contactsSchema = z.array(contactSchema).min(1, "names nobody").max(50).refine(distinct, "names a contact twice");

/** At most so many people have to agree. */
export const QUORUM_MAX = 20;

/** Who is asked next, so long after the contact before it, if the question still waits. */
const nextContactSchema = z.strictObject({ to: contactsSchema, after: durationSchema });

const ruleShape = z.strictObject({
  /** Unique within the policy. */
  id: slugSchema,
  description: z.string().max(500).optional(),
  match: ruleMatchSchema,
  /** CEL; without it the rule holds whenever it matches. */
  when: z.string().min(1).max(4_000).optional(),
  effect: ruleEffectSchema,
  /** Of `escalate`: what is asked for; an approval, unless it says otherwise. */
  ask: z.enum(RULE_ASKS).optional(),
  /** Of `ask: reauthentication`: how long ago the person whom the run acts for may have signed in. */
  maxAge: durationSchema.optional(),
  /** Of `escalate`: whom it asks (lib/policies/contact.ts); without it whoever is nearest above the agent, then the next above. */
  to: contactsSchema.optional(),
  /** Of `escalate`: who is asked after them. */
  // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
  then: z.array(nextContactSchema).min(1).max(20).optional(),
  /** Of `escalate`: so many distinct people must approve; one, unless it says otherwise. */
  quorum: z.int().min(1).max(QUORUM_MAX).optional(),
  /** Of `escalate`: the agent's accountable owner must not decide it. */
  excludeOwner: z.boolean().optional(),
  /** Of `escalate`: what happens when nobody decided in time. Nothing is ever allowed by it. */
  onDeadline: z.literal("deny", "must be deny: what nobody decided is not allowed").optional(),
  /** Of `escalate`: how long they have. Of `review`: until when it is looked at. */
  deadline: durationSchema.optional(),
  /** Of `review`: what happens when nobody looked by then; it stands, unless it says otherwise. */
  onLapse: z.enum(LAPSES).optional(),
  /** What the agent is told. */
  message: z.string().min(1).max(300).optional(),
});

/** What only a rule that asks people has. */
const ASKS_PEOPLE = ["to", "then", "quorum", "excludeOwner", "onDeadline"] as const;

export const ruleSchema = ruleShape.superRefine((rule, context) => {
  const fault = (path: PropertyKey[], message: string): void => context.addIssue({ code: "custom", path, message });
  if (rule.effect !== "escalate") {
    for (const field of ASKS_PEOPLE)
      if (rule[field] !== undefined) fault([field], "only a rule that escalates asks people");
    if (rule.ask) fault(["ask"], "only a rule that escalates asks for something");
  }
  if (rule.maxAge && rule.ask !== "reauthentication") {
    fault(["maxAge"], "only a rule that asks for reauthentication has one");
  }
  if (rule.ask === "reauthentication") {
    for (const field of [...ASKS_PEOPLE, "deadline"] as const)
      if (rule[field] !== undefined) fault([field], "nobody is asked: the person whom the run acts for signs in again");
  }
  if (rule.deadline && rule.effect !== "escalate" && rule.effect !== "review") {
    fault(["deadline"], "only an escalation or a review has a deadline");
  }
  if (rule.onLapse && rule.effect !== "review") fault(["onLapse"], "only a review lapses");
  if (rule.then && !rule.to) fault(["then"], "says who is asked next, but nobody is asked first: add to");
  const late = firstTooLate(rule.then ?? [], rule.deadline);
  if (late !== -1) fault(["then", late, "after"], "comes after the deadline");
});

/** The first of the next contacts whose turn would come when the time is up; -1 when there is none. */
function firstTooLate(then: readonly { after: string }[], deadline: string | undefined): number {
  const limit = deadline === undefined ? null : durationMs(deadline);
  if (limit === null) return -1;
  let ms = 0;
  return then.findIndex(({ after }) => (ms += durationMs(after) ?? 0) >= limit);
}
export type Rule = z.infer<typeof ruleSchema>;

export const asksToSignIn = (rule: Pick<Rule, "effect" | "ask">): boolean =>
  rule.effect === "escalate" && rule.ask === "reauthentication";

export const rulesSchema = z
  .array(ruleSchema)
  .max(10_000)
  .superRefine((rules, context) => {
    const seen = new Set<string>();
    for (const [index, rule] of rules.entries()) {
      if (seen.has(rule.id))
        context.addIssue({ code: "custom", path: [index, "id"], message: "another rule has this id" });
      seen.add(rule.id);
    }
  });
