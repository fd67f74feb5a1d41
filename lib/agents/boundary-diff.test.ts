import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { diffBoundaries } from "@/lib/agents/boundary-diff";
import { TIERS, type Boundary } from "@/lib/agents/schemas";

const text = fc.option(fc.string());
const list = fc.uniqueArray(fc.string(), { maxLength: 4 });
const boundary: fc.Arbitrary<Boundary> = fc.record({
  name: fc.string(),
  purpose: text,
  instructionsHash: text,
  model: text,
  framework: text,
  systemsRead: list,
  systemsWritten: list,
  neverData: list,
  delegates: list,
  tier: fc.constantFrom(...TIERS),
});

describe("the difference of two boundaries", () => {
  it("is nothing for the same one, whatever the order of its lists", () => {
    fc.assert(
      fc.property(boundary, (one) => {
        expect(diffBoundaries(one, { ...one, systemsRead: one.systemsRead.toReversed() })).toEqual([]);
      }),
    );
  });

  it("leads from the one to the other", () => {
    fc.assert(
      fc.property(boundary, boundary, (before, after) => {
        const led: Boundary = { ...before };
        for (const change of diffBoundaries(before, after)) {
          const was = before[change.field];
          const kept =
            Array.isArray(was) && change.kind === "list" ? was.filter((one) => !change.removed.includes(one)) : [];
          Object.assign(led, { [change.field]: change.kind === "value" ? change.after : [...kept, ...change.added] });
        }
        expect(diffBoundaries(led, after)).toEqual([]);
      }),
    );
  });
});
