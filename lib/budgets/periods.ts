/** Spans of time that an envelope limits; `run` is one run, however long it lasts. In this order their counters are locked. */
export const PERIODS = ["run", "hour", "day", "month"] as const;
export type Period = (typeof PERIODS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * When the window of a period that holds `nowMs` began: in UTC, so that all gates agree without asking, as providers bill, and without a
 * day of 23 hours. A run has one window, which begins with the epoch.
 */
export function startOf(period: Period, nowMs: number): number {
  switch (period) {
    case "run":
      return 0;
    case "hour":
      return nowMs - (nowMs % HOUR_MS);
    case "day":
      return nowMs - (nowMs % DAY_MS);
    case "month": {
      const now = new Date(nowMs);
      return Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
    }
  }
}

/** When it ends; null: with its run. */
export function endOf(period: Period, startsAtMs: number): number | null {
  switch (period) {
    case "run":
      return null;
    case "hour":
      return startsAtMs + HOUR_MS;
    case "day":
      return startsAtMs + DAY_MS;
    case "month": {
      const start = new Date(startsAtMs);
      return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1);
    }
  }
}
