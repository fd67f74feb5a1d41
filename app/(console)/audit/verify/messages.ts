import { z } from "zod";

const fault = z.object({ kind: z.string(), stream: z.string(), seq: z.string(), message: z.string() });

/** What the verification tells the page while it runs: one JSON object a line. */
export const verifyMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    records: z.number(),
    total: z.number(),
    streams: z.number(),
    streamsDone: z.number(),
  }),
  z.object({
    type: z.literal("done"),
    records: z.number(),
    streams: z.number(),
    faults: z.array(fault),
    checkpoints: z.number(),
    /** Ids of keys that signed checkpoints and are not this installation's. */
    strangers: z.array(z.string()),
    tookMs: z.number(),
  }),
  z.object({ type: z.literal("failed"), message: z.string() }),
]);

export type VerifyMessage = z.infer<typeof verifyMessage>;
export type ShownFault = z.infer<typeof fault>;
