import { z } from "zod";

import { reason } from "@/lib/agents/schemas";
import { budgetSettings } from "@/lib/budgets/schemas";
import { decidingFields } from "@/lib/tiers/approval-settings";
import { criteriaSchema } from "@/lib/tiers/criteria";
import { CARE_EFFECTS, IMPACTS, KINDS, REVERSIBILITIES, TIER_EFFECTS, TIERS } from "@/lib/tiers/matrices";

const minutes = z
  .int("must be whole minutes")
  .min(1, "must be at least a minute")
  .max(44_640, "must be at most 31 days");

/** The settings of authority, complete, as the page edits them. */
export const authoritySettingsSchema = z.strictObject({
  tiers: z.record(z.enum(TIERS), z.record(z.enum(KINDS), z.enum(TIER_EFFECTS))),
  reversibility: z.record(z.enum(REVERSIBILITIES), z.record(z.enum(IMPACTS), z.enum(CARE_EFFECTS))),
  evidence: z.strictObject({ confidenceFloor: z.number().min(0).max(1), kinds: z.array(z.enum(KINDS)) }),
  approvals: z.strictObject({
    deadlineMinutes: z.record(z.enum(IMPACTS), minutes),
    nextContactMinutes: z.record(z.enum(IMPACTS), minutes),
    validMinutes: minutes,
    undoSeconds: decidingFields.undoSeconds,
    minimumSeconds: decidingFields.minimumSeconds.required(),
    rejectReasons: decidingFields.rejectReasons,
  }),
  reviewMinutes: minutes,
  rollbackMinutes: minutes,
  delegation: z.strictObject({ maxDepth: z.int().min(0).max(64) }),
  autonomy: criteriaSchema,
  budgets: budgetSettings.required(),
});

export const saveAuthorityInput = z.strictObject({
  settings: authoritySettingsSchema,
  basis: z.string().max(64),
  reason,
});
export const previewAuthorityInput = z.strictObject({ settings: authoritySettingsSchema });
