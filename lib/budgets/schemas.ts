import { z } from "zod";

import { parseRate } from "@/lib/budgets/rate";

/** Says that there is no limit, where one would otherwise be inherited. */
export const UNLIMITED = "unlimited";

/** `60/m`, `1000/h`, `unlimited`. */
const rateText = z
  .string()
  .refine(
    (text) => text === UNLIMITED || parseRate(text) !== null,
    "must be a rate such as 60/m or 1000/h, or unlimited",
  );

/** How often may be asked: by one running instance, and by all that an agent has at once. What is absent is as the settings say. */
export const rates = z.strictObject({ run: rateText.optional(), agent: rateText.optional() });
export type Rates = z.infer<typeof rates>;

const limits = z
  .strictObject({
    usd: z.number().positive("must be above 0").max(1e9).optional(),
    tokens: z.int("must be a whole number").positive("must be above 0").max(1e15).optional(),
    calls: z.int("must be a whole number").positive("must be above 0").max(1e12).optional(),
  })
  .refine((value) => Object.keys(value).length > 0, "needs at least one of usd, tokens, calls");

/** Ceilings of what a node and all below it may use: US dollars, tokens and allowed decisions, in each run, UTC hour, day and month. */
export const envelope = z.strictObject({
  run: limits.optional(),
  hour: limits.optional(),
  day: limits.optional(),
  month: limits.optional(),
});
export type Envelope = z.infer<typeof envelope>;

/** A stored envelope; one that can not be read is shown as none, and denies (see envelopesOf). */
export const readEnvelope = (stored: unknown): Envelope => {
  const parsed = envelope.safeParse(stored ?? {});
  return parsed.success ? parsed.data : {};
};

/** What a request is taken to need where it brings no estimate. */
const estimate = z.strictObject({
  usd: z.number().min(0).max(1e6).optional(),
  tokens: z.int().min(0).max(1e12).optional(),
});

const KINDS = ["read", "draft", "propose", "execute"] as const;

/** How envelopes are handled: what differs from the defaults. */
export const budgetSettings = z.strictObject({
  /** Share of any envelope from which on agents are told to wind down. */
  windDownAt: z.number().min(0.01).max(1).optional(),
  /** By the kind of the action; nothing unless set. */
  estimates: z.partialRecord(z.enum(KINDS), estimate).optional(),
});

export interface BudgetSettings {
  windDownAt: number;
  estimates: Partial<Record<(typeof KINDS)[number], { usd?: number | undefined; tokens?: number | undefined }>>;
}

export const DEFAULT_BUDGETS: BudgetSettings = { windDownAt: 0.8, estimates: {} };

/** The node whose envelope it is, and the whole of it: an empty one takes it away. */
export const setEnvelopeInput = z.strictObject({ id: z.uuid("must be an id"), envelope });
