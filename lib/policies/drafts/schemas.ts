import { z } from "zod";

import { label } from "@/lib/agents/schemas";
import { ruleEffectSchema, slugSchema } from "@/lib/policies/schemas";

/** What the store can keep: no NUL and no half of a surrogate pair. */
const text = (max: number) =>
  z
    .string()
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !/[\0\p{Cs}]/u.test(value), "has a character that can not be kept");
const names = (max: number) => z.array(text(max)).max(500);

/**
 * A rule while it is being written: the fields of `ruleSchema`, whose values need not hold yet. An empty text or list is a field
 * that is still open. What is missing or wrong is said by `draftFaults`, and refused by publishing only.
 */
export const draftRuleSchema = z.strictObject({
  id: text(80),
  description: text(2_000).optional(),
  match: z.strictObject({
    actions: names(200),
    agents: names(80).optional(),
    nodes: names(80).optional(),
  }),
  when: text(20_000).optional(),
  effect: ruleEffectSchema,
  ask: text(40).optional(),
  maxAge: text(20).optional(),
  to: z.array(text(320)).max(50).optional(),
  // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
  then: z
    .array(z.strictObject({ to: z.array(text(320)).max(50), after: text(20) }))
    .max(20)
    .optional(),
  quorum: z.int().min(0).max(1_000).optional(),
  excludeOwner: z.boolean().optional(),
  onDeadline: text(20).optional(),
  onLapse: text(20).optional(),
  deadline: text(20).optional(),
  message: text(2_000).optional(),
});
export type DraftRule = z.infer<typeof draftRuleSchema>;

export const draftRulesSchema = z.array(draftRuleSchema).max(10_000);
const noteSchema = z.string().trim().max(500, "must have at most 500 characters");
const draftRevision = { draftId: z.uuid(), revision: z.int().min(1) };

/** Begins a draft of a policy, which may be new. Without `rules` it holds those in force. */
export const startDraftInput = z.strictObject({
  policy: slugSchema,
  /** Null keeps the policy's name; a new policy needs one. */
  name: label.nullable().default(null),
  rules: draftRulesSchema.nullable().default(null),
  /** Instead of `rules`: those of this older version. */
  fromVersion: z.int().min(1).nullable().default(null),
  /** Refuses with `conflict` when the policy exists already. */
  isNew: z.boolean().default(false),
});

/** Saves over the revision that the author saw. */
export const saveDraftInput = z.strictObject({
  ...draftRevision,
  name: label,
  rules: draftRulesSchema,
  note: noteSchema.nullable().default(null),
});

export const draftInput = z.strictObject(draftRevision);

export const publishDraftInput = z.strictObject({
  ...draftRevision,
  note: noteSchema.min(1, "Say what changes, and why."),
  /** The version in force that the difference was read against; null when there was none. */
  inForce: z.int().min(1).nullable(),
});
