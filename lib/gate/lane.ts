import type { Pool } from "pg";
import type { Logger } from "pino";

import type { AgentRates } from "@/lib/gate/agent-rates";
import { answerOf } from "@/lib/gate/answer";
import { Waiting, type Asked } from "@/lib/gate/asked";
import { commitMessage, refusalOf } from "@/lib/gate/commit";
import type { BatchBudgets } from "@/lib/gate/batch-budgets";
import type { EnvelopeUses } from "@/lib/gate/envelope-uses";
import { evaluate, type Plan } from "@/lib/gate/evaluate";
import { isLockTimeout, partsOf } from "@/lib/gate/held-runs";
import type { Metrics } from "@/lib/gate/metrics";
import { Problem } from "@/lib/gate/problem";
import type { Pulse } from "@/lib/gate/pulse";
import { readClaims, storedAnswers } from "@/lib/gate/stored";
import { advanceEntry } from "@/lib/gate/run-entry";
import type { RunStore } from "@/lib/gate/run-store";
import type { SnapshotSource } from "@/lib/gate/snapshot";
import { standingOf } from "@/lib/gate/standing";
import { sqlStateOf } from "@/lib/gate/sql-state";
import { ConnectionLost, isBusy, isStoreAway } from "@/lib/gate/store-away";
import type { DecisionStream } from "@/lib/gate/stream";

export interface LaneParts {
  stream: DecisionStream;
  snapshots: SnapshotSource;
  runs: RunStore;
  rates: AgentRates;
  envelopes: EnvelopeUses;
  pool: Pool;
  pulse: Pulse;
  metrics: Metrics;
  log: Logger;
  /** How long a caller waits for a commit before it is told to try again. */
  deadlineMs: number;
}

const MAX_BATCH = 128;
const MAX_QUEUE = 10_000;
/** Before the store is asked again after it went away. */
const PAUSE_MS = 20;
/** Evaluations of one request, each after what it depends on had changed, before it is given up. */
const MAX_ATTEMPTS = 6;
const DUPLICATE_KEY = "decision_run_id_idempotency_key_key";
/** Stands before the look at the stream itself. */
const STREAM_KEY = "audit_record_pkey";
/** Statement timeout, lock timeout, deadlock, serialization: worth a second try as it is. */
const TRANSIENT = new Set(["57014", "55P03", "40P01", "40001"]);

/**
 * Group commit: requests that arrive while a batch is being committed are the next batch. Everything about a batch is verified by its commit;
 * when something changed meanwhile, nothing was written, what changed is read, and the batch is evaluated again.
 */
export class Lane {
  private queue: Waiting[] = [];
  private committing: Waiting[] = [];
  private busy = false;
  private timer: NodeJS.Timeout | null = null;
  /**
   * Batches whose connection was lost before their answer: their statements may still be running. At most one of them is stored, or the next
   * commit instead, since all begin at the same head.
   */
  private doubtful: Plan<Waiting>[] = [];

  constructor(private readonly parts: LaneParts) {}

  get depth(): number {
    return this.queue.length;
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
    if (!this.busy) {
      this.busy = true;
      setImmediate(() => void this.drain());
    }
    return waiting;
  }

  private async drain(): Promise<void> {
    try {
      while (this.queue.length > 0) {
        if (!this.parts.stream.head) await this.parts.stream.ready();
        const batch = this.take();
        this.committing = batch;
        if (batch.length > 0) await this.settle(batch);
      }
    } catch (cause) {
      this.parts.log.error({ err: cause }, "a lane failed");
      for (const waiting of this.committing)
        waiting.resolve(new Problem("internal", "The decision could not be made."));
    } finally {
      this.busy = false;
      this.committing = [];
      if (this.queue.length > 0) this.wake();
    }
  }

  private wake(): void {
    if (this.busy) return;
    this.busy = true;
    setImmediate(() => void this.drain());
  }

