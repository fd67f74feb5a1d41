import type { ChartNode } from "@/lib/agents/chart-queries";

/** The part of the chart's state that moving depends on. */
interface Moving {
  byId: ReadonlyMap<string, ChartNode>;
  children: ReadonlyMap<string | null, ChartNode[]>;
  collapsed: ReadonlySet<string>;
  current: string | null;
  /** Ids of the cards that stand in a column under their parent. */
  stacked: ReadonlySet<string>;
}

type Move = { kind: "look"; id: string } | { kind: "toggle"; id: string } | { kind: "open"; node: ChartNode };

const look = (node: ChartNode | undefined): Move | null => (node ? { kind: "look", id: node.id } : null);

/**
 * What a key does to the chart: arrows go where they point. Down leads to the first child, or along a column; up to the parent, or
 * along a column with all that hangs in it; sideways among siblings, of which a column is one. Space opens and closes, Enter leads to the page. Null: nothing.
 */
export function moveInChart(moving: Moving, key: string): Move | null {
  const { byId, children, collapsed, current, stacked } = moving;
  const node = current === null ? undefined : byId.get(current);
  const [top] = children.get(null) ?? [];
  if (!node) return key.startsWith("Arrow") || key === "Home" ? look(top) : null;
  const below = children.get(node.id) ?? [];
  const parent = node.parentId === null ? undefined : byId.get(node.parentId);
  // A leaf that hangs below a card of a column moves as a part of that column.
  const twig = parent && stacked.has(node.id) && stacked.has(parent.id) ? parent : node;
  const siblings = children.get(twig.parentId) ?? [];
  const hanging = siblings.filter((one) => stacked.has(one.id));
  const column = hanging.flatMap((one) => [
    one,
    ...(collapsed.has(one.id) ? [] : (children.get(one.id) ?? []).filter(({ id }) => stacked.has(id))),
  ]);
  const branches = siblings.filter((one) => !stacked.has(one.id) || one === column[0]);
  const inColumn = column.indexOf(node);
  const branch = branches.indexOf(inColumn === -1 ? node : (column[0] ?? node));
  const closed = below.length > 0 && collapsed.has(node.id);
  switch (key) {
    case "ArrowUp":
      return look(inColumn > 0 ? column[inColumn - 1] : parent);
    case "ArrowDown":
      if (inColumn !== -1) return look(column[inColumn + 1]);
      return closed ? { kind: "toggle", id: node.id } : look(below[0]);
    case "ArrowLeft":
      return look(branches[branch - 1]);
    case "ArrowRight":
      if (inColumn !== -1 && closed) return { kind: "toggle", id: node.id };
      return look(branches[branch + 1]);
    case "Home":
      return look(top);
    case " ":
      return below.length > 0 ? { kind: "toggle", id: node.id } : null;
    case "Enter":
      return { kind: "open", node };
    default:
      return null;
  }
}
