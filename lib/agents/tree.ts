/** The part of a chart node that tree rules need. */
export interface TreeNode {
  id: string;
  parentId: string | null;
}

/** Children by parent id; the root stands under null. Order of the input is kept. */
export function childrenOf<T extends TreeNode>(nodes: readonly T[]): ReadonlyMap<string | null, T[]> {
  const map = new Map<string | null, T[]>();
  for (const node of nodes) {
    const siblings = map.get(node.parentId);
    if (siblings) siblings.push(node);
    else map.set(node.parentId, [node]);
  }
  return map;
}

/** Ids of the given nodes and everything below them. */
export function subtree(nodes: readonly TreeNode[], roots: Iterable<string>): Set<string> {
  const children = childrenOf(nodes);
  const known = new Set(nodes.map((node) => node.id));
  const seen = new Set<string>();
  const open = [...roots].filter((id) => known.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const child of children.get(id) ?? []) open.push(child.id);
  }
  return seen;
}

/** The node's ancestors, nearest first, without the node. Ends at the root, at an unknown parent, or where a cycle would close. */
export function ancestors<T extends TreeNode>(byId: ReadonlyMap<string, T>, id: string): T[] {
  const path: T[] = [];
  const seen = new Set<string>([id]);
  let parentId = byId.get(id)?.parentId ?? null;
  while (parentId !== null && !seen.has(parentId)) {
    seen.add(parentId);
    const parent = byId.get(parentId);
    if (!parent) break;
    path.push(parent);
    parentId = parent.parentId;
  }
  return path;
}

type TreeFault = { kind: "cycle"; id: string } | { kind: "second_root"; id: string } | { kind: "orphan"; id: string };

/** Why these nodes are not one tree, or null when they are (invariant I11). An empty chart is a tree. */
export function treeFault(nodes: readonly TreeNode[]): TreeFault | null {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  let root: string | null = null;
  for (const node of nodes) {
    if (node.parentId === null) {
      if (root !== null) return { kind: "second_root", id: node.id };
      root = node.id;
    } else if (!byId.has(node.parentId)) {
      return { kind: "orphan", id: node.id };
    }
  }
  const reached = root === null ? new Set<string>() : subtree(nodes, [root]);
  const lost = nodes.find((node) => !reached.has(node.id));
  return lost ? { kind: "cycle", id: lost.id } : null;
}

/** Whether moving `id` below `newParentId` would close a cycle. */
export function wouldCycle(nodes: readonly TreeNode[], id: string, newParentId: string): boolean {
  return subtree(nodes, [id]).has(newParentId);
}
