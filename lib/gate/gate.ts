import type { Pool } from "pg";
import type { Logger } from "pino";

import { ProcessStreams } from "@/lib/audit/stream-change";
import { AgentRates } from "@/lib/gate/agent-rates";
import { EnvelopeUses } from "@/lib/gate/envelope-uses";
import { createPool } from "@/lib/db/connect";
import { Lane } from "@/lib/gate/lane";
import { Notifications } from "@/lib/gate/listen";
import { createMetrics, type Metrics } from "@/lib/gate/metrics";
import { Pulse } from "@/lib/gate/pulse";
import { RunStore } from "@/lib/gate/run-store";
import { SnapshotSource } from "@/lib/gate/snapshot";
import { StoreGuard } from "@/lib/gate/store-guard";
import { DecisionStream } from "@/lib/gate/stream";
import { TaskWaiters } from "@/lib/gate/task-waiters";
import { approvalWaiters, type ApprovalNews } from "@/lib/gate/approval-waiters";
import { appealWaiters, type Waiters } from "@/lib/gate/waiters";
import type { AppealAnswer } from "@/lib/gate/wire";
import { newId } from "@/lib/kernel/ids";

interface GateOptions {
  /** Where the runtime role connects. */
  url: string;
  log: Logger;
  /** How long a decision may take to be committed before its caller is told to try again. */
  deadlineMs: number;
}

const DAY_MS = 86_400_000;

/** Everything that the routes of one gate process share. */
export class Gate {
  /** The first part of the names of this process's audit streams. */
  readonly stream = `gate/${newId()}`;
  readonly pool: Pool;
  readonly streams: ProcessStreams;
  readonly log: Logger;
  readonly snapshots: SnapshotSource;
  readonly runs: RunStore;
  readonly waiters: Waiters<ApprovalNews>;
  readonly appeals: Waiters<AppealAnswer>;
  readonly tasks = new TaskWaiters();
  readonly guard: StoreGuard;
  readonly metrics: Metrics;
  readonly envelopes: EnvelopeUses;
  readonly lane: Lane;
  private readonly decisions: DecisionStream;
  readonly pulse: Pulse;
  private readonly notifications: Notifications;
  private readonly eventDays = new Set<string>();

  constructor({ url, log, deadlineMs }: GateOptions) {
    this.log = log;
    this.pool = createPool(url, {
      applicationName: "remit gate",
      max: 10,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      onBroken: (cause) => log.debug({ err: cause }, "a database connection broke"),
    });
    this.streams = new ProcessStreams(this.pool, `${this.stream}/runs`);
    this.snapshots = new SnapshotSource(this.pool);
    this.runs = new RunStore(this.pool);
    this.waiters = approvalWaiters(this.pool, (by) => this.metrics.waits.labels(by).inc());
    this.appeals = appealWaiters(this.pool);
    this.pulse = new Pulse(this.pool, log);
    this.notifications = new Notifications(url, log);
    this.guard = new StoreGuard(() => this.notifications.ping(), deadlineMs);
    this.metrics = createMetrics({
      queue: () => this.lane.queued,
      commitsUnderWay: () => this.lane.underWay,
      snapshotVersion: () => Number(this.snapshots.current?.version ?? 0n),
      runsKnown: () => this.runs.size,
      approvalsWaitedFor: () => this.waiters.count,
      pool: () => ({ total: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount }),
    });
    this.envelopes = new EnvelopeUses(this.pool);
    const { pool, pulse, snapshots, runs, metrics, envelopes } = this;
    const rates = new AgentRates(pool);
    const stream = (this.decisions = new DecisionStream(url, this.stream, log));
    this.lane = new Lane({ stream, snapshots, runs, rates, envelopes, pool, pulse, metrics, log, deadlineMs });
  }

  /** Connects in the background: requests are answered 503 until the store is there. */
  start(): void {
    this.notifications.subscribe((topics) => {
      this.waiters.heard(topics);
      this.appeals.heard(topics);
      this.tasks.heard(topics);
      if (topics.includes("configuration") || topics.includes("*")) this.snapshots.refresh().catch(() => {});
    });
    void this.notifications.start();
    void this.decisions.ready();
    this.ensureEventDay(new Date()).catch(() => {});
  }

  /** Whether decisions can be made now. */
  get ready(): boolean {
    return this.snapshots.current !== null && this.decisions.head !== null;
  }

  /** Events lie in a partition of the day on which their run started; the worker makes them ahead, this makes sure. */
  async ensureEventDay(now: Date): Promise<void> {
    const day = now.toISOString().slice(0, 10);
    if (this.eventDays.has(day)) return;
    await this.pool.query("SELECT ensure_event_days($1::date, 3)", [
      new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10),
    ]);
    this.eventDays.add(day);
  }

  /** Releases everything. Call it when no request is under way any more. */
  async close(): Promise<void> {
    this.pulse.stop();
    await this.notifications.stop();
    await this.decisions.close();
    await this.pool.end();
  }
}
