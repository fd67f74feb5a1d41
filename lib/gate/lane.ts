import type { Logger } from "pino";

import { Waiting, type Asked } from "@/lib/gate/asked";
import { BatchCommit, type CommitParts, type Failure, type Flight } from "@/lib/gate/batch-commit";
import { partsOf } from "@/lib/gate/held-runs";
import { Problem } from "@/lib/gate/problem";
import { isBusy, isStoreAway } from "@/lib/gate/store-away";

interface LaneParts extends CommitParts {
  log: Logger;
  /** How long a caller waits for a commit before it is told to try again. */
  deadlineMs: number;
}

const MAX_BATCH = 128;
const MAX_QUEUE = 10_000;
/** Commits sent before the first of them is answered: the store works on one while the next is evaluated and the last is answered. */
const DEPTH = 2;
/**
 * Behind a commit under way the next is sent when it has this share of those who wait for an answer, so that batches are of like size; a commit
 * has a price of its own, that of about ten decisions, and beyond `ENOUGH` there is no more to be gained by waiting.
 */
const SHARE = 0.45;
const FEW = 4;
const ENOUGH = 24;
/** How much the last count of those who wait weighs. */
const SMOOTHING = 1 / 16;
/** Before the store is asked again after it went away. */
const PAUSE_MS = 20;

/** A batch that was not stored at once; `failure` is of its attempt, if there was one. */
interface Refused {
  batch: Waiting[];
  failure: Failure | null;
}

/**
 * Group commit: requests that arrive while a batch is being committed are the next batch. Batches under way follow one another in the chain and
 * never concern the same run, so that each is evaluated on what is stored, and none can be stored without those before it. Everything about a
 * batch is verified by its commit; when something changed meanwhile, nothing was written, what changed is read, and the batch is evaluated
 * again, alone.
 */
export class Lane {
  private queue: Waiting[] = [];
  private preparing: Waiting[] = [];
  private flights: Flight[] = [];
  private refused: Refused[] = [];
  private busy = false;
  /** How many wait for an answer, smoothed. */
  private crowd = 0;
  /** All that wait are of runs under way. */
  private blocked = false;
  private signal: () => void = () => {};
  private timer: NodeJS.Timeout | null = null;
  private readonly commits: BatchCommit;

  constructor(private readonly parts: LaneParts) {
    this.commits = new BatchCommit(parts);
  }

  get queued(): number {
    return this.queue.length;
  }

  get underWay(): number {
    return this.flights.length;
  }

  /** Answers when the decision is committed (invariant I1), or when that takes too long. */
  submit(asked: Asked, arrivedMs: number): Waiting {
    const waiting = new Waiting(asked, arrivedMs);
    if (this.parts.stream.down || this.queue.length >= MAX_QUEUE) {
      waiting.giveUp();
      return waiting;
    }
    this.queue.push(waiting);
    this.arm();
    if (!this.busy) this.wake();
    else if (this.flights.length > 0 && this.mayBegin()) this.signal();
    return waiting;
  }

  private wake(): void {
    this.busy = true;
    setImmediate(() => void this.drain());
  }

  private mayBegin(): boolean {
    if (this.flights.length === 0) return this.queue.length > 0;
    const enough = Math.min(Math.max(FEW, this.crowd * SHARE), ENOUGH);
    return this.flights.length < DEPTH && this.queue.length >= enough && !this.blocked;
  }

  private async drain(): Promise<void> {
    try {
      while (this.queue.length > 0 || this.flights.length > 0 || this.refused.length > 0) {
        if (this.refused.length > 0 && this.flights.length === 0) await this.recover();
        else if (this.refused.length === 0 && this.mayBegin()) await this.begin();
        else await new Promise<void>((resolve) => (this.signal = resolve));
      }
    } catch (cause) {
      this.parts.log.error({ err: cause }, "a lane failed");
      for (const waiting of [...this.preparing, ...this.refused.flatMap(({ batch }) => batch)])
        waiting.resolve(new Problem("internal", "The decision could not be made."));
      this.refused = [];
    } finally {
      this.busy = false;
      this.preparing = [];
      if (this.queue.length > 0 || this.flights.length > 0) this.wake();
    }
  }

