/** The stretch of time that the overview looks at. */
export const SPANS = {
  day: { label: "24 hours", bucketMs: 3_600_000, buckets: 24 },
  week: { label: "7 days", bucketMs: 6 * 3_600_000, buckets: 28 },
} as const;
export type Span = keyof typeof SPANS;

/** Decisions of one stretch of time, by effect. */
export interface DecisionBucket {
  start: Date;
  end: Date;
  allow: number;
  deny: number;
  escalate: number;
}

/** Start of the first bucket: the last bucket is the one that `now` lies in. Buckets begin at whole UTC hours. */
export function spanStart(span: Span, now: Date): Date {
  const { bucketMs, buckets } = SPANS[span];
  return new Date((Math.floor(now.getTime() / bucketMs) - buckets + 1) * bucketMs);
}

/** One bucket for every stretch, also where nothing was decided. Counts outside the span are left out. */
export function fillBuckets(
  span: Span,
  now: Date,
  counts: readonly { bucket: number; effect: "allow" | "deny" | "escalate"; count: number }[],
): DecisionBucket[] {
  const { bucketMs, buckets } = SPANS[span];
  const first = spanStart(span, now).getTime();
  const filled = Array.from({ length: buckets }, (_, i) => ({
    start: new Date(first + i * bucketMs),
    end: new Date(first + (i + 1) * bucketMs),
    allow: 0,
    deny: 0,
    escalate: 0,
  }));
  for (const { bucket, effect, count } of counts) {
    const into = filled[bucket];
    if (into) into[effect] += count;
  }
  return filled;
}

/**
 * The instant at which the day that `now` lies in began in this IANA zone. An unknown zone counts as UTC.
 * A day that clocks were set forward or back in is measured by its wall clock.
 */
export function startOfDay(now: Date, timeZone: string | null): Date {
  const wallClock = (at: Date): number => {
    const parts = formatter(timeZone).formatToParts(at);
    const part = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(parts.find((one) => one.type === type)?.value ?? 0);
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  };
  const dayMs = 86_400_000;
  const wallMidnight = Math.floor(wallClock(now) / dayMs) * dayMs;
  const offsetAt = (instant: number): number => wallClock(new Date(instant)) - Math.floor(instant / 1_000) * 1_000;
  const guess = wallMidnight - offsetAt(now.getTime());
  return new Date(wallMidnight - offsetAt(guess));
}

function formatter(timeZone: string | null): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  };
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: timeZone ?? "UTC" });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
}
