import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { firstCollapsed } from "@/lib/agents/first-collapsed";
import { CARD, layoutTree } from "@/lib/agents/layout";
import type { TreeNode } from "@/lib/agents/tree";

/** A random tree of up to 60 nodes: node i hangs below one with a smaller number, node 0 is the root. */
const chart = fc
  .array(fc.nat(), { minLength: 1, maxLength: 60 })
  .map((picks): TreeNode[] => picks.map((pick, i) => ({ id: `n${i}`, parentId: i === 0 ? null : `n${pick % i}` })));

describe("the chart's layout", () => {
  it("places every node once, below its parent, and no two cards over each other", () => {
    fc.assert(
      fc.property(chart, (nodes) => {
        const placed = layoutTree(nodes, new Set());
        expect(placed.map((one) => one.node.id).toSorted()).toEqual(nodes.map((node) => node.id).toSorted());
        const at = new Map(placed.map((one) => [one.node.id, one]));
        for (const one of placed) {
          const parent = one.node.parentId === null ? undefined : at.get(one.node.parentId);
          if (parent) expect(one.y).toBeGreaterThanOrEqual(parent.y + CARD.height);
          else expect(one.y).toBe(0);
          for (const other of placed) {
            const apart = Math.abs(one.x - other.x) >= CARD.width || Math.abs(one.y - other.y) >= CARD.height;
            expect(one === other || apart).toBe(true);
          }
        }
        expect(at.get("n0")?.below).toBe(nodes.length - 1);
      }),
    );
  });

  it("hangs several leaves of one parent in a column, in their order, with the few leaves of one among them", () => {
    const nodes = ["a", "b", "c"].map((id) => ({ id, parentId: "root" }));
    const placed = layoutTree([{ id: "root", parentId: null }, ...nodes, { id: "d", parentId: "b" }], new Set());
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => placed.find((one) => one.node.id === id));
    expect([a, b, c, d].map((one) => one?.stacked)).toEqual([true, true, true, true]);
    expect([b?.x, c?.x]).toEqual([a?.x, a?.x]);
    expect((d?.x ?? 0) - (b?.x ?? 0)).toBe(CARD.twigIndent);
    const steps = [b, d, c].map((one) => ((one?.y ?? 0) - (a?.y ?? 0)) / (CARD.height + CARD.stackGapY));
    expect(steps).toEqual([1, 2, 3]);
  });

  it("gives a column of its own to what has many leaves, or a leaf further down", () => {
    const nodes = ["a", "b", "c"].map((id) => ({ id, parentId: "root" }));
    const many = Array.from({ length: 5 }, (_, i) => ({ id: `b${i}`, parentId: "b" }));
    const wide = layoutTree([{ id: "root", parentId: null }, ...nodes, ...many], new Set());
    expect(wide.find((one) => one.node.id === "b")?.stacked).toBe(false);
    const deep = [
      { id: "d", parentId: "b" },
      { id: "e", parentId: "d" },
    ];
    const long = layoutTree([{ id: "root", parentId: null }, ...nodes, ...deep], new Set());
    expect(long.filter((one) => one.stacked).map((one) => one.node.id)).toEqual(["a", "c"]);
  });

  it("breaks a long column into several, all of which begin at one height", () => {
    const leaves = Array.from({ length: 30 }, (_, i) => ({ id: `${i}`, parentId: "root" }));
    const placed = layoutTree([{ id: "root", parentId: null }, ...leaves], new Set()).filter((one) => one.stacked);
    const columns = [...new Set(placed.map((one) => one.x))].map((x) => placed.filter((one) => one.x === x));
    expect(columns.map((column) => column.length)).toEqual([12, 12, 6]);
    expect(new Set(columns.map((column) => Math.min(...column.map((one) => one.y)))).size).toBe(1);
  });

  it("hides exactly what stands below a collapsed node, and counts it", () => {
    fc.assert(
      fc.property(chart, fc.nat(), (nodes, pick) => {
        const id = `n${pick % nodes.length}`;
        const whole = layoutTree(nodes, new Set());
        const folded = layoutTree(nodes, new Set([id]));
        const below = whole.find((one) => one.node.id === id)?.below ?? 0;
        expect(folded).toHaveLength(nodes.length - below);
        expect(folded.find((one) => one.node.id === id)).toMatchObject({ below, collapsed: below > 0 });
      }),
    );
  });

  it("takes a chart of no nodes, of several topmost ones, and one that is a thousand deep", () => {
    expect(layoutTree([], new Set())).toEqual([]);
    const two = layoutTree(
      [
        { id: "a", parentId: null },
        { id: "b", parentId: null },
      ],
      new Set(),
    );
    expect(two.map((one) => one.y)).toEqual([0, 0]);
    const deep = Array.from({ length: 1_000 }, (_, i) => ({ id: `${i}`, parentId: i === 0 ? null : `${i - 1}` }));
    expect(layoutTree(deep, new Set())).toHaveLength(1_000);
  });

  it("begins with at most so many nodes where the first level allows it, and with the path to the one looked for", () => {
    fc.assert(
      fc.property(chart, fc.integer({ min: 1, max: 80 }), fc.nat(), (nodes, limit, pick) => {
        const first = 1 + nodes.filter((node) => node.parentId === "n0").length;
        expect(layoutTree(nodes, firstCollapsed(nodes, limit)).length).toBeLessThanOrEqual(Math.max(first, limit));
        const id = `n${pick % nodes.length}`;
        const shown = layoutTree(nodes, firstCollapsed(nodes, limit, id));
        expect(shown.some((one) => one.node.id === id)).toBe(true);
      }),
    );
    expect(
      firstCollapsed(
        [
          { id: "a", parentId: null },
          { id: "b", parentId: "a" },
        ],
        10,
      ),
    ).toEqual(new Set());
  });
});
