/** How long a run may live at all: its token ends then. */
export const MAX_LIFE_MS = 24 * 3_600_000;
/** How long a run may be silent before it counts as lost, unless it asked for another time. */
export const DEFAULT_LEASE_SECONDS = 60;
/** Runs that delegate to runs that delegate…: more are refused. */
export const MAX_DEPTH = 16;

/** When the lease ends that is given at `now`: never after the token does. */
export const leaseEnd = (now: Date, leaseSeconds: number, tokenExpiresAt: Date): Date =>
  new Date(Math.min(now.getTime() + leaseSeconds * 1000, tokenExpiresAt.getTime()));
