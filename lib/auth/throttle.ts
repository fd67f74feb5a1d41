/** What is remembered of the failed sign-ins under one key (an e-mail, an address), as stored. */
export interface ThrottleState {
  failures: number;
  /** The failures are forgotten then. */
  windowEndsAt: Date;
  blockedUntil: Date | null;
}

export interface ThrottleLimits {
  /** So many failures are free; the one that reaches the number blocks. */
  failures: number;
}

/** One person mistypes; an address may be an office of many. */
export const EMAIL_LIMITS: ThrottleLimits = { failures: 5 };
export const ADDRESS_LIMITS: ThrottleLimits = { failures: 25 };

export const FIRST_BLOCK_MS = 60_000;
export const LONGEST_BLOCK_MS = 60 * 60_000;
/** Counted from the last failure, or from the end of the block that it brought. */
export const WINDOW_MS = 60 * 60_000;

/** When the next attempt is taken again, or null when it may go ahead now. */
export function blockedUntil(state: ThrottleState | null, now: Date): Date | null {
  return state?.blockedUntil && state.blockedUntil > now ? state.blockedUntil : null;
}

/**
 * The state after an attempt, counted before the password is looked at, so that attempts sent side by side cannot pass the limit together.
 * From the limit on, every further one doubles the block, up to an hour.
 */
export function afterAttempt(state: ThrottleState | null, limits: ThrottleLimits, now: Date): ThrottleState {
  const failures = (state && state.windowEndsAt > now ? state.failures : 0) + 1;
  const over = failures - limits.failures;
  const blockMs = over < 0 ? 0 : Math.min(FIRST_BLOCK_MS * 2 ** Math.min(over, 20), LONGEST_BLOCK_MS);
  return {
    failures,
    windowEndsAt: new Date(now.getTime() + blockMs + WINDOW_MS),
    blockedUntil: blockMs === 0 ? null : new Date(now.getTime() + blockMs),
  };
}

/** The attempt was right after all: it no longer counts, nor does a block that only it brought. */
export function withoutAttempt(state: ThrottleState, limits: ThrottleLimits): ThrottleState {
  const failures = Math.max(0, state.failures - 1);
  return { ...state, failures, blockedUntil: failures < limits.failures ? null : state.blockedUntil };
}
