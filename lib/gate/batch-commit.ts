import type { Pool } from "pg";

import type { AgentRates } from "@/lib/gate/agent-rates";
import { answerOf } from "@/lib/gate/answer";
import type { Waiting } from "@/lib/gate/asked";
import type { BatchBudgets } from "@/lib/gate/batch-budgets";
import { commitMessage, refusalOf } from "@/lib/gate/commit";
import { Doubtful } from "@/lib/gate/doubtful";
import type { EnvelopeUses } from "@/lib/gate/envelope-uses";
import { evaluate, type Plan } from "@/lib/gate/evaluate";
import { isLockTimeout } from "@/lib/gate/held-runs";
import type { Metrics } from "@/lib/gate/metrics";
import { Problem } from "@/lib/gate/problem";
import type { Pulse } from "@/lib/gate/pulse";
import { advanceEntry } from "@/lib/gate/run-entry";
import type { RunStore } from "@/lib/gate/run-store";
import type { SnapshotSource } from "@/lib/gate/snapshot";
import { sqlStateOf } from "@/lib/gate/sql-state";
import { standingOf } from "@/lib/gate/standing";
import { ConnectionLost, isBusy } from "@/lib/gate/store-away";
import { readClaims, storedAnswers } from "@/lib/gate/stored";
import type { DecisionStream } from "@/lib/gate/stream";

export interface CommitParts {
  stream: DecisionStream;
  snapshots: SnapshotSource;
  runs: RunStore;
  rates: AgentRates;
  envelopes: EnvelopeUses;
  pool: Pool;
  pulse: Pulse;
  metrics: Metrics;
}

/**
 * Evaluations of one request, each after what it depends on had changed, before it is given up. Where several gates decide for one run they
 * refuse one another for as long as there is something to decide: it is the caller's deadline that ends this, and the number only what goes wrong.
 */
const MAX_ATTEMPTS = 50;
const DUPLICATE_KEY = "decision_run_id_idempotency_key_key";
/** Stands before the look at the stream itself. */
const STREAM_KEY = "audit_record_pkey";

/** A batch, evaluated, on its way into the store. */
export interface Flight {
  batch: Waiting[];
  plan: Plan<Waiting>;
  startedMs: number;
  evaluatedMs: number;
}

/** An attempt that failed: why, and under which version of the configuration it was evaluated. */
export interface Failure {
  cause: unknown;
  version: bigint;
}

/**
 * Evaluates batches and stores them. Everything about a batch is verified by its commit; when something changed meanwhile, nothing was written,
 * what changed is read, and the batch is evaluated again.
 */
export class BatchCommit {
  private readonly doubtful = new Doubtful();

  constructor(private readonly parts: CommitParts) {}

  /** Stores a batch, however often it takes; nothing else may be under way. Throws what is not worth another attempt as it is. */
  async attempt(batch: Waiting[], before: Failure | null): Promise<void> {
    let failure = before;
    let open = batch;
    while (true) {
      if (failure?.cause instanceof ConnectionLost) {
        await this.parts.stream.ready();
        this.takeStored();
        if (open.some((waiting) => !waiting.answered)) throw failure.cause;
        return;
      }
      if (failure) await this.repair(failure.cause, open, failure.version);
      const flight = await this.prepare(open);
      if (!flight) return;
      open = flight.batch;
      try {
        return await this.commit(flight);
      } catch (cause) {
        failure = { cause, version: flight.plan.version };
      }
    }
  }

  /**
   * Evaluates those of a batch that are still waited for; null when there are none. It begins behind the last of those under way, which must
   * concern no run of it, or at the stored head.
   */
  async prepare(batch: Waiting[], last: () => Flight | undefined = nothing): Promise<Flight | null> {
    const { stream, snapshots, rates, envelopes } = this.parts;
    let open = batch;
    while (true) {
      this.takeStored();
      open = await this.refresh(open.filter((waiting) => !waiting.answered));
      const snapshot = snapshots.current;
      if (!snapshot) throw new ConnectionLost("no connection");
      // While some were read, another configuration came: what it says of the others was not. The commit asks about the configuration alone.
      if (open.some(({ entry }) => entry.readAt !== snapshot.version)) continue;
      const asking = rates.ask(open, snapshot);
      if (asking) await asking;
      const now = new Date();
      const bound = envelopes.of(open, snapshot, now);
      const budgets = bound instanceof Promise ? await bound : bound;
      open = open.filter((waiting) => !waiting.answered);
      if (open.length === 0) return null;
      const head = stream.head && (last()?.plan.nextHead ?? stream.head);
      if (!head) throw new ConnectionLost("no connection");
      const startedMs = performance.now();
      const plan = evaluate(snapshot, open, head, now, budgets);
      const again = budgets && this.readAgain(plan, budgets);
      if (!again) return { batch: open, plan, startedMs, evaluatedMs: performance.now() };
      await again;
    }
  }

