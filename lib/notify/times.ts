import { instantsOf, inZone } from "@/lib/kernel/zone";
import type { QuietHours } from "@/lib/notify/choices";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const minuteAt = (instant: Date, zone: string): number => {
  const local = inZone(instant, zone);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
};

/** Whether clocks in the zone show a time within the quiet hours: `from` is in, `to` is out. */
export function isQuiet(instant: Date, quiet: QuietHours, zone: string): boolean {
  const minute = minuteAt(instant, zone);
  return quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
}

/** The instant itself, or the end of the quiet hours that it falls in. */
export function afterQuiet(instant: Date, quiet: QuietHours | null, zone: string): Date {
  if (quiet === null || !isQuiet(instant, quiet, zone)) return instant;
  return nextMinuteOfDay(instant, quiet.to, zone);
}

/**
 * The next instant, not before the given one, at which clocks in the zone show this minute of the day. Where clocks jump over it that day it
 * is as long after the jump as it would have been after the hour before; where they show it twice, either will do.
 */
export function nextMinuteOfDay(instant: Date, minute: number, zone: string): Date {
  const local = inZone(instant, zone).getTime();
  const midnight = local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
  for (let day = 0; ; day += 1) {
    const found = instantsOf(midnight + day * DAY_MS + minute * MINUTE_MS, zone).find(
      (one) => one >= instant.getTime(),
    );
    if (found !== undefined) return new Date(found);
  }
}

/** The next full hour on clocks in the zone, after the instant. */
export function nextHour(instant: Date, zone: string): Date {
  const local = inZone(instant, zone);
  const into = (local.getUTCMinutes() * 60 + local.getUTCSeconds()) * 1_000 + instant.getUTCMilliseconds();
  return new Date(instant.getTime() + 60 * MINUTE_MS - into);
}
