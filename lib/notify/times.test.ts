import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inZone } from "@/lib/kernel/zone";
import { afterQuiet, isQuiet, nextHour, nextMinuteOfDay } from "@/lib/notify/times";

const MINUTE = 60_000;
const zone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
);
const instant = fc
  .date({ min: new Date("2025-01-01T00:00:00Z"), max: new Date("2028-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => new Date(date.getTime() - (date.getTime() % 1_000)));
const minute = fc.integer({ min: 0, max: 1439 });
const quiet = fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to);
const clock = (date: Date, name: string) => inZone(date, name).toISOString().slice(0, 16);
const berlin = "Europe/Berlin";
const night = { from: 22 * 60, to: 7 * 60 };

describe("quiet hours", () => {
  it("hold from the first minute to before the last, over midnight too", () => {
    expect(isQuiet(new Date("2026-11-21T20:59:00Z"), night, berlin)).toBe(false);
    expect(isQuiet(new Date("2026-11-21T21:00:00Z"), night, berlin)).toBe(true);
    expect(isQuiet(new Date("2026-11-22T05:59:59Z"), night, berlin)).toBe(true);
    expect(isQuiet(new Date("2026-11-22T06:00:00Z"), night, berlin)).toBe(false);
  });

  it("never hold anything back for ever, nor let it out in their midst", () => {
    fc.assert(
      fc.property(instant, quiet, zone, (at, hours, name) => {
        const out = afterQuiet(at, hours, name);
        expect(out.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(out.getTime() - at.getTime()).toBeLessThanOrEqual(50 * 60 * MINUTE);
        if (!isQuiet(at, hours, name)) expect(out).toEqual(at);
        // Where clocks jump, what was to end within the jump may end in the hours of the next evening only if those are all day long.
        else if (clock(out, name).slice(11) === clockText(hours.to)) expect(isQuiet(out, hours, name)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["the night on which clocks go forward is an hour shorter", "2026-03-28T22:30:00Z", "2026-03-29T07:00"],
    ["the night on which they go back an hour longer", "2026-10-24T21:30:00Z", "2026-10-25T07:00"],
  ])("%s", (_name, at, ends) => {
    expect(clock(afterQuiet(new Date(at), night, berlin), berlin)).toBe(ends);
  });

  it("end after the jump where clocks jump over their end", () => {
    const out = afterQuiet(new Date("2026-03-29T00:15:00Z"), { from: 60, to: 150 }, berlin);
    expect(out.toISOString()).toBe("2026-03-29T01:30:00.000Z");
    expect(clock(out, berlin)).toBe("2026-03-29T03:30");
  });
});

const clockText = (of: number): string =>
  `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;

describe("digests", () => {
  it("come when clocks in the zone show the minute, within a day", () => {
    fc.assert(
      fc.property(instant, minute, zone, (at, wanted, name) => {
        const next = nextMinuteOfDay(at, wanted, name);
        expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
        const shows = clock(next, name).slice(11);
        const tomorrow = clock(new Date(next.getTime() - 24 * 60 * MINUTE), name);
        // A day on which clocks jump over it is the only one that shows another minute.
        if (shows !== clockText(wanted)) expect(jumps(next, name)).toBe(true);
        expect(tomorrow.length).toBe(16);
        expect(next.getTime() - at.getTime()).toBeLessThanOrEqual(49 * 60 * MINUTE);
      }),
      { numRuns: 2_000 },
    );
  });

  it("come with the next full hour, also where the zone is off by three quarters", () => {
    expect(nextHour(new Date("2026-11-21T09:00:00.000Z"), "UTC").toISOString()).toBe("2026-11-21T10:00:00.000Z");
    expect(nextHour(new Date("2026-11-21T09:20:07.123Z"), "Asia/Kathmandu").toISOString()).toBe(
      "2026-11-21T10:15:00.000Z",
    );
  });
});

/** Whether the zone's distance from UTC changes within a day of the instant. */
const jumps = (at: Date, name: string): boolean => {
  const offset = (ms: number) => inZone(new Date(ms), name).getTime() - ms;
  const day = 24 * 60 * MINUTE;
  return offset(at.getTime() - day) !== offset(at.getTime() + day);
};
