import { z } from "zod";

const count = z.int("must be a whole number").min(0, "must be 0 or more").max(1_000, "must be at most 1,000");
const waitMs = z
  .int("must be a whole number")
  .min(100, "must be at least 100 ms")
  .max(3_600_000, "must be at most 1 h");

const toolErrors = z.strictObject({
  /** How often a failed call is worth trying again; 0 is never. */
  retries: count,
  /** Before the first retry; each further wait is twice as long. */
  firstWaitMs: waitMs,
  longestWaitMs: waitMs,
  /** Tool errors in a row, within one run, that open an incident; 0 is never. */
  incidentAfter: count,
  /** Whether that incident suspends the agent. */
  pauses: z.boolean(),
});
const rejections = z.strictObject({
  /** Rejected approvals of one agent within the window that open an incident; 0 is never. */
  incidentAfter: count,
  withinMinutes: z.int("must be a whole number").min(1, "must be at least 1").max(44_640, "must be at most 31 days"),
  pauses: z.boolean(),
});

const modes = { toolErrors: toolErrors.partial().optional(), rejections: rejections.partial().optional() };

/** What is stored: only what differs from the defaults, for all agents and by slug for single ones. */
export const failureModesSchema = z.strictObject({
  ...modes,
  agents: z.record(z.string().max(64), z.strictObject(modes)).optional(),
});
export type FailureModesInput = z.infer<typeof failureModesSchema>;

/** How Remit reacts when an agent's work fails. */
export interface FailureModes {
  toolErrors: z.infer<typeof toolErrors>;
  rejections: z.infer<typeof rejections>;
}

/** Three retries within a few seconds bridge what passes by itself; five errors in a row, or five rejections within an hour, do not. */
export const DEFAULT_FAILURE_MODES: FailureModes = {
  toolErrors: { retries: 3, firstWaitMs: 1_000, longestWaitMs: 60_000, incidentAfter: 5, pauses: false },
  rejections: { incidentAfter: 5, withinMinutes: 60, pauses: true },
};

/** The modes of one agent: its own over those of all over the defaults. `slug` null: those of all. */
export function failureModesFor(stored: FailureModesInput | undefined, slug: string | null): FailureModes {
  const own = slug !== null && Object.hasOwn(stored?.agents ?? {}, slug) ? stored?.agents?.[slug] : undefined;
  return {
    toolErrors: { ...DEFAULT_FAILURE_MODES.toolErrors, ...stored?.toolErrors, ...own?.toolErrors },
    rejections: { ...DEFAULT_FAILURE_MODES.rejections, ...stored?.rejections, ...own?.rejections },
  };
}
