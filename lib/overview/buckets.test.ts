import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fillBuckets, SPANS, spanStart, startOfDay, type Span } from "@/lib/overview/buckets";

const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
const span = fc.constantFrom<Span>("day", "week");

describe("buckets of decisions", () => {
  it("end with the one that now lies in, without a gap", () => {
    fc.assert(
      fc.property(span, instant, (which, now) => {
        const buckets = fillBuckets(which, now, []);
        expect(buckets).toHaveLength(SPANS[which].buckets);
        expect(buckets[0]?.start).toEqual(spanStart(which, now));
        for (const [i, bucket] of buckets.entries()) expect(buckets[i + 1]?.start ?? bucket.end).toEqual(bucket.end);
        const last = buckets.at(-1);
        expect(last && last.start <= now && now < last.end).toBe(true);
      }),
    );
  });

  it("keep every count in the span, and none outside", () => {
    const now = new Date("2026-11-21T03:30:00Z");
    const buckets = fillBuckets("day", now, [
      { bucket: 0, effect: "allow", count: 3 },
      { bucket: 23, effect: "deny", count: 2 },
      { bucket: 23, effect: "escalate", count: 1 },
      { bucket: 24, effect: "deny", count: 9 },
      { bucket: -1, effect: "deny", count: 9 },
    ]);
    expect(buckets[0]).toMatchObject({ start: new Date("2026-11-20T04:00:00Z"), allow: 3, deny: 0 });
    expect(buckets.at(-1)).toMatchObject({ start: new Date("2026-11-21T03:00:00Z"), deny: 2, escalate: 1 });
    expect(buckets.reduce((sum, bucket) => sum + bucket.deny, 0)).toBe(2);
  });
});

describe("the start of a day", () => {
  it.each([
    ["2026-11-21T03:30:00Z", null, "2026-11-21T00:00:00Z"],
    ["2026-11-21T03:30:00Z", "America/New_York", "2026-11-20T05:00:00Z"],
    ["2026-11-21T03:30:00Z", "Asia/Kolkata", "2026-11-20T18:30:00Z"],
    ["2026-11-21T03:30:00Z", "No/Where", "2026-11-21T00:00:00Z"],
    ["2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00Z"],
    ["2026-10-25T12:00:00Z", "Europe/Berlin", "2026-10-24T22:00:00Z"],
  ])("of %s in %s is %s", (now, zone, start) => {
    expect(startOfDay(new Date(now), zone)).toEqual(new Date(start));
  });

  it("is never later than now, nor more than 25 hours before", () => {
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"),
        (now, zone) => {
          const start = startOfDay(now, zone).getTime();
          expect(start <= now.getTime() && now.getTime() - start < 25 * 3_600_000).toBe(true);
        },
      ),
    );
  });
});
