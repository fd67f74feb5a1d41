import { z } from "zod";

import type { SimulationState } from "@/lib/policies/simulation/run-simulation";
import { tallySchema } from "@/lib/policies/simulation/tally";

const names = z.array(z.string());
const checkpointSchema = z.object({
  cursor: z.object({ runId: z.uuid(), at: z.coerce.date(), id: z.uuid() }),
  passed: z.int().min(0),
  configVersion: z.coerce.bigint(),
  tally: tallySchema,
  asked: z.array(z.tuple([z.string(), z.object({ before: names, after: names, atThatTime: names })])),
});

/** Where an interrupted simulation goes on; null when nothing readable is stored: it then begins anew. */
export function readCheckpoint(stored: unknown): SimulationState | null {
  const parsed = checkpointSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** As it is stored: JSON text. */
export const writeCheckpoint = (state: SimulationState): string =>
  JSON.stringify({ ...state, configVersion: state.configVersion.toString() });
