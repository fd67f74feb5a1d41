import { hierarchy, tree } from "d3-hierarchy";

import { childrenOf, type TreeNode } from "@/lib/agents/tree";

/** The size of a card of the chart and the room around it, in pixels. `indent` is how far a stacked card stands in, `twigIndent` how much further one below a stacked card. */
export const CARD = { width: 216, height: 72, gapX: 28, gapY: 52, indent: 28, twigIndent: 16, stackGapY: 18 } as const;

const ROW = CARD.height + CARD.gapY;
/** A longer column is broken into several, side by side. */
const COLUMN_LENGTH = 12;
/** A node with so many leaves, and nothing else, below it hangs in a column with them; one with more has a column of its own below it. */
const TWIG_LEAVES = 4;

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
  /** It hangs below another card of the same column. */
  twig: boolean;
  next: Slot<T>[];
}

/**
 * A tidy tree (Reingold–Tilford, as d3-hierarchy does it) from the top down: parents over the middle of their children, no two cards
 * over each other. Two or more children of one parent that show nothing, or only few leaves, below themselves stand in a column, since a
 * row of them would be wider than any screen; siblings keep their order beside that. Nodes below a collapsed one are left out. Several topmost nodes stand side by side.
 */
export function layoutTree<T extends TreeNode>(nodes: readonly T[], collapsed: ReadonlySet<string>): Placed<T>[] {
  const children = childrenOf(nodes);
  const counts = countBelow(children);
  const isLeaf = (node: T): boolean => collapsed.has(node.id) || !children.has(node.id);
  const leavesOf = (node: T): readonly T[] | null => {
    if (isLeaf(node)) return [];
    const next = children.get(node.id) ?? [];
    return next.length <= TWIG_LEAVES && next.every(isLeaf) ? next : null;
  };
  const top: Slot<T> = { node: null, stacked: false, twig: false, next: [] };
  const open: Slot<T>[] = [top];
  for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
    slot.next =
      slot.node !== null && isLeaf(slot.node)
        ? []
        : slotsOf(children.get(slot.node?.id ?? null) ?? [], leavesOf, slot.node !== null);
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
      x: Math.round(x - CARD.width / 2 + (slot.stacked ? CARD.indent : 0) + (slot.twig ? CARD.twigIndent : 0)),
      y: Math.round(drawn),
      below,
      collapsed: below > 0 && collapsed.has(slot.node.id),
      stacked: slot.stacked,
    });
  }
  return placed;
}

/**
 * The slots below a node: what shows nothing below itself, or only few leaves, in columns where there is more than one such, at the place
 * of the first. `leavesOf`: what hangs below it in its column; null where it needs room of its own.
 */
function slotsOf<T extends TreeNode>(
  siblings: readonly T[],
  leavesOf: (node: T) => readonly T[] | null,
  mayStack: boolean,
): Slot<T>[] {
  const branch = (node: T): Slot<T> => ({ node, stacked: false, twig: false, next: [] });
  const twigs = siblings.flatMap((node) => {
    const leaves = leavesOf(node);
    return leaves === null ? [] : [[node, ...leaves]];
  });
  if (!mayStack || twigs.length < 2) return siblings.map(branch);
  const columns = columnsOf(twigs).map((column) =>
    column.reduceRight<Slot<T>[]>((next, { node, twig }) => [{ node, stacked: true, twig, next }], []),
  );
  return siblings.flatMap((node): Slot<T>[] => {
    if (leavesOf(node) === null) return [branch(node)];
    return node === twigs[0]?.[0] ? columns.flat() : [];
  });
}

/** Columns of at most so many cards; what hangs below a card stays in its column. */
function columnsOf<T>(twigs: readonly (readonly T[])[]): { node: T; twig: boolean }[][] {
  const columns: { node: T; twig: boolean }[][] = [];
  for (const twig of twigs) {
    const cards = twig.map((node, at) => ({ node, twig: at > 0 }));
    const column = columns.at(-1);
    if (column && column.length + cards.length <= COLUMN_LENGTH) column.push(...cards);
    else columns.push(cards);
  }
  return columns;
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
