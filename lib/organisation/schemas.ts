import { z } from "zod";

import { label, reason } from "@/lib/agents/schemas";

export const renameOrganisationInput = z.strictObject({ name: label });
export const killSwitchInput = z.strictObject({ reason });
