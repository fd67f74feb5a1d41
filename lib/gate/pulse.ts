import type { Pool } from "pg";
import type { Logger } from "pino";

import { notification, NOTIFY_CHANNEL } from "@/lib/audit/change";
import { REVIEW_DUE } from "@/lib/reviews/due";

const INTERVAL_MS = 250;
/** People are waited for: what asks them is told almost at once. */
const URGENT_MS = 10;
const URGENT = ["approvals", REVIEW_DUE];

/**
 * Tells live pages what happened, a few times a second for the whole process and never inside the commit of decisions: commits that
 * notify queue for each other, whatever connection they come from, until they are on disk. If the process is killed in between, the
 * decisions stand and pages show them when they next look.
 */
export class Pulse {
  private readonly topics = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private urgent = false;

  constructor(
    private readonly pool: Pool,
    private readonly log: Logger,
  ) {}

  /** Something happened in this run. */
  run(id: string): void {
    this.topics.add(`run:${id}`);
    this.timer ??= setTimeout(() => void this.flush(), INTERVAL_MS);
  }

  /** This run asks a person, by this approval. */
  asks(id: string, approvalId: string): void {
    this.topics.add("approvals").add(`approval:${approvalId}`).add(`run:${id}`);
    this.hurry();
  }

  /** This run did what a person reviews afterwards: the worker hears it and makes the review. */
  reviewed(): void {
    this.topics.add(REVIEW_DUE);
    this.hurry();
  }

  private hurry(): void {
    if (this.urgent) return;
    this.urgent = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), URGENT_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async flush(): Promise<void> {
    this.timer = null;
    const always = ["runs", "audit", ...URGENT.filter((topic) => this.topics.has(topic))];
    this.urgent = false;
    const text = notification([...always, ...this.topics]);
    const payload = text === '["*"]' ? JSON.stringify(always) : text;
    this.topics.clear();
    // Nothing is kept of it, so that nobody waits for the disk.
    await this.pool
      .query("SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", [NOTIFY_CHANNEL, payload])
      .catch((cause: unknown) => {
        this.log.debug({ err: cause }, "live pages were not told");
      });
  }
}