  /** @throws ConnectionLost, or what the store says; nothing is stored then, or it is not known. */
  async commit({ plan, startedMs, evaluatedMs }: Flight): Promise<void> {
    const { stream, envelopes } = this.parts;
    let returned: string | null;
    let answers: Answers;
    try {
      const sent = stream.commit((types) => commitMessage(plan, types), plan.nextHead);
      // What is answered once it is stored is made while the store works.
      answers = answersOf(plan);
      returned = await sent;
    } catch (cause) {
      envelopes.forget(plan.charges);
      if (cause instanceof ConnectionLost) this.doubtful.add(plan);
      throw cause;
    }
    this.doubtful.clear();
    this.finish(plan, answers, startedMs, evaluatedMs);
    if (returned !== null) envelopes.note(JSON.parse(returned), evaluatedMs);
  }

  /** Nothing is denied for an envelope on what was read before the request came: others may have given back since. */
  private readAgain({ planned }: Plan<Waiting>, budgets: BatchBudgets): Promise<void> | null {
    const behind = planned.filter(
      ({ decision, asked }) => decision.overBudget && budgets.readMs(asked.entry.id) < asked.arrivedMs,
    );
    if (behind.length === 0) return null;
    return this.parts.envelopes.read(behind.flatMap(({ asked }) => budgets.places.get(asked.entry.id) ?? []));
  }

  /** What was stored though its connection was lost is answered as it was decided. */
  private takeStored(): void {
    const nowMs = performance.now();
    for (const plan of this.doubtful.stored(this.parts.stream.head)) this.finish(plan, answersOf(plan), nowMs, nowMs);
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
    else if (isBusy(cause) && mayRepeat) return;
    else throw cause;
  }

  /** What a batch led to is known here, and answered, before anybody else is told. */
  private finish(plan: Plan<Waiting>, answers: Answers, startedMs: number, evaluatedMs: number): void {
    for (const run of plan.runs) {
      // The state may have been read again since, and say more: of what the batch saw only what it added is kept.
      const state = run.classesGrew ? { ...run.entry.state, dataClasses: run.state.dataClasses } : run.entry.state;
      advanceEntry(run.entry, run.revision, { usage: run.usage, state });
    }
    const doneMs = performance.now();
    for (const [at, answer] of answers.entries()) plan.planned[at]?.asked.resolve(answer);
    setImmediate(() => {
      this.tell(plan);
      this.measure(plan, { startedMs, evaluatedMs, doneMs });
    });
  }

  private tell({ runs, planned }: Plan<Waiting>): void {
    const { pulse } = this.parts;
    for (const { entry } of runs) pulse.run(entry.id);
    for (const { approvalId, asked, decision } of planned) {
      if (approvalId !== null) pulse.asks(asked.entry.id, approvalId);
      if (decision.review !== null) pulse.reviewed();
    }
  }

  private measure({ planned }: Plan<Waiting>, { startedMs, evaluatedMs, doneMs }: Times): void {
    const { metrics } = this.parts;
    metrics.batchSize.observe(planned.length);
    metrics.evaluateSeconds.observe((evaluatedMs - startedMs) / 1000);
    metrics.commitSeconds.observe((doneMs - evaluatedMs) / 1000);
    for (const { decision, asked } of planned) metrics.decision(decision.effect, (doneMs - asked.arrivedMs) / 1000);
  }
}

/** Of one batch, by `performance.now()`. */
interface Times {
  startedMs: number;
  evaluatedMs: number;
  doneMs: number;
}

/** In the order of the batch. */
type Answers = readonly (string | Problem)[];

/** Never throws: what was sent may be stored, and must not be tried again for want of an answer. */
const answersOf = ({ planned }: Plan<Waiting>): Answers =>
  planned.map((one) => {
    try {
      return answerOf(one);
    } catch {
      return new Problem("internal", "The decision is recorded, and its answer could not be made.");
    }
  });

const nothing = (): undefined => undefined;
