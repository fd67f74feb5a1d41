import { z } from "zod";

const count = z.int("must be a whole number").min(0, "must be 0 or more").max(1_000, "must be at most 1,000");
const waitMs = z
  .int("must be a whole number")
  .min(100, "must be at least 100 ms")
  .max(3_600_000, "must be at most 1 h");

const toolErrorsSchema = z.strictObject({
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
const rejectionsSchema = z.strictObject({
  /** Rejected approvals of one agent within the window that open an incident; 0 is never. */
  incidentAfter: count,
  withinMinutes: z.int("must be a whole number").min(1, "must be at least 1").max(44_640, "must be at most 31 days"),
  pauses: z.boolean(),
});

const partial = {
  toolErrors: toolErrorsSchema.partial().optional(),
  rejections: rejectionsSchema.partial().optional(),
};

/** What is stored: only what differs from the defaults, for all agents and by slug for single ones. */
export const failureModesSchema = z.strictObject({
  ...partial,
  agents: z.record(z.string().max(64), z.strictObject(partial)).optional(),
});
export type FailureModesInput = z.infer<typeof failureModesSchema>;

/** How Remit reacts when an agent's work fails: complete. */
export const completeModesSchema = z.strictObject({ toolErrors: toolErrorsSchema, rejections: rejectionsSchema });
export type FailureModes = z.infer<typeof completeModesSchema>;

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

/**
 * What is stored once these modes hold for one agent, or (`slug` null) for all that have none of their own: only differences are kept.
 * `modes` null: an agent has none of its own any more; those of all are the defaults again.
 */
export function withFailureModes(
  stored: FailureModesInput | undefined,
  slug: string | null,
  modes: FailureModes | null,
): FailureModesInput {
  const { agents = {}, ...all } = stored ?? {};
  if (slug === null) return tidy(modes === null ? {} : differences(DEFAULT_FAILURE_MODES, modes), agents);
  const others = Object.fromEntries(Object.entries(agents).filter(([name]) => name !== slug));
  const own = modes === null ? {} : differences(failureModesFor(stored, null), modes);
  return tidy(all, Object.keys(own).length === 0 ? others : { ...others, [slug]: own });
}

type Own = Omit<FailureModesInput, "agents">;

const tidy = (all: Own, agents: NonNullable<FailureModesInput["agents"]>): FailureModesInput =>
  Object.keys(agents).length === 0 ? all : { ...all, agents };

function differences(base: FailureModes, modes: FailureModes): Own {
  const own: Own = {};
  const toolErrors = differing(base.toolErrors, modes.toolErrors);
  if (toolErrors) own.toolErrors = toolErrors;
  const rejections = differing(base.rejections, modes.rejections);
  if (rejections) own.rejections = rejections;
  return own;
}

function differing<T extends object>(base: T, modes: T): Partial<T> | null {
  const own: Partial<T> = {};
  for (const key of Object.keys(base) as (keyof T)[]) if (modes[key] !== base[key]) own[key] = modes[key];
  return Object.keys(own).length === 0 ? null : own;
}
