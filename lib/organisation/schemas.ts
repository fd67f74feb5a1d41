import { z } from "zod";

import { label, reason } from "@/lib/agents/schemas";
import { settingsSchema } from "@/lib/tiers/settings";

export const renameOrganisationInput = z.strictObject({ name: label });
export const killSwitchInput = z.strictObject({ reason });
export const saveSettingsInput = z.strictObject({ settings: settingsSchema });
