import { downloadCheckpoint } from "@/lib/audit/checkpoints/queries";
import { getViewer } from "@/lib/auth/session";

/** One checkpoint as a file, whole by itself: what `audit verify --checkpoint` reads. Errors: 401 without a session, 404 otherwise. */
export async function GET(_request: Request, { params }: { params: Promise<{ seq: string }> }): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const { seq } = await params;
  const file = await downloadCheckpoint(viewer, seq);
  if (file === null) return new Response(null, { status: 404 });
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": `attachment; filename="remit-checkpoint-${seq}.json"`,
    "cache-control": "private, no-store",
  };
  return new Response(file, { headers });
}
