export type Urgency = "calm" | "soon" | "urgent" | "over";

interface TimeLeft {
  /** "2h 5m", "48s", or "past its deadline". */
  text: string;
  urgency: Urgency;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long is left to decide, in at most two units, and how pressing that is: urgent below 5 minutes, soon below 30. */
export function timeLeft(deadlineMs: number, nowMs: number): TimeLeft {
  const left = deadlineMs - nowMs;
  if (left <= 0) return { text: "past its deadline", urgency: "over" };
  return { text: span(left), urgency: left < 5 * MINUTE ? "urgent" : left < 30 * MINUTE ? "soon" : "calm" };
}

function span(ms: number): string {
  if (ms >= DAY) return two(ms, DAY, "d", HOUR, "h");
  if (ms >= HOUR) return two(ms, HOUR, "h", MINUTE, "m");
  if (ms >= 10 * MINUTE) return `${Math.floor(ms / MINUTE)}m`;
  if (ms >= MINUTE) return two(ms, MINUTE, "m", SECOND, "s");
  return `${Math.ceil(ms / SECOND)}s`;
}

function two(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const whole = Math.floor(ms / big);
  const rest = Math.floor((ms % big) / small);
  return rest === 0 ? `${whole}${bigUnit}` : `${whole}${bigUnit} ${rest}${smallUnit}`;
}
