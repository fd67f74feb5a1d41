import type { Pool } from "pg";

import { usd } from "@/lib/kernel/money";

interface Row {
  id: string;
  agent: { id: string; slug: string };
  parent_run_id: string | null;
  status: "running" | "succeeded" | "failed" | "blocked" | "halted" | "lost";
  mode: "live" | "shadow";
  started_at: Date;
  lease_until: Date;
  ended_at: Date | null;
  decisions: number;
  denials: number;
  escalations: number;
  events: number;
  input_tokens: string;
  output_tokens: string;
  cost_micro_usd: string;
  unpriced_calls: number;
}

/** A run as its agent may see it, ready for JSON; null when there is none. */
export async function runSummary(pool: Pool, id: string) {
  const { rows } = await pool.query<Row>({
    name: "run_summary",
    text: `SELECT run.id, json_build_object('id', node.id, 'slug', node.slug) AS agent, run.parent_run_id, run.status, run.mode, run.started_at,
        run.lease_until, run.ended_at, run.decisions, run.denials, run.escalations, run.events, run.input_tokens, run.output_tokens,
        run.cost_micro_usd, run.unpriced_calls
      FROM run JOIN node ON node.id = run.agent_id WHERE run.id = $1`,
    values: [id],
  });
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    agent: row.agent,
    ...(row.parent_run_id !== null && { parentRunId: row.parent_run_id }),
    status: row.status,
    mode: row.mode,
    startedAt: row.started_at.toISOString(),
    leaseUntil: row.lease_until.toISOString(),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    decisions: row.decisions,
    denials: row.denials,
    escalations: row.escalations,
    events: row.events,
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    costUsd: usd(BigInt(row.cost_micro_usd)),
    unpricedCalls: row.unpriced_calls,
  };
}
