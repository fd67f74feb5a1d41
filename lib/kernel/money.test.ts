import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMicroUsd, microUsd, usd } from "@/lib/kernel/money";

describe("money", () => {
  it("turns dollars into micro-USD and back without loss at six decimals", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9e14, max: 9e14 }), (micro) => microUsd(usd(BigInt(micro))) === BigInt(micro)),
    );
  });

  it("refuses what is no amount", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity, 2e9]) expect(() => microUsd(bad)).toThrow(RangeError);
  });

  it.each([
    [0n, "$0.00"],
    [4_200n, "$0.0042"],
    [1_234_500_000n, "$1,234.50"],
    [-500_000n, "-$0.50"],
    ["12345678", "$12.35"],
  ])("shows %s as %s", (amount, text) => expect(formatMicroUsd(amount)).toBe(text));
});
