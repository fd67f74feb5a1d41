import { describe, expect, it } from "vitest";
import { riskLevel } from "./risk";

describe("risk level", () => {
  it.each([
    ["reversible", "low", "low"],
    ["reversible", "high", "medium"],
    ["compensable", "medium", "medium"],
    ["compensable", "high", "high"],
    ["irreversible", "low", "medium"],
    ["irreversible", "high", "high"],
  ] as const)("%s with %s impact is %s", (reversibility, impact, level) => {
    expect(riskLevel(reversibility, impact)).toBe(level);
  });
});
