import { z } from "zod";

export const haltInput = z.strictObject({
  runId: z.string().max(64),
  /** The agent and the record are told why. */
  reason: z.string().trim().min(1, "Say why.").max(2_000),
});
