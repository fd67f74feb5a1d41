import type { ChartNode } from "@/lib/agents/chart-queries";

/** The part of the chart's state that moving depends on. */
export interface Moving {
  byId: ReadonlyMap<string, ChartNode>;
  children: ReadonlyMap<string | null, ChartNode[]>;
  collapsed: ReadonlySet<string>;
  current: string | null;
}

export type Move = { kind: "look"; id: string } | { kind: "toggle"; id: string } | { kind: "open"; node: ChartNode };

const look = (node: ChartNode | undefined): Move | null => (node ? { kind: "look", id: node.id } : null);

/** What a key does to the chart, which grows downwards: up to the parent, down to the first child, sideways among siblings. Null: nothing. */
export function moveInChart({ byId, children, collapsed, current }: Moving, key: string): Move | null {
  const node = current === null ? undefined : byId.get(current);
  const [top] = children.get(null) ?? [];
  if (!node) return key.startsWith("Arrow") || key === "Home" ? look(top) : null;
  const below = children.get(node.id) ?? [];
  const siblings = children.get(node.parentId) ?? [];
  const place = siblings.indexOf(node);
  switch (key) {
    case "ArrowUp":
      return look(node.parentId === null ? undefined : byId.get(node.parentId));
    case "ArrowDown":
      if (below.length > 0 && collapsed.has(node.id)) return { kind: "toggle", id: node.id };
      return look(below[0]);
    case "ArrowLeft":
      return look(siblings[place - 1]);
    case "ArrowRight":
      return look(siblings[place + 1]);
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
