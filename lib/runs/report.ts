import type { StreamChange } from "@/lib/audit/stream-change";
import { countsOf, settle, type Booked, type EnvelopePlace } from "@/lib/budgets/settle";
import { reaches, streakAfter } from "@/lib/incidents/failure-modes";
import { newId } from "@/lib/kernel/ids";
import { sha256, type Json, type JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { endFault, lockRun, tokenFault } from "@/lib/runs/lock";

/** One event as its run reports it. `payload` is the rest of it as sent. */
export interface ReportedEvent {
  id: string;
  kind: "llm" | "tool" | "step" | "output" | "error" | "log";
  at: Date;
  durationMs: number | null;
  parentEventId: string | null;
  name: string | null;
  decisionId: string | null;
  costMicroUsd: bigint | null;
  inputTokens: number;
  outputTokens: number;
  /** Of a tool call that reports them; null: as reserved. */
  toolTokens: number | null;
  /** Of what a tool returned. */
  dataClasses: readonly string[];
  payload: JsonObject;
  contentHash: Buffer;
}

/** What a tool result taught: read by policies as `facts[action][key]`. */
interface ReportedFact {
  action: string;
  key: string;
  value: Json;
  eventId: string;
}

interface DecidedCall {
  action: string;
  args: JsonObject;
  effect: "allow" | "deny" | "escalate";
  /** It holds money or tokens that this report settles. */
  held: boolean;
}

interface ReportInput {
  runId: string;
  agentId: string;
  events: readonly ReportedEvent[];
  /** The facts of a tool event, given the decision that it was made under. */
  factOf(event: ReportedEvent, call: DecidedCall): { key: string; value: Json } | null;
  /** Tool errors in a row that are worth an incident; 0 is never. */
  incidentAfter: number;
  /** The envelopes that bind the run now, in which its model calls are booked. */
  places: readonly EnvelopePlace[];
}

export interface Report {
  accepted: string[];
  duplicates: string[];
  rejected: { event: ReportedEvent; code: "id_conflict" | "decision_unknown" }[];
  /** The run's counters and revision afterwards; null when nothing was new. */
  run: RunCounts | null;
  facts: ReportedFact[];
  /** Tool errors in a row after the last tool result of this report; 0 when that succeeded or there was none. */
  toolErrors: number;
  /** Rows of envelopes as they are afterwards; null when nothing was booked. */
  booked: Booked;
}

interface RunCounts {
  revision: number;
  events: number;
  inputTokens: number;
  outputTokens: number;
  costMicroUsd: bigint;
  unpricedCalls: number;
  dataClasses: string[];
  leaseUntil: Date;
}

/**
 * Stores what happened in an open run. An event whose id came before with the same content is a duplicate, with another content a conflict;
 * each event stands alone. Errors of the whole: `run_ended`, `run_lease_lost`, `token_expired`, `token_revoked`.
 */
export async function reportEvents(change: StreamChange, input: ReportInput): Promise<Result<Report>> {
  const run = await lockRun(change, input.runId);
  if (!run) return fail("not_found", "There is no such run.");
  const fault = tokenFault(run, change.now) ?? endFault(run, change.now);
  if (fault) return fault;
  const runDay = run.started_at.toISOString().slice(0, 10);
  const report: Report = {
    accepted: [],
    duplicates: [],
    rejected: [],
    run: null,
    facts: [],
    toolErrors: 0,
    booked: null,
  };
  const calls = await decidedCalls(change, input);
  const fresh = firstOfEach(input.events, report).filter((event) => {
    const known = event.decisionId === null || calls.has(event.decisionId);
    if (!known) report.rejected.push({ event, code: "decision_unknown" });
    return known;
  });
  const stored = await insert(change, input, runDay, fresh);
  await sortOut(change, input, runDay, fresh, stored, report);
  const accepted = fresh.filter((event) => stored.has(event.id));
  if (accepted.length === 0) {
    change.unchanged();
    return ok(report);
  }
  for (const event of accepted) {
    const call = event.decisionId === null ? undefined : calls.get(event.decisionId);
    if (!call || (call.effect !== "allow" && run.mode === "live")) continue;
    const fact = input.factOf(event, call);
    if (fact) report.facts.push({ action: call.action, key: fact.key, value: fact.value, eventId: event.id });
  }
  await keepFacts(change, input.runId, report.facts);
  const results = accepted.flatMap(({ kind, payload }) => (kind === "tool" ? [payload.ok === true] : []));
  const streak = streakAfter(run.tool_errors, results);
  report.run = await count(change, input.runId, accepted, streak);
  if (results.length > 0) report.toolErrors = streak;
  // What happened in a shadow run happened elsewhere, and is paid for there.
  if (run.mode === "live") report.booked = await settle(change, countsOf(accepted, calls), input.places);
  // A shadow run repeats what happened elsewhere: nobody has to see to it.
  if (run.mode === "live" && reaches(run.tool_errors, streak, input.incidentAfter)) await signal(change, input, streak);
  change.audit(
    { kind: "agent", id: input.agentId },
    {
      action: "run.report",
      subjectKind: "run",
      subjectId: input.runId,
      nodeId: input.agentId,
      detail: {
        events: accepted.length,
        // In the order of the request: with the stored content hashes it shows whether an event was changed or taken away.
        digest: sha256(Buffer.concat(accepted.map((event) => event.contentHash))).toString("hex"),
        first: accepted[0]?.id ?? null,
        last: accepted.at(-1)?.id ?? null,
      },
    },
  );
  return ok(report);
}

/** Within one request the first event of an id counts; a second one is a duplicate or a conflict like one of another request. */
function firstOfEach(events: readonly ReportedEvent[], report: Report): ReportedEvent[] {
  const byId = new Map<string, ReportedEvent>();
  for (const event of events) {
    const first = byId.get(event.id);
    if (!first) byId.set(event.id, event);
    else if (first.contentHash.equals(event.contentHash)) report.duplicates.push(event.id);
    else report.rejected.push({ event, code: "id_conflict" });
  }
  return [...byId.values()];
}

async function decidedCalls(change: StreamChange, input: ReportInput): Promise<Map<string, DecidedCall>> {
  const ids = input.events.flatMap((event) => event.decisionId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await change.query<DecidedCall & { id: string; held: boolean }>(
    "report_decisions",
    `SELECT decision.id, action, args, effect, reservation.decision_id IS NOT NULL AS held FROM decision
      LEFT JOIN reservation ON reservation.decision_id = decision.id AND reservation.closed_at IS NULL
      WHERE decision.run_id = $1 AND decision.id = ANY($2::uuid[])`,
    [input.runId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function insert(
  change: StreamChange,
  input: ReportInput,
  runDay: string,
  events: readonly ReportedEvent[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const rows = events.map((event) => ({
    id: event.id,
    kind: event.kind,
    at: event.at.toISOString(),
    duration_ms: event.durationMs,
    parent_event_id: event.parentEventId,
    name: event.name,
    decision_id: event.decisionId,
    cost: event.costMicroUsd?.toString() ?? null,
    // As a text inside the JSON: what agents sent may hold escapes that PostgreSQL reads only in a text.
    payload: JSON.stringify(event.payload),
    content_hash: event.contentHash.toString("hex"),
  }));
  const stored = await change.query<{ id: string }>(
    "report_insert",
    `INSERT INTO event (run_day, run_id, id, agent_id, kind, at, received_at, duration_ms, parent_event_id, name, decision_id,
        cost_micro_usd, payload, content_hash)
      SELECT $1::date, $2::uuid, e.id, $3::uuid, e.kind, e.at, $4::timestamptz, e.duration_ms, e.parent_event_id, e.name,
          e.decision_id, e.cost, e.payload::json, decode(e.content_hash, 'hex')
        FROM json_to_recordset($5::json) AS e(id text, kind event_kind, at timestamptz, duration_ms int, parent_event_id text, name text,
          decision_id uuid, cost bigint, payload text, content_hash text)
      ON CONFLICT (run_day, run_id, id) DO NOTHING RETURNING id`,
    [runDay, input.runId, input.agentId, change.now, JSON.stringify(rows)],
  );
  return new Set(stored.map((row) => row.id));
}

async function sortOut(
  change: StreamChange,
  input: ReportInput,
  runDay: string,
  events: readonly ReportedEvent[],
  stored: ReadonlySet<string>,
  report: Report,
): Promise<void> {
  report.accepted.push(...events.flatMap((event) => (stored.has(event.id) ? event.id : [])));
  const before = events.filter((event) => !stored.has(event.id));
  if (before.length === 0) return;
  const rows = await change.query<{ id: string; content_hash: Buffer }>(
    "report_before",
    "SELECT id, content_hash FROM event WHERE run_day = $1::date AND run_id = $2 AND id = ANY($3::text[])",
    [runDay, input.runId, before.map((event) => event.id)],
  );
  const hashes = new Map(rows.map((row) => [row.id, row.content_hash]));
  for (const event of before) {
    if (hashes.get(event.id)?.equals(event.contentHash)) report.duplicates.push(event.id);
    else report.rejected.push({ event, code: "id_conflict" });
  }
}

async function keepFacts(change: StreamChange, runId: string, facts: readonly ReportedFact[]): Promise<void> {
  for (const fact of facts) {
    await change.query(
      "report_fact",
      `INSERT INTO run_fact (run_id, action, key, value, origin, event_id, at) VALUES ($1, $2, $3, $4, 'reported', $5, $6)
        ON CONFLICT (run_id, action, key) DO UPDATE SET value = excluded.value, origin = excluded.origin, event_id = excluded.event_id, at = excluded.at`,
      [runId, fact.action, fact.key, JSON.stringify(fact.value), fact.eventId, change.now],
    );
  }
}

/** Told to the worker in the same change: see lib/incidents/act.ts. */
async function signal(change: StreamChange, input: ReportInput, toolErrors: number): Promise<void> {
  await change.query(
    "report_signal",
    "INSERT INTO failure_signal (id, rule, agent_id, run_id, count, at) VALUES ($1, 'tool_errors', $2, $3, $4, $5)",
    [newId(), input.agentId, input.runId, toolErrors, change.now],
  );
}

async function count(
  change: StreamChange,
  runId: string,
  accepted: readonly ReportedEvent[],
  toolErrors: number,
): Promise<RunCounts | null> {
  const calls = accepted.filter((event) => event.kind === "llm");
  const costs = accepted.reduce((total, event) => total + (event.costMicroUsd ?? 0n), 0n);
  const sum = (pick: (event: ReportedEvent) => number): number =>
    calls.reduce((total, event) => total + pick(event), 0);
  const rows = await change.query<{
    revision: number;
    events: number;
    input_tokens: string;
    output_tokens: string;
    cost_micro_usd: string;
    unpriced_calls: number;
    data_classes: string[];
    lease_until: Date;
  }>(
    "report_count",
    `UPDATE run SET events = events + $2, input_tokens = input_tokens + $3, output_tokens = output_tokens + $4,
        cost_micro_usd = cost_micro_usd + $5, unpriced_calls = unpriced_calls + $6, tool_errors = $8, revision = revision + 1,
        data_classes = CASE WHEN data_classes @> $9::text[] THEN data_classes
          ELSE ARRAY(SELECT unnest(data_classes) UNION SELECT unnest($9::text[]) ORDER BY 1) END,
        lease_until = greatest(lease_until, least($7::timestamptz + make_interval(secs => lease_seconds), token_expires_at))
      WHERE id = $1 RETURNING revision, events, input_tokens, output_tokens, cost_micro_usd, unpriced_calls, data_classes, lease_until`,
    [
      runId,
      accepted.length,
      sum((event) => event.inputTokens),
      sum((event) => event.outputTokens),
      costs.toString(),
      calls.filter((event) => event.costMicroUsd === null).length,
      change.now,
      toolErrors,
      [...new Set(accepted.flatMap((event) => event.dataClasses))],
    ],
  );
  const row = rows[0];
  return row
    ? {
        revision: row.revision,
        events: row.events,
        inputTokens: Number(row.input_tokens),
        outputTokens: Number(row.output_tokens),
        costMicroUsd: BigInt(row.cost_micro_usd),
        unpricedCalls: row.unpriced_calls,
        dataClasses: row.data_classes,
        leaseUntil: row.lease_until,
      }
    : null;
}
