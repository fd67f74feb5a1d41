import type { Pool } from "pg";
import type { Logger } from "pino";

import { notification, NOTIFY_CHANNEL } from "@/lib/audit/change";
import type { Plan } from "@/lib/gate/evaluate";

const INTERVAL_MS = 250;

/**
 * Tells live pages what happened, at most four times a second for the whole process: a notification is the one thing that commits of all
 * connections queue for. What a person waits for (an approval) goes out with its own commit instead.
 */
export class Pulse {
  private readonly topics = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly log: Logger,
  ) {}

  /** Something happened in this run. */
  run(id: string): void {
    this.topics.add(`run:${id}`);
    this.timer ??= setTimeout(() => void this.flush(), INTERVAL_MS);
  }

  /** The notification that a batch which asks people carries in its own transaction. */
  now(plan: Plan): string {
    const topics = new Set(["approvals", "runs"]);
    for (const one of plan.planned) if (one.approvalId !== null) topics.add(`run:${one.asked.entry.id}`);
    return notification(topics);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async flush(): Promise<void> {
    this.timer = null;
    const text = notification(["runs", "audit", ...this.topics]);
    const payload = text === '["*"]' ? '["runs","audit"]' : text;
    this.topics.clear();
    await this.pool.query("SELECT pg_notify($1, $2)", [NOTIFY_CHANNEL, payload]).catch((cause: unknown) => {
      this.log.debug({ err: cause }, "live pages were not told");
    });
  }
}
