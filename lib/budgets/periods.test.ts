import { describe, expect, it } from "vitest";

import { endOf, startOf } from "@/lib/budgets/periods";

const at = (text: string): number => Date.parse(text);

describe("windows", () => {
  it.each([
    ["hour", "2026-11-21T12:59:59.999Z", "2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z"],
    ["hour", "2026-11-21T13:00:00Z", "2026-11-21T13:00:00Z", "2026-11-21T14:00:00Z"],
    ["day", "2026-11-21T23:59:59.999Z", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"],
    // The day on which clocks in Europe go back has 24 hours all the same.
    ["day", "2026-10-25T23:30:00Z", "2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z"],
    ["month", "2026-02-28T23:59:59.999Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
    ["month", "2028-02-29T00:00:00Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z"],
    ["month", "2026-12-31T23:59:59.999Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ] as const)("of a%s: %s", (period, now, starts, ends) => {
    expect(startOf(period, at(now))).toBe(at(starts));
    expect(endOf(period, at(starts))).toBe(at(ends));
    expect(startOf(period, at(ends))).toBe(at(ends));
  });

  it("of a run: one, without an end", () => {
    expect([startOf("run", at("2026-11-21T12:00:00Z")), endOf("run", 0)]).toEqual([0, null]);
  });
});
