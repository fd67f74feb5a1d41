import { getViewer } from "@/lib/auth/session";
import { listItems } from "@/lib/inbox/list-items";
import { pageQuery } from "@/lib/inbox/page-schema";

/** A page of the inbox as JSON (`ItemPage`), within the viewer's sight: 401 without a session, 400 for what is no filter or place. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const asked = pageQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return new Response(null, { status: 400 });
  const page = await listItems(viewer, asked.data.filter, { after: asked.data.after ?? null });
  return Response.json(page, { headers: { "cache-control": "no-store" } });
}
