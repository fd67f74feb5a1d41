import type { Viewer } from "@/lib/auth/viewer";

/** A node above another, as far as a page shows it. */
export interface AncestorNode {
  id: string;
  kind: "team" | "person" | "agent";
  slug: string;
  name: string;
  suspended: boolean;
}

/**
 * The nodes above each of these, nearest first, those that the viewer may see. One query.
 * At most 100 ids: callers ask for one page.
 */
export async function ancestorsInSight(viewer: Viewer, ids: readonly string[]): Promise<Map<string, AncestorNode[]>> {
  if (ids.length > 100) throw new RangeError("ancestorsInSight: at most 100 ids");
  const above = new Map<string, AncestorNode[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return above;
  const rows = await viewer.db.$queryRaw<(AncestorNode & { start: string })[]>`
    WITH RECURSIVE up AS (
      SELECT id AS start, parent_id, 0 AS depth FROM node WHERE id = ANY(${ids}::uuid[])
      UNION ALL
      SELECT up.start, node.parent_id, up.depth + 1 FROM up JOIN node ON node.id = up.parent_id
    )
    SELECT up.start, node.id, node.kind::text AS kind, node.slug, node.name, node.suspended
    FROM up JOIN node ON node.id = up.parent_id
    ORDER BY up.start, up.depth`;
  for (const { start, ...node } of rows) {
    if (viewer.access.can("chart.read", node.id)) above.get(start)?.push(node);
  }
  return above;
}
