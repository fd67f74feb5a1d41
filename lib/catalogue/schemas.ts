import { z } from "zod";

import { isActionId } from "@/lib/catalogue/match";
import { jsonObjectSchema } from "@/lib/catalogue/json-schema";
import { IMPACTS, KINDS, REVERSIBILITIES } from "@/lib/tiers/matrices";
import { slugSchema } from "@/lib/policies/schemas";

export const kindSchema = z.enum(KINDS);
export const reversibilitySchema = z.enum(REVERSIBILITIES);
export const impactSchema = z.enum(IMPACTS);
export const dataClassSchema = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,62}$/, "a data class such as pii");

/** Kinds of evidence that an action can require; each is a field of the request's evidence. */
export const EVIDENCE_KINDS = [
  "reason",
  "confidence",
  "sources",
  "references",
  "alternatives",
  "proposedAction",
] as const;
export const evidenceKindSchema = z.enum(EVIDENCE_KINDS);
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

export const actionIdSchema = z.string().refine(isActionId, "an action's id is system.verb");

/** How the arguments of a rollback follow from what was done (lib/rollbacks/mapping.ts): `{refund: "$.result.id"}`. */
export const mappingSchema = z.union([
  z.literal("$.args"),
  jsonObjectSchema.refine((value) => JSON.stringify(value).length <= 10_000, "must have at most 10,000 characters"),
]);

/** What a result teaches the run: `facts[action][key] = value`; both are CEL over `args` and `result`. */
export const factSchema = z.strictObject({
  key: z.string().min(1).max(500),
  value: z.string().min(1).max(500),
});
export type Fact = z.infer<typeof factSchema>;

const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .max(50)
    .refine((values) => new Set(values).size === values.length, "names one twice");

export const actionSchema = z.strictObject({
  id: actionIdSchema,
  /** In words, for people: "Cancel a reservation". */
  title: z.string().min(1).max(120).optional(),
  description: z.string().max(2_000).optional(),
  kind: kindSchema,
  /** What is not said is taken for the worst. */
  reversibility: reversibilitySchema.optional(),
  impact: impactSchema.optional(),
  dataClasses: list(dataClassSchema).optional(),
  /** JSON Schema of the arguments. */
  args: jsonObjectSchema.optional(),
  evidence: list(evidenceKindSchema).optional(),
  fact: factSchema.optional(),
  /** The action that undoes it. */
  rollback: actionIdSchema.optional(),
  /** How the arguments of its rollback follow from what was done. */
  rollbackArgs: mappingSchema.optional(),
});
export type ActionInput = z.infer<typeof actionSchema>;

export const systemSchema = z
  .strictObject({
    id: slugSchema,
    name: z.string().min(1).max(120),
    description: z.string().max(2_000).optional(),
    actions: z.array(actionSchema).max(2_000),
  })
  .superRefine((system, context) => {
    const seen = new Set<string>();
    for (const [index, action] of system.actions.entries()) {
      if (!action.id.startsWith(`${system.id}.`)) {
        context.addIssue({ code: "custom", path: ["actions", index, "id"], message: `begins with ${system.id}.` });
      }
      if (seen.has(action.id)) {
        context.addIssue({ code: "custom", path: ["actions", index, "id"], message: "another action has this id" });
      }
      seen.add(action.id);
    }
  });
export type SystemInput = z.infer<typeof systemSchema>;
