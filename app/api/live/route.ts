import { loadViewer } from "@/lib/auth/load-viewer";
import { services } from "@/lib/auth/services";
import { getClaims, getViewer } from "@/lib/auth/session";
import { liveStream } from "@/lib/live/stream";
import { webListen } from "@/lib/live/web";

/** Whether the session lives: 204 or 401. */
export async function HEAD(): Promise<Response> {
  return new Response(null, { status: (await getViewer()) ? 204 : 401 });
}

/** The names of what changes, as server-sent events, for as long as the session lives. */
export async function GET(): Promise<Response> {
  const [claims, viewer] = await Promise.all([getClaims(), getViewer()]);
  if (!claims || !viewer) return new Response(null, { status: 401 });
  const stream = liveStream({
    access: viewer.access,
    subscribe: (listener) => webListen().subscribe(listener),
    recheck: async () => (await loadViewer(services(), claims))?.access ?? null,
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      // Proxies that buffer would hold events back.
      "x-accel-buffering": "no",
    },
  });
}
