import { z } from "zod";

const OFFSET = /^([+-])?(\d{2}):(\d{2})$/;
/** Farther from UTC than any place ever was: what comes out beyond it was misread. */
const OFFSET_MAX_MS = 26 * 3_600_000;

/** A zone's distance from UTC at an instant, in milliseconds. Throws a RangeError where its calendar does not reach. */
type OffsetAt = (ms: number) => number;

const zones = new Map<string, OffsetAt | null>();
const ZONES_MAX = 1_000;

/** A named zone (IANA) or a fixed distance from UTC (`+02:00`); null for what is neither. */
function zoneOf(name: string): OffsetAt | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (zones.size >= ZONES_MAX) zones.clear();
  const zone = fixedOffset(name) ?? namedZone(name);
  zones.set(name, zone);
  return zone;
}

function fixedOffset(name: string): OffsetAt | null {
  const [, sign, hours, minutes] = OFFSET.exec(name) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const ms = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return () => ms;
}

function namedZone(name: string): OffsetAt | null {
  const format = formatOf(name);
  if (!format) return null;
  // Conditions ask for the hour and the day of one instant: `now`.
  let [lastMs, lastOffset] = [Number.NaN, 0];
  return (ms) => {
    if (ms === lastMs) return lastOffset;
    const [, month, day, year, hour, minute, second] = CLOCK.exec(format.format(ms)) ?? [];
    const local = new Date(0);
    local.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    local.setUTCHours(Number(hour), Number(minute), Number(second));
    const offset = local.getTime() - Math.floor(ms / 1_000) * 1_000;
    if (!(Math.abs(offset) <= OFFSET_MAX_MS)) throw new RangeError("the time is outside the calendar of its zone");
    [lastMs, lastOffset] = [ms, offset];
    return offset;
  };
}

const CLOCK = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const fields = { month: "numeric", day: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...fields, second: "2-digit", hourCycle: "h23", timeZone });
  } catch {
    return null;
  }
}

/** Whether clocks can be read by this name: an IANA zone, or a distance from UTC such as `+02:00`. */
export const isZone = (name: string): boolean => zoneOf(name) !== null;

/**
 * The instant as the clock of a zone shows it, as a Date whose UTC fields are that clock's: daylight saving of that day included.
 * Throws a RangeError for an unknown zone, and where its calendar does not reach.
 */
export function inZone(instant: Date, name: string): Date {
  const offsetAt = zoneOf(name);
  if (!offsetAt) throw new RangeError(`there is no time zone ${name.slice(0, 64)}`);
  return new Date(instant.getTime() + offsetAt(instant.getTime()));
}

const DAY_MS = 86_400_000;

/** When clocks in the zone show this time (as if it were UTC): once, twice, or, where it is jumped over, the time shifted by the jump. */
export function instantsOf(wallMs: number, name: string): [number, ...number[]] {
  const offsetAt = (ms: number): number => inZone(new Date(ms), name).getTime() - ms;
  const [a, b] = [wallMs - offsetAt(wallMs - DAY_MS), wallMs - offsetAt(wallMs + DAY_MS)];
  const [first, ...more] = [...new Set([a, b])].filter((ms) => ms + offsetAt(ms) === wallMs).toSorted((x, y) => x - y);
  return first === undefined ? [Math.max(a, b)] : [first, ...more];
}

export const timeZoneSchema = z.string().max(64).refine(isZone, "must be an IANA time zone such as Europe/Berlin");