  /** The next batch: those still waited for. Of requests with the same key only the first goes; the others find its answer stored. */
  private take(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const keys = new Set<string>();
    for (const waiting of this.queue) {
      if (waiting.answered) continue;
      const key = waiting.key === null ? null : `${waiting.entry.id} ${waiting.key}`;
      if (batch.length >= MAX_BATCH || (key !== null && keys.has(key))) {
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
  private async settle(batch: Waiting[]): Promise<void> {
    try {
      await this.attempt(batch);
    } catch (cause) {
      if (isStoreAway(cause)) {
        this.queue.unshift(...batch.filter((waiting) => !waiting.answered));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        return;
      }
      if (batch.length === 1 && isBusy(cause)) {
        // Nothing of it is stored. It is tried again, after the others, until it is stored or its caller is told to come back.
        this.parts.metrics.retries.inc({ reason: "busy" });
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

  private async attempt(batch: Waiting[]): Promise<void> {
    let open = batch;
    while (true) {
      this.takeStored();
      open = await this.refresh(open.filter((waiting) => !waiting.answered));
      if (open.length === 0) return;
      const head = this.parts.stream.head;
      const snapshot = this.parts.snapshots.current;
      if (!head || !snapshot) throw new ConnectionLost("no connection");
      const asking = this.parts.rates.ask(open, snapshot);
      if (asking) {
        await asking;
        open = open.filter((waiting) => !waiting.answered);
        if (open.length === 0) return;
      }
      const now = new Date();
      const bound = this.parts.envelopes.of(open, snapshot, now);
      const budgets = bound instanceof Promise ? await bound : bound;
      if (bound instanceof Promise) open = open.filter((waiting) => !waiting.answered);
      if (open.length === 0) return;
      const startedMs = performance.now();
      const plan = evaluate(snapshot, open, head, now, budgets);
      const evaluatedMs = performance.now();
      if (budgets && (await this.readAgain(plan, budgets))) continue;
      let returned: string | null = null;
      try {
        returned = await this.parts.stream.commit((types) => commitMessage(plan, types), plan.nextHead);
      } catch (cause) {
        this.parts.envelopes.forget(plan.charges);
        if (cause instanceof ConnectionLost) {
          this.doubtful.push(plan);
          await this.parts.stream.ready();
          this.takeStored();
          if (open.some((waiting) => !waiting.answered)) throw cause;
          return;
        } else {
          await this.repair(cause, open, snapshot.version);
          continue;
        }
      }
      this.doubtful = [];
      this.finish(plan, startedMs, evaluatedMs);
      if (returned !== null) this.parts.envelopes.note(JSON.parse(returned), evaluatedMs);
      return;
    }
  }

  /** Nothing is denied for an envelope on what was read before the request came: others may have given back since. */
  private async readAgain({ planned }: Plan<Waiting>, budgets: BatchBudgets): Promise<boolean> {
    const doubtful = planned.filter(
      ({ decision, asked }) => decision.overBudget && budgets.readMs(asked.entry.id) < asked.arrivedMs,
    );
    if (doubtful.length === 0) return false;
    await this.parts.envelopes.read(doubtful.flatMap(({ asked }) => budgets.places.get(asked.entry.id) ?? []));
    return true;
  }

  /** Where the head has come to what a doubtful batch leads to, it was stored: its requests are answered as they were decided. */
  private takeStored(): void {
    const head = this.parts.stream.head;
    if (!head || this.doubtful.length === 0) return;
    const stored = this.doubtful.find(
      ({ nextHead }) => nextHead.stream === head.stream && nextHead.seq === head.seq && nextHead.hash.equals(head.hash),
    );
    if (!stored) return;
    this.doubtful = [];
    const nowMs = performance.now();
    this.finish(stored, nowMs, nowMs);
  }

  /** Brings what the requests depend on up to date; those that may not ask any more are answered and left out. */
  private async refresh(batch: Waiting[]): Promise<Waiting[]> {
    const { snapshots, runs } = this.parts;
    const { version } = await snapshots.get();
    const now = Date.now();
    const entries = batch.map((waiting) => waiting.entry);
    const stale = new Set(
      entries.filter((entry) => entry.readAt !== version || entry.state.leaseUntil.getTime() <= now),
    );
    if (stale.size > 0) await runs.reload([...stale], version);
    return batch.filter((waiting) => {
      if (++waiting.attempts > MAX_ATTEMPTS) waiting.giveUp();
      const fault = standingOf(waiting.entry.state, Date.now());
      if (fault) waiting.resolve(fault);
      return !waiting.answered;
    });
  }

  /** Reads again what a refused commit says has changed. Throws what is no such refusal. */
  private async repair(cause: unknown, batch: readonly Waiting[], version: bigint): Promise<void> {
    const { runs, snapshots, stream, pool, metrics } = this.parts;
    const state = sqlStateOf(cause);
    const constraint = cause instanceof Error && "constraint" in cause ? cause.constraint : null;
    const refusal = constraint === STREAM_KEY ? "stream" : refusalOf(state);
    metrics.retries.inc({ reason: refusal ?? state ?? "unknown" });
    // Several would wait for the same lock once more: they are parted instead.
    const mayRepeat = batch.every((waiting) => waiting.attempts < 2) && (batch.length === 1 || !isLockTimeout(cause));
    const entries = [...new Set(batch.map((waiting) => waiting.entry))];
    if (refusal === "configuration") await snapshots.refresh();
    else if (refusal === "run") await runs.reload(entries, version);
    else if (refusal === "stream") await Promise.all([stream.reread(), runs.reload(entries, version)]);
    else if (refusal === "approval") await readClaims(pool, batch);
    // What was known of the envelopes is forgotten already, and read with the next evaluation.
    else if (refusal === "envelope") return;
    else if (constraint === DUPLICATE_KEY) await storedAnswers(pool, batch);
    else if (state !== undefined && TRANSIENT.has(state) && mayRepeat) return;
    else throw cause;
  }

  private finish(plan: Plan<Waiting>, startedMs: number, evaluatedMs: number): void {
    const { metrics, pulse } = this.parts;
    for (const run of plan.runs) {
      advanceEntry(run.entry, run.revision, { usage: run.usage, state: run.state });
      pulse.run(run.entry.id);
    }
    const doneMs = performance.now();
    metrics.batchSize.observe(plan.planned.length);
    metrics.evaluateSeconds.observe((evaluatedMs - startedMs) / 1000);
    metrics.commitSeconds.observe((doneMs - evaluatedMs) / 1000);
    for (const one of plan.planned) {
      if (one.approvalId !== null) pulse.asks(one.asked.entry.id, one.approvalId);
      if (one.decision.review !== null) pulse.reviewed();
      metrics.decision(one.decision.effect, (doneMs - one.asked.arrivedMs) / 1000);
      one.asked.resolve(answerOf(one));
    }
  }

  /** Tells those to try again who have waited too long: the oldest is always in the batch under way, else first in the queue. */
  private arm(): void {
    if (this.timer) return;
    const oldest =
      this.committing.find((waiting) => !waiting.answered) ?? this.queue.find((waiting) => !waiting.answered);
    if (!oldest) return;
    const leftMs = oldest.arrivedMs + this.parts.deadlineMs - performance.now();
    this.timer = setTimeout(() => this.expire(), Math.max(leftMs, 1));
  }

  private expire(): void {
    this.timer = null;
    const limit = performance.now() - this.parts.deadlineMs;
    for (const waiting of [...this.committing, ...this.queue]) {
      if (waiting.arrivedMs > limit + 1 || waiting.answered) continue;
      this.parts.metrics.expired.inc();
      waiting.giveUp();
    }
    this.arm();
  }
}
