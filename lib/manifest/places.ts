import type { CurrentNode } from "@/lib/manifest/current";
import type { FlatNode } from "@/lib/manifest/flatten";

/**
 * Positions among siblings, by slug, for all nodes of a manifest. Where those that exist stand in the manifest's order already they keep their
 * places and new ones follow behind; else all listed siblings are numbered anew. A manifest that lists only some siblings thus moves none of them.
 */
export function placesOf(nodes: readonly FlatNode[], current: readonly CurrentNode[]): ReadonlyMap<string, number> {
  const known = new Map(current.map((node) => [node.slug, node]));
  const last = new Map<string, number>();
  for (const { parent, position } of current) last.set(parent, Math.max(last.get(parent) ?? -1, position));
  const places = new Map<string, number>();
  for (const [parent, siblings] of byParent(nodes)) {
    const staying = siblings.filter((node) => known.get(node.slug)?.parent === parent);
    const news = siblings.slice(staying.length);
    const keeps = staying.every((node, index) => siblings[index] === node) && ascending(staying, known);
    for (const [index, node] of siblings.entries()) {
      const before = known.get(node.slug);
      if (!keeps) places.set(node.slug, index);
      else if (before?.parent === parent) places.set(node.slug, before.position);
      else places.set(node.slug, (last.get(parent) ?? -1) + 1 + news.indexOf(node));
    }
  }
  return places;
}

function byParent(nodes: readonly FlatNode[]): ReadonlyMap<string, FlatNode[]> {
  const siblings = new Map<string, FlatNode[]>();
  for (const node of nodes) siblings.set(node.parent, [...(siblings.get(node.parent) ?? []), node]);
  return siblings;
}

/** Whether the nodes stand in this order already: by position, among equals by slug. */
function ascending(nodes: readonly FlatNode[], known: ReadonlyMap<string, CurrentNode>): boolean {
  return nodes.every((node, index) => {
    const next = nodes[index + 1];
    if (!next) return true;
    const [a, b] = [known.get(node.slug)?.position ?? 0, known.get(next.slug)?.position ?? 0];
    return a < b || (a === b && node.slug < next.slug);
  });
}
