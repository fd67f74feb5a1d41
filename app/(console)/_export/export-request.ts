import { EXPORT_FORMATS, recordExport, type ExportFormat } from "@/lib/audit/exports/export-audit";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";

/** What does not filter: where in the list somebody stood, and the format itself. */
const NOT_FILTERS = new Set(["format", "page", "size", "after", "before", "sort"]);

interface Begun {
  viewer: Viewer;
  format: ExportFormat;
  /** The export holds what was there before. */
  at: Date;
  filters: Record<string, string>;
}

/**
 * Begins an export: who asks is known and may, and that they did is recorded before the first row leaves.
 * Of one run everything is taken along, whatever its page shows of it.
 * Errors, as the response: 401 without a session, 400 for another format, 404 without the right.
 */
export async function beginExport(
  request: Request,
  what: "audit" | "run",
  run?: { id: string; agentId: string },
): Promise<Begun | Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const { searchParams } = new URL(request.url);
  const format = EXPORT_FORMATS.find((one) => one === searchParams.get("format"));
  if (!format) return new Response(null, { status: 400 });
  const asked = Object.fromEntries([...searchParams].filter(([key, value]) => !NOT_FILTERS.has(key) && value !== ""));
  const filters: Record<string, string> = run ? { run: run.id } : asked;
  const begun = await recordExport(viewer, {
    what,
    format,
    filters,
    ...(run && { run: { id: run.id, agentId: run.agentId } }),
  });
  if (!begun.ok) return new Response(null, { status: begun.error.code === "forbidden" ? 404 : 400 });
  return { viewer, format, at: begun.value.at, filters };
}
