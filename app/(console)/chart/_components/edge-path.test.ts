import * as fc from "fast-check";
import { expect, it } from "vitest";

import { edgePath } from "@/app/(console)/chart/_components/edge-path";

const place = fc.integer({ min: -5_000, max: 5_000 });

it("leads from card to card in right angles with round corners", () => {
  expect(edgePath({ x: 100, y: 72 }, { x: 300, y: 124 }, false)).toBe(
    "M100 72L100 92Q100 98 106 98L294 98Q300 98 300 104L300 124",
  );
  expect(edgePath({ x: 100, y: 72 }, { x: 100, y: 124 }, false)).toBe(
    "M100 72L100 98Q100 98 100 98L100 98Q100 98 100 98L100 124",
  );
  expect(edgePath({ x: 100, y: 72 }, { x: 20, y: 160 }, true)).toMatch(/^M100 72.*L20 160$/);
  // Across within the small gap of a column, not through the card that begins below it.
  expect(edgePath({ x: 100, y: 72 }, { x: 8, y: 216 }, true, true)).toBe(
    "M100 72L100 76.5Q100 81 95.5 81L6 81Q0 81 0 87L0 212Q0 216 4 216L8 216",
  );
});

it("always begins and ends where it should, with finite numbers", () => {
  fc.assert(
    fc.property(place, place, place, fc.boolean(), (x, toX, toY, stacked) => {
      const path = edgePath({ x, y: 0 }, { x: toX, y: toY }, stacked);
      expect(path.startsWith(`M${x} 0`)).toBe(true);
      expect(path.endsWith(`L${toX} ${toY}`)).toBe(true);
      expect(path).not.toMatch(/NaN|Infinity|undefined/);
    }),
  );
});
