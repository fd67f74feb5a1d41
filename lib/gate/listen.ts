import { Client } from "pg";
import type { Logger } from "pino";
import { z } from "zod";

import { NOTIFY_CHANNEL } from "@/lib/audit/change";
import { ConnectionLost } from "@/lib/gate/store-away";

const RETRY_MS = [50, 250, 1_000, 5_000] as const;
const topicsSchema = z.array(z.string());

type Listener = (topics: readonly string[]) => void;

/** The process's one LISTEN connection. After a break, listeners are told `*`: they may have missed anything. */
export class Notifications {
  private readonly listeners = new Set<Listener>();
  private client: Client | null = null;
  private stopped = false;
  private failures = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async start(): Promise<void> {
    if (this.stopped) return;
    const client = new Client({
      connectionString: this.url,
      application_name: "remit gate listen",
      keepAlive: true,
      connectionTimeoutMillis: 2_000,
    });
    client.on("error", () => this.lost(client));
    client.on("end", () => this.lost(client));
    client.on("notification", ({ payload }) => this.tell(payload ?? ""));
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${NOTIFY_CHANNEL}`);
      this.failures = 0;
      this.emit(["*"]);
    } catch (cause) {
      this.log.debug({ err: cause }, "notifications are not heard yet");
      this.lost(client);
    }
  }

  /** Asks the store whether it is there. Rejects when there is no connection. */
  async ping(): Promise<void> {
    if (!this.client) throw new ConnectionLost("no connection");
    await this.client.query("SELECT 1");
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }

  private lost(client: Client): void {
    if (this.client !== client || this.stopped) return;
    this.client = null;
    client.end().catch(() => {});
    const pauseMs = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    this.timer = setTimeout(() => void this.start(), pauseMs);
  }

  private tell(payload: string): void {
    try {
      this.emit(topicsSchema.parse(JSON.parse(payload)));
    } catch {
      this.emit(["*"]);
    }
  }

  private emit(topics: readonly string[]): void {
    for (const listener of this.listeners) listener(topics);
  }
}
