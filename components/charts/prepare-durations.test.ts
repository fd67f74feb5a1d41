import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTickDuration, niceDuration, prepareDurations } from "./prepare-durations";

describe("durations over time", () => {
  it("leaves out what was not measured, and keeps the rest in order", () => {
    const rows = prepareDurations(
      [
        { atMs: 2, values: { median: 5_000, p90: null } },
        { atMs: 1, values: { median: 1_000, p90: 9_000, odd: 1 } },
        { atMs: 3, values: { median: null, p90: Number.NaN } },
      ],
      ["median", "p90"],
    );
    expect(rows).toEqual([
      { atMs: 1, counts: { median: 1_000, p90: 9_000 }, total: 9_000 },
      { atMs: 2, counts: { median: 5_000 }, total: 5_000 },
    ]);
  });

  it("ends an axis at a round time that nothing passes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 86_400_000 }), (ms) => {
        expect(niceDuration(ms)).toBeGreaterThanOrEqual(ms);
        expect(formatTickDuration(niceDuration(ms))).toMatch(/^\d+(\.\d)?[smhd]$/);
      }),
    );
  });

  it.each([
    [0, "0"],
    [1_500, "1.5s"],
    [150_000, "2.5m"],
    [5_400_000, "1.5h"],
    [172_800_000, "2d"],
  ])("writes %i ms as %s", (ms, text) => expect(formatTickDuration(ms)).toBe(text));
});
