import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonChanges } from "./json-changes";
import type { Json } from "./json-text";

const copy = (value: unknown): Json => JSON.parse(JSON.stringify(value));

describe("jsonChanges", () => {
  it("names what was added, removed and changed by path", () => {
    expect(
      jsonChanges(
        { tier: "prepare", systems: ["crm"], note: "x" },
        { tier: "execute", systems: ["crm", "mail"], "odd key": 1 },
      ),
    ).toEqual([
      { kind: "changed", path: "tier", before: "prepare", after: "execute" },
      { kind: "added", path: "systems[1]", after: "mail" },
      { kind: "removed", path: "note", before: "x" },
      { kind: "added", path: '["odd key"]', after: 1 },
    ]);
  });

  it("takes a change of kind as one change", () => {
    expect(jsonChanges({ a: [1] }, { a: { "0": 1 } })).toEqual([
      { kind: "changed", path: "a", before: [1], after: { "0": 1 } },
    ]);
  });

  it("finds nothing between equal values, and something between different ones", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        expect(jsonChanges(copy(left), copy(left))).toEqual([]);
        const same = JSON.stringify(sorted(copy(left))) === JSON.stringify(sorted(copy(right)));
        expect(jsonChanges(copy(left), copy(right)).length === 0).toBe(same);
      }),
    );
  });
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, child]) => [key, sorted(child ?? null)]),
  );
}
