import { z } from "zod";

import { getViewer } from "@/lib/auth/session";
import { parseItemKey } from "@/lib/inbox/item";
import { readPanel } from "@/lib/inbox/panel-queries";

const query = z.object({ item: z.string().max(240) });

/** What stands beside one item (`?item=approval:<id>`) as JSON: 401 without a session, 404 for what the viewer does not see (I12). */
export async function GET(request: Request): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  const item = asked.success ? parseItemKey(asked.data.item) : null;
  const panel = item && (await readPanel(viewer, item));
  if (!panel) return new Response(null, { status: 404 });
  return Response.json(panel, { headers: { "cache-control": "no-store" } });
}
