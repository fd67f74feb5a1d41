import type { ChartNode } from "@/lib/agents/chart-queries";

/** A row of the chart's list. */
export interface ListRow {
  node: ChartNode;
  /** From 1. */
  level: number;
  /** Place among its siblings, from 1, and how many they are. */
  place: number;
  size: number;
  /** Null without children. */
  open: boolean | null;
}

/** The visible rows in reading order: a node, then what stands below it where it is open. */
export function listRows(children: ReadonlyMap<string | null, ChartNode[]>, collapsed: ReadonlySet<string>): ListRow[] {
  const rows: ListRow[] = [];
  const waiting: ListRow[] = [];
  const queue = (parentId: string | null, level: number): void => {
    const siblings = children.get(parentId) ?? [];
    for (const [i, node] of siblings.toReversed().entries()) {
      const open = children.has(node.id) ? !collapsed.has(node.id) : null;
      waiting.push({ node, level, place: siblings.length - i, size: siblings.length, open });
    }
  };
  queue(null, 1);
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row);
    if (row.open === true) queue(row.node.id, row.level + 1);
  }
  return rows;
}

type ListMove = { kind: "look"; id: string } | { kind: "toggle"; id: string };

const look = (row: ListRow | undefined): ListMove | null => (row ? { kind: "look", id: row.node.id } : null);

/** What a key does, after the ARIA tree pattern: up and down by row, right opens or enters, left closes or leaves. */
export function moveInList(rows: readonly ListRow[], at: ListRow, key: string): ListMove | null {
  const place = rows.indexOf(at);
  switch (key) {
    case "ArrowDown":
      return look(rows[place + 1]);
    case "ArrowUp":
      return look(rows[place - 1]);
    case "Home":
      return look(rows[0]);
    case "End":
      return look(rows.at(-1));
    case "ArrowRight":
      if (at.open === null) return null;
      return at.open ? look(rows[place + 1]) : { kind: "toggle", id: at.node.id };
    case "ArrowLeft":
      if (at.open === true) return { kind: "toggle", id: at.node.id };
      return look(rows.find((row) => row.node.id === at.node.parentId));
    case " ":
      return at.open === null ? null : { kind: "toggle", id: at.node.id };
    default:
      return null;
  }
}
