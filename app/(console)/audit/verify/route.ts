import type { VerifyMessage } from "@/app/(console)/audit/verify/messages";
import { checkpointKey } from "@/lib/audit/checkpoints/queries";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { webLog } from "@/lib/auth/services";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";

/** One at a time in a process: it reads the whole record, and two would find the same. */
let busy = false;

/**
 * Verifies every chain and streams how far it is, as lines of JSON. It stops when the page goes away.
 * Errors: 401 without a session, 404 without the right, 409 while another runs.
 */
export async function POST(request: Request): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  if (!viewer.access.canAnywhere("audit.read")) return new Response(null, { status: 404 });
  if (busy) return new Response(null, { status: 409 });
  busy = true;
  const headers = { "content-type": "application/x-ndjson", "cache-control": "no-store", "x-accel-buffering": "no" };
  return new Response(verification(viewer, request.signal), { headers });
}

function verification(viewer: Viewer, left: AbortSignal): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = AbortSignal.any([left, stop.signal]);
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => {
      const say = (message: VerifyMessage): void => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(message)}\n`));
      };
      // Not awaited: the stream would hold its first line back until the last one is there.
      void run(viewer, signal, say).finally(() => {
        busy = false;
        if (!signal.aborted) controller.close();
      });
    },
    cancel: () => stop.abort(),
  });
}

async function run(viewer: Viewer, signal: AbortSignal, say: (message: VerifyMessage) => void): Promise<void> {
  const startedMs = performance.now();
  try {
    const result = await verifyAudit(viewer, {
      signal,
      onProgress: ({ records, total, streams, streamsDone }) =>
        say({ type: "progress", records, total, streams, streamsDone }),
    });
    if (!result.ok) return say({ type: "failed", message: result.error.message });
    const { records, streams, faults, checkpoints, keys } = result.value;
    say({
      type: "done",
      records,
      streams,
      faults: faults.map((fault) => ({ ...fault, seq: fault.seq.toString() })),
      checkpoints,
      strangers: keys.filter((key) => key !== checkpointKey().id),
      tookMs: Math.round(performance.now() - startedMs),
    });
  } catch (cause) {
    if (signal.aborted) return;
    webLog().error({ err: cause }, "the audit could not be verified");
    say({ type: "failed", message: "The record could not be read to its end. Try again." });
  }
}
