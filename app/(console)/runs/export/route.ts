import { beginExport } from "@/app/(console)/_export/export-request";
import { download } from "@/app/(console)/_export/download";
import { listParamsOf, runsParams } from "@/app/(console)/runs/search-params";
import { runsCsv, runsLines } from "@/lib/runs/export";

/** The runs that the page's filters show, as a file. Errors: see `beginExport`. */
export async function POST(request: Request): Promise<Response> {
  const begun = await beginExport(request, "run");
  if (begun instanceof Response) return begun;
  const { viewer, format, at } = begun;
  const filter = listParamsOf(await runsParams.load(new URL(request.url)));
  return download("runs", format, at, format === "csv" ? runsCsv(viewer, filter) : runsLines(viewer, filter));
}
