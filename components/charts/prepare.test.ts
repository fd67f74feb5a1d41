import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisStyle, countTicks, formatTick, niceMax } from "./prepare-axis";
import { prepareSeries, seriesTotals } from "./prepare-series";
import { prepareSparkline } from "./prepare-sparkline";

const HOUR_MS = 3_600_000;

describe("prepareSeries", () => {
  const range = { series: ["allow", "deny"], fromMs: 0, toMs: 3 * HOUR_MS, bucketMs: HOUR_MS };

  it("fills quiet buckets with zeros, adds within a bucket and drops what lies outside", () => {
    const rows = prepareSeries({
      ...range,
      points: [
        { at: 10, series: "allow", count: 2 },
        { at: HOUR_MS - 1, series: "allow", count: 3 },
        { at: "1970-01-01T02:00:00Z", series: "deny", count: 1 },
        { at: 3 * HOUR_MS, series: "deny", count: 9 },
        { at: -1, series: "deny", count: 9 },
        { at: 10, series: "unknown", count: 9 },
        { at: "nonsense", series: "allow", count: 9 },
      ],
    });
    expect(rows.map((row) => [row.atMs, row.counts.allow, row.counts.deny, row.total])).toEqual([
      [0, 5, 0, 5],
      [HOUR_MS, 0, 0, 0],
      [2 * HOUR_MS, 0, 1, 1],
    ]);
    expect(seriesTotals(rows, range.series)).toEqual({ allow: 5, deny: 1 });
  });

  it("gives nothing for an empty range, and never more than a screen can show", () => {
    expect(prepareSeries({ ...range, points: [], toMs: 0 })).toEqual([]);
    expect(prepareSeries({ ...range, points: [], toMs: 1e12, bucketMs: 1 })).toHaveLength(500);
  });

  it("loses no count that lies within the range", () => {
    const point = fc.record({
      at: fc.integer({ min: 0, max: 3 * HOUR_MS - 1 }),
      series: fc.constantFrom("allow", "deny"),
      count: fc.nat(1_000),
    });
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const total = prepareSeries({ ...range, points }).reduce((sum, row) => sum + row.total, 0);
        expect(total).toBe(points.reduce((sum, each) => sum + each.count, 0));
      }),
    );
  });
});

describe("axis", () => {
  it("reads short ranges by the clock and long ones by the calendar, in the viewer's zone", () => {
    expect(axisStyle(0, 24 * HOUR_MS)).toBe("clock");
    expect(axisStyle(0, 72 * HOUR_MS)).toBe("day");
    expect(formatTick(0, "clock", "Asia/Tokyo")).toBe("09:00");
    expect(formatTick(0, "day", "America/New_York")).toBe("31 Dec");
  });

  it.each([
    [0, 1],
    [1, 1],
    [3, 5],
    [7, 10],
    [120, 200],
    [Number.NaN, 1],
  ])("ends an axis for %s at %s", (value, max) => expect(niceMax(value)).toBe(max));

  it("has no line between two counts", () => {
    expect([1, 2, 5, 10].map(countTicks)).toEqual([
      [0, 1],
      [0, 1, 2],
      [0, 5],
      [0, 5, 10],
    ]);
  });
});

describe("sparkline", () => {
  it("draws from zero, a single value flat, and nothing for nothing", () => {
    expect(prepareSparkline([0, 10, 5], 100, 20)?.line).toBe("M0,20L50,0L100,10");
    expect(prepareSparkline([4], 100, 20)?.line).toBe("M0,0L100,0");
    expect(prepareSparkline([0, 0], 100, 20)?.line).toBe("M0,20L100,20");
    expect(prepareSparkline([], 100, 20)).toBeNull();
  });
});
