import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration } from "./duration";
import { initials } from "./initials";
import { keyCaps } from "./key-caps";
import { formatMicroUsdExact } from "./money-exact";
import { formatCompact, formatPercent, formatPlural } from "./number";
import { formatExact, formatRelative, formatTime } from "./time";

const digitsOf = (text: string) => BigInt(text.replaceAll(/[$,.]/g, ""));

describe("money", () => {
  it("keeps every digit in the exact form", () => {
    expect(formatMicroUsdExact("1234004200")).toBe("$1,234.004200");
    expect(formatMicroUsdExact(-5n)).toBe("-$0.000005");
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), (micros) => {
        expect(digitsOf(formatMicroUsdExact(micros))).toBe(micros);
      }),
    );
  });
});

describe("time", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  it.each([
    ["2026-11-21T11:59:58Z", "now"],
    ["2026-11-21T11:59:20Z", "40s ago"],
    ["2026-11-21T12:30:00Z", "in 30m"],
    ["2026-11-21T07:00:00Z", "5h ago"],
    ["2026-11-01T12:00:00Z", "20d ago"],
    ["nonsense", "–"],
  ])("shows %s as %s", (value, shown) => expect(formatRelative(value, now)).toBe(shown));

  it("writes a time in the viewer's zone and says the exact one in UTC", () => {
    expect(formatTime("2026-11-21T23:05:09.123Z", "minute", "Asia/Tokyo")).toBe("22 Nov 2026, 08:05");
    expect(formatTime("2026-11-21T23:05:09.123Z", "clock", "UTC")).toBe("23:05:09.123");
    expect(formatExact("2026-11-21T23:05:09.123Z", "Asia/Tokyo")).toBe(
      "2026-11-21 23:05:09.123 UTC\n22 Nov 2026, 08:05 (Asia/Tokyo)",
    );
  });
});

describe("durations and numbers", () => {
  it.each([
    [0, "0 ms"],
    [0.42, "0.4 ms"],
    [12.4, "12 ms"],
    [1_240, "1.24 s"],
    [40_345, "40 s"],
    [59_990, "1m 00s"],
    [185_000, "3m 05s"],
    [7_800_000, "2h 10m"],
    [360_000_000, "4d 4h"],
    [-1, "–"],
  ])("shows %s ms as %s", (ms, shown) => expect(formatDuration(ms)).toBe(shown));

  it("does not round a share to none or all", () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(formatPercent)).toEqual(["0%", "<1%", "50%", ">99%", "100%"]);
  });

  it("counts", () => {
    expect(formatPlural(1, "run")).toBe("1 run");
    expect(formatPlural(1_200, "policy", "policies")).toBe("1,200 policies");
    expect(formatCompact(12_345)).toBe("12.3k");
  });
});

describe("names and keys", () => {
  it.each([
    ["Ana Reyes", "AR"],
    ["desk", "DE"],
    ["refund-desk", "RD"],
    ["", "?"],
  ])("abbreviates %s to %s", (name, shown) => expect(initials(name)).toBe(shown));

  it("prints the caps of the keyboard in use", () => {
    expect(keyCaps("mod+k", true)).toEqual(["⌘", "K"]);
    expect(keyCaps("mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(keyCaps("g r", false)).toEqual(["G", "R"]);
  });
});
