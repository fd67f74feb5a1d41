/** Attempts after which a delivery is given up: about ten hours after the first. */
export const ATTEMPTS_MAX = 10;
/** Failed attempts in a row after which a webhook is paused until somebody resumes it. */
export const PAUSE_AFTER = 20;

const FIRST_MS = 5_000;
const FACTOR = 3;
const LONGEST_MS = 4 * 3_600_000;

/**
 * How long to wait after the given attempt (1 is the first): 5 s, 15 s, 45 s … four hours at most, of which the second half is left to chance
 * (`random` in [0, 1)) so that what failed together does not come back together.
 */
export function retryDelayMs(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** What came of one attempt. `gone`: trying again is pointless. */
export type Outcome =
  | { ok: true; statusCode: number | null }
  | { ok: false; statusCode: number | null; error: string; gone: boolean };

/** What an attempt makes of its delivery. */
export function settleAttempt(
  attempt: number,
  outcome: Outcome,
  now: Date,
  random: number,
): { state: "sent" | "dead" | "waiting"; nextAt: Date | null; error: string | null } {
  if (outcome.ok) return { state: "sent", nextAt: null, error: null };
  if (outcome.gone || attempt >= ATTEMPTS_MAX) return { state: "dead", nextAt: null, error: outcome.error };
  return { state: "waiting", nextAt: new Date(now.getTime() + retryDelayMs(attempt, random)), error: outcome.error };
}
