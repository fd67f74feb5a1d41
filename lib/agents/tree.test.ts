import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ancestors, subtree, treeFault, wouldCycle, type TreeNode } from "@/lib/agents/tree";

/** A random tree: node i hangs below a node with a smaller number. */
const tree = fc
  .array(fc.nat(), { minLength: 1, maxLength: 40 })
  .map((picks) => picks.map((pick, i): TreeNode => ({ id: `n${i}`, parentId: i === 0 ? null : `n${pick % i}` })));

describe("I11: the chart is a tree", () => {
  it("finds no fault in a tree", () => {
    fc.assert(fc.property(tree, (nodes) => treeFault(nodes) === null));
  });

  it("accepts exactly those moves that keep it one", () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), (nodes, a, b) => {
        const moved = nodes[a % nodes.length];
        const target = nodes[b % nodes.length];
        if (!moved || !target || moved.parentId === null) return;
        const after = nodes.map((node) => (node === moved ? { ...node, parentId: target.id } : node));
        expect(treeFault(after) === null).toBe(!wouldCycle(nodes, moved.id, target.id));
      }),
    );
  });

  it("names a second root, an orphan and a cycle", () => {
    expect(
      treeFault([
        { id: "a", parentId: null },
        { id: "b", parentId: null },
      ]),
    ).toEqual({ kind: "second_root", id: "b" });
    expect(
      treeFault([
        { id: "a", parentId: null },
        { id: "b", parentId: "x" },
      ]),
    ).toEqual({ kind: "orphan", id: "b" });
    expect(
      treeFault([
        { id: "a", parentId: "b" },
        { id: "b", parentId: "a" },
      ]),
    ).toEqual({ kind: "cycle", id: "a" });
  });
});

describe("sight and questions", () => {
  it("a node is in the subtree of each of its ancestors, and of no other node", () => {
    fc.assert(
      fc.property(tree, fc.nat(), (nodes, pick) => {
        const node = nodes[pick % nodes.length];
        if (!node) return;
        const above = new Set(ancestors(new Map(nodes.map((one) => [one.id, one])), node.id).map((one) => one.id));
        for (const other of nodes) {
          const covered = subtree(nodes, [other.id]).has(node.id);
          expect(covered).toBe(other.id === node.id || above.has(other.id));
        }
      }),
    );
  });
});
