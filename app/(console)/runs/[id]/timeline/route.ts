import { getViewer } from "@/lib/auth/session";
import { runTimeline, type TimelineFrom } from "@/lib/runs/timeline-queries";
import { loadPageParams, PAGE_ENTRIES, type PageQuery } from "../search-params";

/** One page of a run's timeline as JSON: 401 without a session, 404 for a run that the viewer does not see. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const { id } = await params;
  const query = loadPageParams(new URL(request.url).searchParams);
  const page = await runTimeline(viewer, id, { from: fromOf(query), kinds: query.kinds, limit: PAGE_ENTRIES });
  if (!page) return new Response(null, { status: 404 });
  return Response.json(page, { headers: { "cache-control": "no-store" } });
}

function fromOf({ after, before, around, at }: PageQuery): TimelineFrom {
  if (after !== null) return { after };
  if (before !== null) return { before };
  return around === null ? { at } : { around };
}
