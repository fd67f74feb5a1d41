import { z } from "zod";

const VARIABLE = "REMIT_E2E_SYSTEM";

const sharedSchema = z.object({
  web: z.url(),
  gate: z.url(),
  runtimeUrl: z.string(),
  /** Where a test's own receiver of webhooks may listen. */
  receiverPort: z.int(),
  /** Secrets by the agent's slug. */
  credentials: z.record(z.string(), z.string()),
});

/** What the specs' processes know of the system that the setup started. */
type Shared = z.output<typeof sharedSchema>;

/** Playwright hands its environment on to the processes that run the specs. */
export function publish(shared: Shared): void {
  process.env[VARIABLE] = JSON.stringify(shared);
}

export function sharedSystem(): Shared {
  return sharedSchema.parse(JSON.parse(process.env[VARIABLE] ?? "null"));
}
