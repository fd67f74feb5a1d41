import { z } from "zod";

import { isActionId } from "@/lib/catalogue/match";
import { jsonObjectSchema } from "@/lib/catalogue/json-schema";
import { IMPACTS, KINDS, REVERSIBILITIES } from "@/lib/tiers/matrices";

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