  /** Evaluates the next batch and sends it. */
  private async begin(): Promise<void> {
    if (!this.parts.stream.head) await this.parts.stream.ready();
    const batch = (this.preparing = this.take());
    if (batch.length === 0) {
      this.blocked = this.flights.length > 0;
      return;
    }
    const flight = await this.commits.prepare(batch, () => this.flights.at(-1)).catch(() => undefined);
    this.preparing = [];
    // A store that is away is met again, and answered for, by the attempt that follows.
    if (flight === undefined) this.refused.push({ batch, failure: null });
    else if (flight && this.refused.length > 0) this.queue.unshift(...flight.batch);
    else if (flight) void this.send(flight);
  }

  private async send(flight: Flight): Promise<void> {
    this.flights.push(flight);
    const waiting = this.flights.reduce((sum, { batch }) => sum + batch.length, this.queue.length);
    this.crowd += (waiting - this.crowd) * SMOOTHING;
    try {
      await this.commits.commit(flight);
    } catch (cause) {
      this.refused.push({ batch: flight.batch, failure: { cause, version: flight.plan.version } });
    }
    this.flights = this.flights.filter((one) => one !== flight);
    this.blocked = false;
    this.signal();
  }

  /** The first of those that were refused; nothing else is under way. */
  private async recover(): Promise<void> {
    const next = this.refused.shift();
    if (!next) return;
    this.preparing = next.batch;
    await this.settle(next.batch, next.failure);
    this.preparing = [];
  }

  /** The next batch: those still waited for. Of a run under way, and of requests with the same key but the first, they wait for the next. */
  private take(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const keys = new Set<string>();
    const underWay = new Set(this.flights.flatMap(({ plan }) => plan.runs.map((run) => run.entry.id)));
    for (const waiting of this.queue) {
      if (waiting.answered) continue;
      const key = waiting.key === null ? null : `${waiting.entry.id} ${waiting.key}`;
      if (batch.length >= MAX_BATCH || (key !== null && keys.has(key)) || underWay.has(waiting.entry.id)) {
        later.push(waiting);
        continue;
      }
      if (key !== null) keys.add(key);
      batch.push(waiting);
    }
    this.queue = later;
    return batch;
  }

  /** Commits a batch, in the end one request at a time, so that one that cannot be stored does not fail the others. */
  private async settle(batch: Waiting[], failure: Failure | null = null): Promise<void> {
    try {
      await this.commits.attempt(batch, failure);
    } catch (cause) {
      if (isStoreAway(cause)) {
        this.queue.unshift(...batch.filter((waiting) => !waiting.answered));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        return;
      }
      if (batch.length === 1 && isBusy(cause)) {
        // Nothing of it is stored. It is tried again, after the others, until it is stored or its caller is told to come back.
        this.parts.metrics.retries.inc({ reason: "busy" });
        for (const waiting of batch) waiting.attempts = 1;
        this.queue.push(...batch.filter((waiting) => !waiting.answered));
        return;
      }
      if (batch.length === 1) {
        this.parts.log.error({ err: cause }, "a decision could not be stored");
        batch[0]?.resolve(new Problem("internal", "The decision could not be recorded."));
        return;
      }
      this.parts.metrics.retries.inc({ reason: "split" });
      for (const part of await partsOf(this.parts.pool, batch, cause)) await this.settle(part);
    }
  }

  private all(): Waiting[] {
    const underWay = [...this.flights, ...this.refused].flatMap(({ batch }) => batch);
    return [...underWay, ...this.preparing, ...this.queue];
  }

  /** Tells those to try again who have waited too long. */
  private arm(): void {
    if (this.timer) return;
    let oldest: Waiting | undefined;
    for (const waiting of this.all())
      if (!waiting.answered && waiting.arrivedMs < (oldest?.arrivedMs ?? Infinity)) oldest = waiting;
    if (!oldest) return;
    const leftMs = oldest.arrivedMs + this.parts.deadlineMs - performance.now();
    this.timer = setTimeout(() => this.expire(), Math.max(leftMs, 1));
  }

  private expire(): void {
    this.timer = null;
    const limit = performance.now() - this.parts.deadlineMs;
    for (const waiting of this.all()) {
      if (waiting.arrivedMs > limit + 1 || waiting.answered) continue;
      this.parts.metrics.expired.inc();
      waiting.giveUp();
    }
    this.arm();
  }
}
