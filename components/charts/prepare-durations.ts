import type { SeriesRow } from "./prepare-series";

/** How long something took in one bucket, by series, in milliseconds; a series without a value had nothing to measure. */
export interface DurationPoint {
  atMs: number;
  values: Readonly<Record<string, number | null>>;
}

/** The points as rows, oldest first, without what was not measured: a quiet day is a gap, not a decision in no time. */
export function prepareDurations(points: readonly DurationPoint[], series: readonly string[]): SeriesRow[] {
  return points
    .toSorted((a, b) => a.atMs - b.atMs)
    .flatMap(({ atMs, values }) => {
      const counts: Record<string, number> = {};
      for (const id of series) {
        const value = values[id];
        if (typeof value === "number" && Number.isFinite(value)) counts[id] = value;
      }
      const total = Math.max(0, ...Object.values(counts));
      return Object.keys(counts).length === 0 ? [] : [{ atMs, counts, total }];
    });
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 30]
  .map((n) => n * SECOND)
  .concat(
    [1, 2, 5, 10, 30].map((n) => n * MINUTE),
    [1, 2, 4, 8, 12].map((n) => n * HOUR),
    [1, 2, 4, 8, 16, 32].map((n) => n * DAY),
  );

/** A round length of time at or above the longest, so that an axis ends on one: 30 s, 5 min, 2 h. */
export function niceDuration(ms: number): number {
  return STEPS.find((step) => step >= ms) ?? Math.ceil(ms / DAY) * DAY;
}

/** A tick's text: "30s", "5m", "1.5h". */
export function formatTickDuration(ms: number): string {
  const [unit, name] =
    ms >= 2 * DAY ? [DAY, "d"] : ms >= HOUR ? [HOUR, "h"] : ms >= MINUTE ? [MINUTE, "m"] : [SECOND, "s"];
  return ms === 0 ? "0" : `${Math.round((ms / Number(unit)) * 10) / 10}${name}`;
}
