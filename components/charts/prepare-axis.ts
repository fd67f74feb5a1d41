import type { TimeStyle } from "@/components/ui/format/time";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type AxisStyle = "clock" | "day";

/** Whether a range is read by the clock or by the calendar. */
export function axisStyle(fromMs: number, toMs: number): AxisStyle {
  return toMs - fromMs <= 2 * DAY_MS ? "clock" : "day";
}

/** A tick's text in the viewer's zone: "14:00" or "21 Nov". */
export function formatTick(atMs: number, style: AxisStyle, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions =
    style === "clock" ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(atMs);
}

/** How a bucket is named in the tooltip and the table. */
export function bucketStyle(bucketMs: number): TimeStyle {
  return bucketMs >= DAY_MS ? "date" : "minute";
}

/** A round number at or above the largest value, so that the axis ends on a whole tick: 1, 2, 5 times a power of ten. */
export function niceMax(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** Where an axis of counts that ends at `top` has its lines: in the middle too, where that is a count. */
export const countTicks = (top: number): number[] => (top % 2 === 0 ? [0, top / 2, top] : [0, top]);
