import { z } from "zod";

import { label, reason, slug } from "@/lib/agents/schemas";
import { jsonObjectSchema } from "@/lib/catalogue/json-schema";
import {
  actionIdSchema,
  dataClassSchema,
  evidenceKindSchema,
  factSchema,
  impactSchema,
  kindSchema,
  mappingSchema,
  reversibilitySchema,
} from "@/lib/catalogue/schemas";

const text = z.string().trim().min(1, "must not be empty").max(2_000, "must have at most 2,000 characters");
const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const saveSystemInput = z.strictObject({ id: slug, name: label, description: text.nullable().default(null) });

/** All that is said of an action, complete. What is not said is what is safest: irreversible, of high impact. */
export const actionFields = z.strictObject({
  title: label.nullable().default(null),
  description: text.nullable().default(null),
  kind: kindSchema,
  reversibility: reversibilitySchema.default("irreversible"),
  impact: impactSchema.default("high"),
  dataClasses: z.array(dataClassSchema).max(50).refine(distinct, "names one twice").default([]),
  /** JSON Schema of the arguments; null takes any object. */
  args: jsonObjectSchema.nullable().default(null),
  evidence: z.array(evidenceKindSchema).refine(distinct, "names one twice").default([]),
  fact: factSchema.nullable().default(null),
  /** Id of the action that undoes it. */
  rollback: actionIdSchema.nullable().default(null),
  /** How its arguments follow from what was done; null takes those of the same names. */
  rollbackArgs: mappingSchema.nullable().default(null),
});
export type ActionFields = z.output<typeof actionFields>;

export const saveActionInput = actionFields.extend({
  id: actionIdSchema,
  systemId: slug,
  /** What it is changed from, of lib/catalogue/action-basis.ts; absent: whatever it is. */
  basis: z.string().max(64).optional(),
});
export const actionIdInput = z.strictObject({ id: actionIdSchema });
/** `systemName` makes the system too, where there is none of that id. */
export const createActionInput = saveActionInput
  .omit({ basis: true })
  .extend({ systemName: label.nullable().default(null) });
export const systemIdInput = z.strictObject({ id: slug });
export const reviveActionsInput = z.strictObject({ ids: z.array(actionIdSchema).min(1).max(5_000) });
export const dismissUnclassifiedInput = z.strictObject({ action: actionIdSchema, reason });
