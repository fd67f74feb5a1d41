import type { Access } from "@/lib/auth/access";
import type { Listener } from "@/lib/live/listen";
import { topicsFor, touchesSessions } from "@/lib/live/topics";

interface LiveStreamOptions {
  subscribe(listener: Listener): () => void;
  /** What the person may see now, or null when the session is dead. */
  recheck(): Promise<Access | null>;
  access: Access;
  heartbeatMs?: number;
  recheckMs?: number;
  /** More to say on the same stream, by the same session. */
  also?: (channel: LiveChannel) => { drained(): void; stop(): void };
}

export interface LiveChannel {
  /** Says it, unless the reader is slow or the session is being looked at: false, and `drained` is called when it may be tried again. */
  emit(event: string, data: unknown): boolean;
  /** What the person may see now. */
  access(): Access;
}

const nothing = () => {};

/**
 * Server-sent events with the names of what changed, for one signed-in person. The session is checked again every minute and whenever
 * something about people changes; when it is dead, or cannot be checked, the stream says `end` and stops. A slow reader gets what it missed merged into one event.
 */
export function liveStream({
  subscribe,
  recheck,
  access: first,
  heartbeatMs = 15_000,
  recheckMs = 60_000,
  also,
}: LiveStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const waiting = new Set<string>();
  let access = first;
  let stop = nothing;
  let drained = nothing;

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        let checking = false;
        let stopped = false;
        const mayTell = () => !stopped && !checking && (controller.desiredSize ?? 0) > 0;
        const more = also?.({
          emit: (event, data) => {
            if (!mayTell()) return false;
            send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
            return true;
          },
          access: () => access,
        });
        const deliver = () => {
          if (!mayTell()) return;
          more?.drained();
          if (waiting.size === 0 || !mayTell()) return;
          const topics = topicsFor(access, waiting);
          waiting.clear();
          if (topics.length > 0) send(`data: ${JSON.stringify({ topics })}\n\n`);
        };
        drained = deliver;
        const check = async () => {
          if (checking) return;
          checking = true;
          const now = await recheck().catch(() => null);
          checking = false;
          if (stopped) return;
          if (now) {
            access = now;
            return deliver();
          }
          stop();
          send("event: end\ndata: {}\n\n");
          controller.close();
        };
        const unsubscribe = subscribe((topics) => {
          for (const topic of topics) waiting.add(topic);
          if (touchesSessions(topics)) void check();
          else deliver();
        });
        const heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) send(": \n\n");
          deliver();
        }, heartbeatMs);
        const rechecking = setInterval(() => void check(), recheckMs);
        stop = () => {
          stopped = true;
          drained = nothing;
          unsubscribe();
          more?.stop();
          clearInterval(heartbeat);
          clearInterval(rechecking);
        };
        // Tells the browser how soon to come back, and opens the response.
        send("retry: 2000\n\n");
      },
      pull: () => drained(),
      cancel: () => stop(),
    },
    { highWaterMark: 16 },
  );
}
