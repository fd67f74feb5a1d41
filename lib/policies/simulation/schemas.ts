import { z } from "zod";

import { actionPatternSchema, slugSchema } from "@/lib/policies/schemas";

/** How far back a simulation looks, in days. */
const DAYS_MAX = 90;

export const startSimulationInput = z.strictObject({
  policy: slugSchema,
  draftId: z.uuid(),
  /** Of the draft, as the person sees it. */
  revision: z.int().min(1),
  days: z.int().min(1).max(DAYS_MAX),
  /** Only this agent's decisions. */
  agentId: z.uuid().nullable().default(null),
  /** Only decisions on actions of this pattern. */
  action: actionPatternSchema.nullable().default(null),
});

export const simulationIdInput = z.strictObject({ id: z.uuid() });
