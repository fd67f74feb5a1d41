import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { streamChange } from "@/lib/audit/stream-change";
import { countersFor } from "@/lib/gate/run-counters";
import { placesOf } from "@/lib/gate/batch-budgets";
import { factOf } from "@/lib/catalogue/facts";
import { check, problemOf } from "@/lib/gate/body";
import { runOfPath } from "@/lib/gate/caller";
import { directiveOf } from "@/lib/gate/directive";
import { endpoint, jsonBodyOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams } from "@/lib/gate/parameters";
import { Problem } from "@/lib/gate/problem";
import { advanceEntry, type RunEntry } from "@/lib/gate/run-entry";
import {
  eventsEnvelopeSchema,
  eventSchema,
  eventsReportSchema,
  eventsRequestSchema,
  MAX_EVENTS,
  type RunEvent,
} from "@/lib/gate/wire";
import { retryAdvice } from "@/lib/incidents/failure-modes";
import { failureModesFor } from "@/lib/incidents/failure-settings";
import { hashOf, type Json, type JsonObject } from "@/lib/kernel/json";
import { microUsd } from "@/lib/kernel/money";
import { reportEvents, type Report, type ReportedEvent } from "@/lib/runs/report";

interface Rejected {
  id: string;
  index: number;
  code: string;
  field?: string;
  detail: string;
}

export function eventRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "post",
      path: "/runs/{id}/events",
      tag: "Runs",
      summary: "Report what happened in the run",
      description:
        "At most 1,000 events. Each stands alone: one that is refused does not refuse the others, and one that came before is a duplicate.",
      security: "run",
      params: idParams,
      body: eventsRequestSchema,
      status: 200,
      response: eventsReportSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    (c) => report(gate, c),
  );
}

async function report(gate: Gate, c: Context): Promise<Response> {
  const entry = await runOfPath(gate, c);
  const { events } = check(eventsEnvelopeSchema, await jsonBodyOf(c));
  if (events.length > MAX_EVENTS)
    throw new Problem("too_many_events", `A request may have at most ${MAX_EVENTS} events.`, "events");
  const rejected: Rejected[] = [];
  const indexes = new Map<ReportedEvent, number>();
  for (const [index, sent] of events.entries()) {
    const event = read(sent, index, rejected);
    if (event) indexes.set(event, index);
  }
  const snapshot = await gate.guard.wait(gate.snapshots.get());
  const slug = snapshot.agents.get(entry.state.agentId)?.slug ?? null;
  const { toolErrors } = failureModesFor(snapshot.settings.failures, slug);
  const revision = entry.revision;
  const now = new Date();
  const places = placesOf(snapshot, entry.state, now.getTime());
  const beganMs = performance.now();
  const done = await gate.guard.wait(
    streamChange(gate.streams, now, (change) =>
      reportEvents(change, {
        runId: entry.id,
        agentId: entry.state.agentId,
        events: [...indexes.keys()],
        incidentAfter: toolErrors.incidentAfter,
        places,
        factOf: ({ kind, payload }, call) => {
          const fact = snapshot.actions.get(call.action)?.fact ?? null;
          return kind === "tool" && payload.ok === true && payload.result !== undefined
            ? factOf(fact, call.args, payload.result)
            : null;
        },
      }),
    ),
  );
  if (!done.ok) throw Problem.of(done.error);
  remember(entry, revision, done.value);
  if (done.value.booked !== null) gate.envelopes.note(done.value.booked, beganMs);
  gate.pulse.run(entry.id);
  for (const { event, code } of done.value.rejected) {
    rejected.push({ id: event.id, index: indexes.get(event) ?? -1, code, detail: DETAILS[code] });
  }
  rejected.sort((a, b) => a.index - b.index);
  const retry = retryAdvice(done.value.toolErrors, toolErrors);
  return c.json({
    accepted: done.value.accepted.length,
    duplicates: done.value.duplicates.length,
    rejected,
    ...(retry && { retry }),
    ...directiveOf(snapshot, entry.state, await countersFor(gate, entry, snapshot, now)),
  });
}

const DETAILS = {
  id_conflict: "An event of this id came before with other content.",
  decision_unknown: "This run made no such decision.",
} as const;

/** What a decision sees of the events, without reading the run again, unless another commit came between. */
function remember(entry: RunEntry, revision: number, { run, facts }: Report): void {
  if (!run) return;
  const merged: { [action: string]: { [key: string]: Json } } = { ...entry.state.facts };
  for (const { action, key, value } of facts) {
    merged[action] = Object.defineProperty({ ...merged[action] }, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  const { events, inputTokens, outputTokens, costMicroUsd, unpricedCalls, dataClasses } = run;
  advanceEntry(entry, run.revision === revision + 1 ? revision : -1, {
    usage: {
      ...entry.usage,
      run: { ...entry.usage.run, events, inputTokens, outputTokens, costMicroUsd, unpricedCalls },
    },
    state: {
      ...entry.state,
      facts: facts.length > 0 ? merged : entry.state.facts,
      leaseUntil: run.leaseUntil,
      dataClasses,
    },
  });
}

const costOf = (event: RunEvent): bigint | null =>
  (event.kind === "llm" || event.kind === "tool") && event.costUsd !== undefined ? microUsd(event.costUsd) : null;

function read(sent: Json, index: number, rejected: Rejected[]): ReportedEvent | null {
  const parsed = eventSchema.safeParse(sent);
  if (!parsed.success) {
    const { code, field, message } = problemOf(parsed.error);
    const id =
      typeof sent === "object" && sent !== null && !Array.isArray(sent) && typeof sent.id === "string" ? sent.id : "";
    rejected.push({ id, index, code, ...(field !== undefined && { field }), detail: message });
    return null;
  }
  const event = parsed.data;
  const { id, kind, at, durationMs, parentEventId, name, ...rest } = event;
  const payload: JsonObject = {};
  for (const [key, value] of Object.entries<Json | undefined>(rest)) if (value !== undefined) payload[key] = value;
  return {
    id,
    kind,
    at: new Date(at),
    durationMs: durationMs ?? null,
    parentEventId: parentEventId ?? null,
    name: name ?? null,
    decisionId: event.kind === "tool" ? (event.decisionId ?? null) : null,
    costMicroUsd: costOf(event),
    inputTokens: event.kind === "llm" ? event.inputTokens : 0,
    outputTokens: event.kind === "llm" ? event.outputTokens : 0,
    toolTokens: event.kind === "tool" ? (event.tokens ?? null) : null,
    dataClasses: event.kind === "tool" ? (event.dataClasses ?? []) : [],
    payload,
    contentHash: hashOf(sent),
  };
}
