const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What a time may be given as: an ISO string, epoch milliseconds, or a Date. */
export type TimeValue = string | number | Date;

/** A span in its largest unit, rounded down: "12s", "3m", "5h", "2d". */
function span(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)}s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)}m`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)}h`;
  return `${Math.floor(ms / DAY_MS)}d`;
}

/** How far a time is from now, in one unit: "now", "12s ago", "in 5m". Independent of any zone. */
export function formatRelative(value: TimeValue, nowMs: number): string {
  const deltaMs = new Date(value).getTime() - nowMs;
  if (Number.isNaN(deltaMs)) return "–";
  const distance = Math.abs(deltaMs);
  if (distance < 5 * SECOND_MS) return "now";
  return deltaMs < 0 ? `${span(distance)} ago` : `in ${span(distance)}`;
}

const STYLES = {
  /** "21 Nov 2026" */
  date: { day: "numeric", month: "short", year: "numeric" },
  /** "21 Nov 2026, 14:05" */
  minute: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** "21 Nov, 14:05:09" */
  second: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  /** "21 Nov, 14:05" */
  dayTime: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** "14:05" */
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** "14:05:09.123" */
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

export type TimeStyle = keyof typeof STYLES;

const formatters = new Map<string, Intl.DateTimeFormat>();

// Building a formatter costs more than all its uses in a table; there are few zones and four styles.
function formatterFor(style: TimeStyle, timeZone: string): Intl.DateTimeFormat {
  const key = `${style}|${timeZone}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  // A fixed locale, so that server and browser write the same text.
  const formatter = new Intl.DateTimeFormat("en-GB", { ...STYLES[style], timeZone });
  formatters.set(key, formatter);
  return formatter;
}

/** A time in a zone (IANA name). An invalid time is a dash. */
export function formatTime(value: TimeValue, style: TimeStyle, timeZone: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? "–" : formatterFor(style, timeZone).format(date);
}

/** "14:05" of today, "22 Nov, 14:05" of another day. */
export function formatSoon(value: TimeValue, nowMs: number, timeZone: string): string {
  const isToday = formatTime(value, "date", timeZone) === formatTime(nowMs, "date", timeZone);
  return formatTime(value, isToday ? "hour" : "dayTime", timeZone);
}

/** The exact time, in UTC to the millisecond and in the viewer's zone: what every time says on hover. */
export function formatExact(value: TimeValue, timeZone: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return "";
  const utc = date.toISOString().replace("T", " ").replace("Z", " UTC");
  return timeZone === "UTC" ? utc : `${utc}\n${formatterFor("minute", timeZone).format(date)} (${timeZone})`;
}
