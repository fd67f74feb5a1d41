import type { Viewer } from "@/lib/auth/viewer";

const OFFERED_MAX = 1_000;

/** What a grant can name: every system as a whole (`crm.*`), then each action in force. At most 1,000 actions; others can be typed. */
export async function grantPatterns(viewer: Viewer): Promise<string[]> {
  if (!viewer.access.canAnywhere("catalogue.read")) return [];
  const actions = await viewer.db.action.findMany({
    where: { retiredAt: null },
    select: { id: true, systemId: true },
    orderBy: { id: "asc" },
    take: OFFERED_MAX,
  });
  const systems = [...new Set(actions.map((action) => action.systemId))];
  return [...systems.map((system) => `${system}.*`), ...actions.map((action) => action.id)];
}
