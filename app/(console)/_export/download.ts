import { webLog } from "@/lib/auth/services";
import type { ExportFormat } from "@/lib/audit/exports/export-audit";

const TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
};

/** A file that is written while it is read: the next part is made when the one before was taken, and none once the reader has gone. */
export function download(name: string, format: ExportFormat, at: Date, parts: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (cause) {
        webLog().error({ err: cause }, "an export broke off");
        controller.error(cause);
      }
    },
    cancel: async () => void (await parts.return(undefined)),
  });
  const stamp = at.toISOString().slice(0, 16).replaceAll(/[-:]/g, "");
  return new Response(body, {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="remit-${name}-${stamp}Z.${format}"`,
      "cache-control": "private, no-store",
      "x-accel-buffering": "no",
    },
  });
}
