import { hierarchy, tree } from "d3-hierarchy";

import { childrenOf, type TreeNode } from "@/lib/agents/tree";

/** The size of a card of the chart and the room around it, in pixels. */
export const CARD = { width: 208, height: 76, gapX: 20, gapY: 56 } as const;

export interface Placed<T> {
  node: T;
  /** Of the card's upper left corner. */
  x: number;
  y: number;
  /** How many nodes stand below it, shown or not. */
  below: number;
  /** Its children are hidden. */
  collapsed: boolean;
  depth: number;
}

/**
 * A tidy tree (Reingold–Tilford, as d3-hierarchy does it) from the top down: parents over the middle of their children, siblings in
 * their order, no two cards over each other. Nodes below a collapsed one are left out. Several topmost nodes stand side by side.
 */
export function layoutTree<T extends TreeNode>(nodes: readonly T[], collapsed: ReadonlySet<string>): Placed<T>[] {
  const children = childrenOf(nodes);
  const counts = countBelow(children);
  const root = hierarchy<T | null>(null, (node) => {
    if (node !== null && collapsed.has(node.id)) return [];
    return children.get(node === null ? null : node.id) ?? [];
  });
  const laid = tree<T | null>()
    .nodeSize([CARD.width + CARD.gapX, CARD.height + CARD.gapY])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.15))(root);
  return laid.descendants().flatMap(({ data: node, x, y, depth }): Placed<T>[] => {
    if (node === null) return [];
    const below = counts.get(node.id) ?? 0;
    return [
      {
        node,
        x: Math.round(x - CARD.width / 2),
        y: Math.round(y - CARD.height - CARD.gapY),
        below,
        collapsed: below > 0 && collapsed.has(node.id),
        depth: depth - 1,
      },
    ];
  });
}

/** How many nodes stand below each; without recursion, so that a deep chain does not end the stack. */
function countBelow(children: ReadonlyMap<string | null, TreeNode[]>): Map<string, number> {
  const counts = new Map<string, number>();
  const order: TreeNode[] = [];
  const open = [...(children.get(null) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    order.push(node);
    open.push(...(children.get(node.id) ?? []));
  }
  for (const node of order.toReversed()) {
    const below = (children.get(node.id) ?? []).reduce((sum, child) => sum + 1 + (counts.get(child.id) ?? 0), 0);
    counts.set(node.id, below);
  }
  return counts;
}

/**
 * What is collapsed at first so that a large chart begins readable: everything below the depth at which more than `limit` nodes would
 * be shown. A small chart begins whole. The path to `keep` stays open.
 */
export function firstCollapsed(nodes: readonly TreeNode[], limit: number, keep: string | null = null): Set<string> {
  const children = childrenOf(nodes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path = new Set<string>();
  for (
    let id = keep === null ? null : (byId.get(keep)?.parentId ?? null);
    id !== null;
    id = byId.get(id)?.parentId ?? null
  )
    path.add(id);
  let level: TreeNode[] = children.get(null) ?? [];
  let shown = level.length;
  const collapsed = new Set<string>();
  while (level.length > 0) {
    const next = level.flatMap((node) => children.get(node.id) ?? []);
    if (shown + next.length > limit) {
      for (const node of nodes) if (children.has(node.id) && !path.has(node.id)) collapsed.add(node.id);
      for (const open of shownAbove(children, level)) collapsed.delete(open);
      return collapsed;
    }
    shown += next.length;
    level = next;
  }
  return collapsed;
}

/** Ids of the nodes above this level. */
function shownAbove(children: ReadonlyMap<string | null, TreeNode[]>, level: readonly TreeNode[]): string[] {
  const stop = new Set(level.map((node) => node.id));
  const above: string[] = [];
  const open = [...(children.get(null) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (stop.has(node.id)) continue;
    above.push(node.id);
    open.push(...(children.get(node.id) ?? []));
  }
  return above;
}
