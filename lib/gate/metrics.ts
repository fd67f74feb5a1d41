import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

import type { Effect } from "@/lib/decisions/types";

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

export type Metrics = ReturnType<typeof createMetrics>;

/** What the gate measures of itself. `gauges` are read when somebody asks. */
export function createMetrics(gauges: {
  queue(): number;
  commitsUnderWay(): number;
  snapshotVersion(): number;
  runsKnown(): number;
  approvalsWaitedFor(): number;
  pool(): { total: number; idle: number; waiting: number };
}) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "remit_gate_" });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("remit_gate_queue_depth", "Decision requests that wait for the next batch", gauges.queue);
  gauge("remit_gate_commits_under_way", "Commits of decisions that are not answered yet", gauges.commitsUnderWay);
  gauge(
    "remit_gate_snapshot_version",
    "Version of the configuration that decisions are evaluated under",
    gauges.snapshotVersion,
  );
  gauge("remit_gate_runs_known", "Runs that are remembered", gauges.runsKnown);
  gauge("remit_gate_approval_waiters", "Agents that wait for an approval", gauges.approvalsWaitedFor);
  gauge("remit_gate_pool_connections", "Connections to the store, beside that of decisions", () => gauges.pool().total);
  gauge("remit_gate_pool_idle", "Idle connections to the store", () => gauges.pool().idle);
  gauge("remit_gate_pool_waiting", "Requests that wait for a connection", () => gauges.pool().waiting);

  const decisionSeconds = new Histogram({
    name: "remit_decision_seconds",
    help: "From the arrival of a decision request to its commit",
    labelNames: ["effect"],
    buckets: SECONDS,
    registers,
  });
  const byEffect = {
    allow: decisionSeconds.labels("allow"),
    deny: decisionSeconds.labels("deny"),
    escalate: decisionSeconds.labels("escalate"),
  };
  return {
    registry,
    decision: (effect: Effect, seconds: number): void => byEffect[effect].observe(seconds),
    batchSize: new Histogram({
      name: "remit_batch_size",
      help: "Decisions in one commit",
      buckets: [1, 2, 4, 8, 16, 32, 64, 128],
      registers,
    }),
    evaluateSeconds: new Histogram({
      name: "remit_batch_evaluate_seconds",
      help: "Evaluating one batch",
      buckets: SECONDS,
      registers,
    }),
    commitSeconds: new Histogram({
      name: "remit_batch_commit_seconds",
      help: "Committing one batch",
      buckets: SECONDS,
      registers,
    }),
    retries: new Counter({
      name: "remit_batch_retries_total",
      help: "Batches that were evaluated again, by what had changed",
      labelNames: ["reason"],
      registers,
    }),
    expired: new Counter({
      name: "remit_decisions_expired_total",
      help: "Requests answered 503 because the commit took too long",
      registers,
    }),
    waits: new Counter({
      name: "remit_gate_approval_answers_total",
      help: "Approvals that agents waited for until they were settled, by how that was found; a sweep finds what no notification told",
      labelNames: ["found"],
      registers,
    }),
    requests: new Counter({
      name: "remit_requests_total",
      help: "Requests by route and status",
      labelNames: ["route", "status"],
      registers,
    }),
  };
}
