import { beginExport } from "@/app/(console)/_export/export-request";
import { download } from "@/app/(console)/_export/download";
import { getViewer } from "@/lib/auth/session";
import { runFile, runToExport, runTimelineCsv } from "@/lib/runs/export-run";

/** One run as a file: its timeline as a table, or all of it with the records that vouch for it. Errors: 404 for no run in sight; see `beginExport`. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const [reader, { id }] = await Promise.all([getViewer(), params]);
  if (!reader) return new Response(null, { status: 401 });
  const run = await runToExport(reader, id);
  if (!run) return new Response(null, { status: 404 });
  const begun = await beginExport(request, "run", run);
  if (begun instanceof Response) return begun;
  const { viewer, format, at } = begun;
  const name = `run-${id.slice(-8)}`;
  return download(name, format, at, format === "csv" ? runTimelineCsv(viewer, run) : runFile(viewer, run, begun));
}
