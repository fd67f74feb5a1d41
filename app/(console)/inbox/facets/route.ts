import { getViewer } from "@/lib/auth/session";
import { inboxFacets } from "@/lib/inbox/facets";
import { pageQuery } from "@/lib/inbox/page-schema";

/** The choices of the inbox's filters as JSON (`InboxFacets`), within the viewer's sight: 401 without a session, 400 for what is no filter. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const asked = pageQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return new Response(null, { status: 400 });
  return Response.json(await inboxFacets(viewer, asked.data.filter), { headers: { "cache-control": "no-store" } });
}
