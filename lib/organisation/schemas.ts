import { z } from "zod";

import { label, reason } from "@/lib/agents/schemas";
import { settingsSchema } from "@/lib/tiers/settings";

export const renameOrganisationInput = z.strictObject({ name: label });
export const killSwitchInput = z.strictObject({ reason });
export const saveSettingsInput = z.strictObject({ settings: settingsSchema });

const sectionSchema = settingsSchema.keyof();
export type SettingsSection = z.infer<typeof sectionSchema>;

/** Some sections of the settings; `settings` holds only what differs from the built-in ones. */
export const changeSettingsInput = z
  .strictObject({
    sections: z.array(sectionSchema).min(1),
    settings: settingsSchema,
    /** `settingsBasis` of what was seen. */
    basis: z.string().max(64).optional(),
    reason,
  })
  .refine(
    ({ sections, settings }) => Object.keys(settings).every((key) => sections.some((section) => section === key)),
    "gives a section that it does not name",
  );
