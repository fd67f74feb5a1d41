import type { Unit } from "@/lib/budgets/envelope";
import type { Period } from "@/lib/budgets/periods";

/** What people are told of an envelope: that it is nearly used, and that it is used up. */
export const ENVELOPE_LEVELS = ["near", "used"] as const;
export type EnvelopeLevel = (typeof ENVELOPE_LEVELS)[number];

/** One limit in one window. `limit` as in lib/budgets/envelope.ts. */
export interface LimitInWindow {
  nodeId: string;
  period: Exclude<Period, "run">;
  startsAtMs: number;
  unit: Unit;
  limit: number;
}

/**
 * The key of the notice that a limit has reached a level: told once in each window. The limit is part of it, so that who raised it is
 * told again when the new one is nearly used. `told` of lib/notify/tell/envelopes.ts writes the same in SQL.
 */
export const envelopeNoticeKey = (
  { nodeId, period, startsAtMs, unit, limit }: LimitInWindow,
  level: EnvelopeLevel,
): string => `envelope:${nodeId}:${period}:${startsAtMs}:${unit}:${limit}:${level}`;
