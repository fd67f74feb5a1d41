import { Client, type ClientConfig } from "pg";
import { z } from "zod";

import { NOTIFY_CHANNEL } from "@/lib/audit/change";

export type Listener = (topics: readonly string[]) => void;

/** How soon a listener hears: `bundled` a moment later, with what happens until then; `first` at once, and then no more often than the others. */
export type Pace = "bundled" | "first";

export interface Listen {
  /** Hears every change from now on; the answer ends it. */
  subscribe(listener: Listener, pace?: Pace): () => void;
  close(): Promise<void>;
}

interface ListenOptions {
  connection: ClientConfig;
  /** Told of lost connections. */
  onError?: (error: unknown) => void;
  /** Changes within this time are told together. */
  coalesceMs?: number;
  /** What one commit says in several notifications comes within this time. */
  firstMs?: number;
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
  firstMs = 5,
  retryMs = [100, 500, 2_000, 5_000],
}: ListenOptions): Listen {
  const circles: Record<Pace, Circle> = {
    first: createCircle((restedMs) => Math.max(firstMs, coalesceMs - restedMs)),
    bundled: createCircle(() => coalesceMs),
  };
  const all = Object.values(circles);
  const isAlone = () => all.every((circle) => circle.listeners.size === 0);
  let client: Client | null = null;
  let retrying: NodeJS.Timeout | null = null;
  let failures = 0;

  const tell = (topics: readonly string[]) => {
    for (const circle of all) circle.tell(topics);
  };

  const lost = (one: Client, cause: unknown) => {
    if (client !== one) return;
    client = null;
    one.removeAllListeners();
    one.on("error", () => undefined);
    void one.end().catch(() => undefined);
    onError?.(cause);
    if (isAlone()) return;
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
    retrying = null;
    for (const circle of all) circle.forget();
    const one = client;
    client = null;
    one?.removeAllListeners();
    one?.on("error", () => undefined);
    await one?.end().catch(() => undefined);
  }

  return {
    subscribe(listener, pace = "bundled") {
      const { listeners } = circles[pace];
      listeners.add(listener);
      if (!client && !retrying) open();
      return () => {
        listeners.delete(listener);
        if (isAlone()) void close();
      };
    },
    async close() {
      for (const { listeners } of all) listeners.clear();
      await close();
    },
  };
}

/** Those who hear at one pace, and what they have not been told yet. */
interface Circle {
  listeners: Set<Listener>;
  tell(topics: readonly string[]): void;
  forget(): void;
}

/** `waitMs`: how long a change waits for others, when so long nothing was told. */
function createCircle(waitMs: (restedMs: number) => number): Circle {
  const listeners = new Set<Listener>();
  const heard = new Set<string>();
  let flushing: NodeJS.Timeout | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;

  const flush = () => {
    flushing = null;
    toldAt = performance.now();
    const topics = heard.has("*") ? EVERYTHING : [...heard];
    heard.clear();
    for (const listener of listeners) listener(topics);
  };
  return {
    listeners,
    tell(topics) {
      if (listeners.size === 0) return;
      for (const topic of topics) heard.add(topic);
      if (heard.size > 0) flushing ??= setTimeout(flush, waitMs(performance.now() - toldAt));
    },
    forget() {
      if (flushing) clearTimeout(flushing);
      flushing = null;
      heard.clear();
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
