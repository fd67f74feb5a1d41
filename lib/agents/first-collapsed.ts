import { ancestors, childrenOf, type TreeNode } from "@/lib/agents/tree";

/** The children of the topmost nodes are shown unless they are more than these: one card alone says nothing. */
const TOP_LIMIT = 120;

/**
 * What is collapsed at first so that a large chart begins readable: every node from the first level on whose children would make
 * more than `limit` nodes shown. A small chart begins whole. The path to `keep` stays open.
 */
export function firstCollapsed(nodes: readonly TreeNode[], limit: number, keep: string | null = null): Set<string> {
  const children = childrenOf(nodes);
  const open = new Set<string>();
  let level: readonly TreeNode[] = children.get(null) ?? [];
  for (let shown = level.length; level.length > 0;) {
    const next = level.flatMap((node) => children.get(node.id) ?? []);
    const isTop = level[0]?.parentId === null;
    if (shown + next.length > (isTop ? Math.max(limit, TOP_LIMIT) : limit)) break;
    for (const node of level) open.add(node.id);
    shown += next.length;
    level = next;
  }
  if (keep !== null) {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    for (const node of ancestors(byId, keep)) open.add(node.id);
  }
  return new Set(nodes.filter((node) => children.has(node.id) && !open.has(node.id)).map((node) => node.id));
}
