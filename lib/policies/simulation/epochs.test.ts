import { describe, expect, it } from "vitest";

import { epochAt, epochsOf, isInForce } from "@/lib/policies/simulation/epochs";

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n));
const published = [
  { policy: "a", version: 1, at: day(1) },
  { policy: "b", version: 4, at: day(5) },
  { policy: "a", version: 2, at: day(10) },
];
const epochs = epochsOf(published, [{ policy: "b", at: day(12) }], day(3));
const inForce = (n: number): string[] =>
  epochAt(epochs, day(n).getTime()).versions.map((one) => `${one.policy}@${one.version}`);

describe("epochs", () => {
  it("say which versions were in force at any moment", () => {
    expect(inForce(3)).toEqual(["a@1"]);
    expect(inForce(5)).toEqual(["a@1", "b@4"]);
    expect(inForce(9)).toEqual(["a@1", "b@4"]);
    expect(inForce(10)).toEqual(["a@2", "b@4"]);
    expect(inForce(12)).toEqual(["a@2"]);
    expect(inForce(30)).toEqual(["a@2"]);
  });

  it("before anything was published nothing was in force", () => {
    expect(epochsOf([], [], day(1))).toEqual([{ sinceMs: -Infinity, versions: [] }]);
    expect(epochAt(epochsOf(published, [], new Date(0)), day(0).getTime()).versions).toEqual([]);
  });

  it("tell whether rules are those of an epoch", () => {
    const row = (id: string, version: number) => ({ id, version, rules: [] });
    const at = epochAt(epochs, day(6).getTime());
    expect(isInForce([row("b", 4), row("a", 1)], at)).toBe(true);
    expect(isInForce([row("b", 4), row("a", 2)], at)).toBe(false);
    expect(isInForce([row("a", 1)], at)).toBe(false);
  });
});
