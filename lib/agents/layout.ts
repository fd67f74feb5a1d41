import { hierarchy, tree } from "d3-hierarchy";

import { childrenOf, type TreeNode } from "@/lib/agents/tree";

/** The size of a card of the chart and the room around it, in pixels. `indent` is how far a stacked card stands in. */
export const CARD = { width: 216, height: 72, gapX: 28, gapY: 52, indent: 28, stackGapY: 18 } as const;

const ROW = CARD.height + CARD.gapY;
/** A longer column is broken into several, side by side. */
const COLUMN_LENGTH = 12;

export interface Placed<T> {
  node: T;
  /** Of the card's upper left corner. */
  x: number;
  y: number;
  /** How many nodes stand below it, shown or not. */
  below: number;
  /** Its children are hidden. */
  collapsed: boolean;
  /** It stands in a column under its parent, joined from the left, and not in a row below it. */
  stacked: boolean;
}

/** A place in the tidy tree: the invisible top, a node, or one of several leaves that hang in a column, the next one below. */
interface Slot<T> {
  node: T | null;
  stacked: boolean;
  next: Slot<T>[];
}

/**
 * A tidy tree (Reingold–Tilford, as d3-hierarchy does it) from the top down: parents over the middle of their children, no two cards
 * over each other. Two or more children of one parent that show nothing below themselves stand in a column, since a row of them would be
 * wider than any screen; siblings keep their order beside that. Nodes below a collapsed one are left out. Several topmost nodes stand side by side.
 */
export function layoutTree<T extends TreeNode>(nodes: readonly T[], collapsed: ReadonlySet<string>): Placed<T>[] {
  const children = childrenOf(nodes);
  const counts = countBelow(children);
  const isLeaf = (node: T): boolean => collapsed.has(node.id) || !children.has(node.id);
  const top: Slot<T> = { node: null, stacked: false, next: [] };
  const open: Slot<T>[] = [top];
  for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
    slot.next =
      slot.node !== null && isLeaf(slot.node)
        ? []
        : slotsOf(children.get(slot.node?.id ?? null) ?? [], isLeaf, slot.node !== null);
    open.push(...slot.next.filter((one) => !one.stacked));
  }
  const laid = tree<Slot<T>>()
    .nodeSize([CARD.width + CARD.indent + CARD.gapX, ROW])
    .separation(() => 1)(hierarchy(top, (slot) => slot.next));
  const placed: Placed<T>[] = [];
  const drawnY = new Map<Slot<T>, number>();
  for (const { data: slot, parent, x, y } of laid.descendants()) {
    if (slot.node === null) continue;
    // A column needs less room than the rows that the tree has kept free for it.
    const aboveY = slot.stacked && parent?.data.stacked ? drawnY.get(parent.data) : undefined;
    const drawn = aboveY === undefined ? y - ROW : aboveY + CARD.height + CARD.stackGapY;
    drawnY.set(slot, drawn);
    const below = counts.get(slot.node.id) ?? 0;
    placed.push({
      node: slot.node,
      x: Math.round(x - CARD.width / 2 + (slot.stacked ? CARD.indent : 0)),
      y: Math.round(drawn),
      below,
      collapsed: below > 0 && collapsed.has(slot.node.id),
      stacked: slot.stacked,
    });
  }
  return placed;
}

/** The slots below a node: what shows nothing below itself in columns where there is more than one such, at the place of the first. */
function slotsOf<T extends TreeNode>(
  siblings: readonly T[],
  isLeaf: (node: T) => boolean,
  mayStack: boolean,
): Slot<T>[] {
  const leaves = siblings.filter(isLeaf);
  if (!mayStack || leaves.length < 2) return siblings.map((node) => ({ node, stacked: false, next: [] }));
  const columns = chunks(leaves, COLUMN_LENGTH).map((chunk) =>
    chunk.reduceRight<Slot<T>[]>((next, node) => [{ node, stacked: true, next }], []),
  );
  return siblings.flatMap((node): Slot<T>[] => {
    if (!isLeaf(node)) return [{ node, stacked: false, next: [] }];
    return node === leaves[0] ? columns.flat() : [];
  });
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

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
