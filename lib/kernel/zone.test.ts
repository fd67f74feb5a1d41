import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inZone, isZone, timeZoneSchema } from "@/lib/kernel/zone";

const clock = (iso: string, zone: string): string => inZone(new Date(iso), zone).toISOString().slice(0, 19);

describe("inZone", () => {
  it.each([
    // Berlin goes forward at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October 2026.
    ["2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29T01:59:59"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00:00"],
    ["2026-10-25T00:59:59Z", "Europe/Berlin", "2026-10-25T02:59:59"],
    ["2026-10-25T01:00:00Z", "Europe/Berlin", "2026-10-25T02:00:00"],
    ["2026-03-08T07:00:00Z", "America/New_York", "2026-03-08T03:00:00"],
    ["2026-01-01T00:00:00Z", "Asia/Kathmandu", "2026-01-01T05:45:00"],
    ["2026-10-04T15:00:00Z", "Australia/Lord_Howe", "2026-10-05T02:00:00"],
    ["2026-12-31T23:30:00Z", "Pacific/Kiritimati", "2027-01-01T13:30:00"],
    ["2026-06-01T12:00:00Z", "+02:30", "2026-06-01T14:30:00"],
    ["2026-06-01T12:00:00Z", "-11:00", "2026-06-01T01:00:00"],
    ["2026-06-01T12:00:00Z", "02:00", "2026-06-01T14:00:00"],
    ["2026-06-01T12:00:00Z", "UTC", "2026-06-01T12:00:00"],
    ["0001-06-01T12:00:00Z", "UTC", "0001-06-01T12:00:00"],
    ["0047-06-01T12:00:00Z", "UTC", "0047-06-01T12:00:00"],
  ])("%s in %s is %s", (iso, zone, local) => expect(clock(iso, zone)).toBe(local));

  it("keeps milliseconds, also before 1970", () => {
    expect(inZone(new Date("1969-07-20T20:17:40.123Z"), "Europe/Berlin").toISOString()).toBe(
      "1969-07-20T21:17:40.123Z",
    );
  });

  it("throws for no zone, and beyond the calendar", () => {
    expect(() => inZone(new Date(0), "Mars/Phobos")).toThrow(RangeError);
    expect(() => inZone(new Date("0001-01-01T00:00:00Z"), "America/New_York")).toThrow(RangeError);
  });

  const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"];
  const instants = fc.date({ min: new Date("1971-01-01"), max: new Date("2050-01-01"), noInvalidDate: true });

  it("says what an independent reading of the zone's clock says", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, instant) => {
        const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
        expect(inZone(instant, zone).toISOString().slice(0, 19)).toBe(parts.format(instant).replace(" ", "T"));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is off by less than a day, and for an instant always by the same", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, instant) => {
        const there = inZone(instant, zone).getTime() - instant.getTime();
        expect(Math.abs(there)).toBeLessThan(86_400_000);
        inZone(new Date(instant.getTime() + 10_000_000_000), zone);
        expect(inZone(instant, zone).getTime() - instant.getTime()).toBe(there);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("names of zones", () => {
  it.each(["Europe/Berlin", "UTC", "Etc/GMT+5", "+02:00", "-02:30"])("%s is one", (name) =>
    expect(isZone(name)).toBe(true),
  );
  it.each(["", "Mars/Phobos", "Europe", "+24:00", "+02:60", "2:00", "__proto__", "Europe/Berlin "])(
    "%j is none",
    (name) => expect(isZone(name)).toBe(false),
  );
  it("are checked where they are stored", () => expect(timeZoneSchema.safeParse("Mars/Phobos").success).toBe(false));
});
