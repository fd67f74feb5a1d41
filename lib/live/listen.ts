import { Client, type ClientConfig } from "pg";
import { z } from "zod";

import { NOTIFY_CHANNEL } from "@/lib/audit/change";

export type Listener = (topics: readonly string[]) => void;

export interface Listen {
  /** Hears every change from now on; the answer ends it. */
  subscribe(listener: Listener): () => void;
  close(): Promise<void>;
}

interface ListenOptions {
  connection: ClientConfig;
  /** Told of lost connections. */
  onError?: (error: unknown) => void;
  /** Changes within this time are told together. */
  coalesceMs?: number;
  /** Waits between attempts to connect, in order; the last one repeats. */
  retryMs?: readonly number[];
}

const topicsSchema = z.array(z.string());
const EVERYTHING = ["*"];

/**
 * One LISTEN connection for a whole process, fanned out to any number of subscribers. It opens with the first and closes with the last.
 * Once it listens, at first and after a loss, everybody is told `*`: what was said meanwhile is not known.
 */
export function createListen({
  connection,
  onError,
  coalesceMs = 100,
  retryMs = [100, 500, 2_000, 5_000],
}: ListenOptions): Listen {
  const listeners = new Set<Listener>();
  const heard = new Set<string>();
  let client: Client | null = null;
  let flushing: NodeJS.Timeout | null = null;
  let retrying: NodeJS.Timeout | null = null;
  let failures = 0;

  const flush = () => {
    flushing = null;
    const topics = heard.has("*") ? EVERYTHING : [...heard];
    heard.clear();
    for (const listener of listeners) listener(topics);
  };
  const tell = (topics: readonly string[]) => {
    for (const topic of topics) heard.add(topic);
    if (heard.size > 0) flushing ??= setTimeout(flush, coalesceMs);
  };

  const lost = (one: Client, cause: unknown) => {
    if (client !== one) return;
    client = null;
    one.removeAllListeners();
    one.on("error", () => undefined);
    void one.end().catch(() => undefined);
    onError?.(cause);
    if (listeners.size === 0) return;
    const waitMs = retryMs[Math.min(failures, retryMs.length - 1)] ?? 1_000;
    failures += 1;
    retrying = setTimeout(open, waitMs);
  };

  function open() {
    retrying = null;
    const one = new Client({ ...connection, keepAlive: true });
    client = one;
    one.on("error", (error) => lost(one, error));
    one.on("end", () => lost(one, new Error("the connection has ended")));
    one.on("notification", ({ payload }) => tell(topicsOf(payload)));
    void listen(one).catch((error: unknown) => lost(one, error));
  }

  async function listen(one: Client) {
    await one.connect();
    await one.query(`LISTEN ${NOTIFY_CHANNEL}`);
    failures = 0;
    tell(EVERYTHING);
  }

  async function close() {
    if (retrying) clearTimeout(retrying);
    if (flushing) clearTimeout(flushing);
    retrying = flushing = null;
    heard.clear();
    const one = client;
    client = null;
    one?.removeAllListeners();
    one?.on("error", () => undefined);
    await one?.end().catch(() => undefined);
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (!client && !retrying) open();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) void close();
      };
    },
    async close() {
      listeners.clear();
      await close();
    },
  };
}

function topicsOf(payload: string | undefined): readonly string[] {
  try {
    return topicsSchema.parse(JSON.parse(payload ?? ""));
  } catch {
    return EVERYTHING;
  }
}
