import { z } from "zod";

import { getViewer } from "@/lib/auth/session";
import { readReadings } from "@/lib/inbox/panel-queries";

const query = z.object({ decision: z.uuid() });

/** How the rules' tests came out for one decision's request (`?decision=<id>`) as JSON: 401 without a session, 404 for what the viewer does not see. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  const readings = asked.success ? await readReadings(viewer, asked.data.decision) : null;
  if (!readings) return new Response(null, { status: 404 });
  return Response.json(readings, { headers: { "cache-control": "no-store" } });
}
