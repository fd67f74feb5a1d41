import type { Viewer } from "@/lib/auth/viewer";
import { isSlug } from "@/lib/kernel/slug";

/** The node of this slug, or null when the viewer can see none. */
export async function findNode(
  viewer: Viewer,
  slug: string,
): Promise<{ id: string; kind: "team" | "person" | "agent"; slug: string; name: string } | null> {
  if (!isSlug(slug)) return null;
  const node = await viewer.db.node.findUnique({
    where: { slug },
    select: { id: true, kind: true, slug: true, name: true },
  });
  return node && viewer.access.can("chart.read", node.id) ? node : null;
}
