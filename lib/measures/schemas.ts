import { z } from "zod";

import { SUGGESTION_KINDS } from "@/lib/measures/suggest";
import { slugSchema } from "@/lib/policies/schemas";

/** Which suggestion: what is suggested of which rule. */
const about = { kind: z.enum(SUGGESTION_KINDS), policy: slugSchema, rule: slugSchema };

export const dismissSuggestionInput = z.strictObject({
  ...about,
  reason: z.string().trim().min(1, "Say why.").max(500, "Use at most 500 characters."),
});
export const restoreSuggestionInput = z.strictObject(about);
export const followSuggestionInput = z.strictObject(about);
