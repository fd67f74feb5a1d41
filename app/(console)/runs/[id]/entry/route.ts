import { getViewer } from "@/lib/auth/session";
import { getEntry } from "@/lib/runs/entry-queries";

/** The whole of one entry (`?key=event:…`) as JSON: 401 without a session, 404 for what the viewer does not see. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const { id } = await params;
  const entry = await getEntry(viewer, id, new URL(request.url).searchParams.get("key") ?? "");
  if (!entry) return new Response(null, { status: 404 });
  return Response.json(entry, { headers: { "cache-control": "no-store" } });
}
