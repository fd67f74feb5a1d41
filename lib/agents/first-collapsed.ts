import { ancestors, childrenOf, type TreeNode } from "@/lib/agents/tree";

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
    if (shown + next.length > limit) break;
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
