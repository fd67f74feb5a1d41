import { loadViewer } from "@/lib/auth/load-viewer";
import { services } from "@/lib/auth/services";
import { getClaims, getViewer } from "@/lib/auth/session";
import { liveItems, type LiveItems } from "@/lib/inbox/live-items";
import { webFeed, webNumbers } from "@/lib/inbox/web-feed";
import { liveStream } from "@/lib/live/stream";
import { touchesSessions } from "@/lib/live/topics";
import { webListen } from "@/lib/live/web";

/** Whether the session lives: 204 or 401. */
export async function HEAD(): Promise<Response> {
  return new Response(null, { status: (await getViewer()) ? 204 : 401 });
}

/**
 * The lines of one inbox that change, and the numbers around it, as server-sent events (lib/inbox/live-items.ts), for as long as the
 * session lives. The data comes with the event: many open inboxes ask nothing when something happens.
 */
export async function GET(): Promise<Response> {
  const [claims, viewer] = await Promise.all([getClaims(), getViewer()]);
  if (!claims || !viewer?.access.canAnywhere("approval.read")) return new Response(null, { status: 401 });
  const own = `inbox:${viewer.person.id}`;
  let items: LiveItems | null = null;
  const stream = liveStream({
    access: viewer.access,
    // Of topics, only what tells that the session is to be looked at; and the person's own, for their numbers.
    subscribe: (listener) =>
      webListen().subscribe((topics) => {
        if (topics.includes(own)) items?.recount();
        if (touchesSessions(topics)) listener(topics);
      }),
    recheck: async () => (await loadViewer(services(), claims))?.access ?? null,
    also: (channel) => {
      const count = webNumbers();
      items = liveItems(channel, {
        feed: webFeed(),
        clock: viewer.clock,
        numbers: (access, since) => count({ ...viewer, access }, since),
      });
      return items;
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
