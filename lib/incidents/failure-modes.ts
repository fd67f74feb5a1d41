import type { FailureModes } from "@/lib/incidents/failure-settings";

/** What an agent is told of a tool error: whether and when to try again. */
interface RetryAdvice {
  /** Wait at least so long. */
  afterMs: number;
  /** Which retry this is, from 1. */
  attempt: number;
  /** How many are worth it. */
  max: number;
}

/** Tool errors in a row after these results, oldest first: a success ends a row. */
export const streakAfter = (before: number, results: readonly boolean[]): number =>
  results.reduce((streak, succeeded) => (succeeded ? 0 : streak + 1), before);

/**
 * The advice after `streak` errors in a row: each wait is twice the one before, up to the longest. Null when nothing failed, and when
 * trying again is not worth it any more: the agent should then report what blocks it.
 */
export function retryAdvice(
  streak: number,
  { retries, firstWaitMs, longestWaitMs }: FailureModes["toolErrors"],
): RetryAdvice | null {
  if (streak < 1 || streak > retries) return null;
  const afterMs = Math.min(Math.max(firstWaitMs, longestWaitMs), firstWaitMs * 2 ** (streak - 1));
  return { afterMs, attempt: streak, max: retries };
}

/**
 * Whether a row of errors that grew from `before` to `after` reaches the limit, or another whole multiple of it: a run that goes on
 * failing is raised again, and no run with every single error. A limit of 0 is never reached.
 */
export const reaches = (before: number, after: number, limit: number): boolean =>
  limit > 0 && Math.floor(after / limit) > Math.floor(before / limit);

/** From when on rejections count: the window's start, or the last incident that they opened, whichever is later. */
export function rejectionsSince(now: Date, withinMinutes: number, lastIncidentAt: Date | null): Date {
  const windowMs = now.getTime() - withinMinutes * 60_000;
  return new Date(Math.max(windowMs, lastIncidentAt?.getTime() ?? windowMs));
}

/** Whether so many rejections within the window, the latest included, open an incident. */
export const tooManyRejections = (rejected: number, { incidentAfter }: FailureModes["rejections"]): boolean =>
  incidentAfter > 0 && rejected >= incidentAfter;
