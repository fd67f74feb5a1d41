import { beginExport } from "@/app/(console)/_export/export-request";
import { download } from "@/app/(console)/_export/download";
import { auditFilters, auditParams } from "@/app/(console)/audit/search-params";
import { auditCsv, auditLines } from "@/lib/audit/exports/export-audit";

/** The records that the page's filters show, as a file. Errors: see `beginExport`. */
export async function POST(request: Request): Promise<Response> {
  const begun = await beginExport(request, "audit");
  if (begun instanceof Response) return begun;
  const { viewer, format, at } = begun;
  const query = await auditParams.load(new URL(request.url));
  const { to, ...filters } = auditFilters(query);
  const params = { ...filters, to: to && to < at ? to : at };
  return download("audit", format, at, format === "csv" ? auditCsv(viewer, params) : auditLines(viewer, params, begun));
}
