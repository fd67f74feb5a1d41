import { createHmac, randomBytes } from "node:crypto";

import type { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { streamChange } from "@/lib/audit/stream-change";
import { check, MAX_BODY_BYTES } from "@/lib/gate/body";
import { bearerOf, freshRun, runOfPath, runOfToken, type Bearer } from "@/lib/gate/caller";
import { directiveOf } from "@/lib/gate/directive";
import { bodyOf, endpoint, idempotencyKeyOf, jsonBodyOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idempotencyHeaders, idParams } from "@/lib/gate/parameters";
import { countersFor } from "@/lib/gate/run-counters";
import { Problem } from "@/lib/gate/problem";
import {
  completedSchema,
  completeSchema,
  heartbeatSchema,
  MAX_EVENTS,
  startedRunSchema,
  startRunSchema,
} from "@/lib/gate/wire";
import { newId } from "@/lib/kernel/ids";
import { hashOf, type Json } from "@/lib/kernel/json";
import { formatSecret, secretHash } from "@/lib/kernel/secret";
import { completeRun } from "@/lib/runs/complete";
import { heartbeat } from "@/lib/runs/heartbeat";
import { startRun, type StartedRun, type Starter } from "@/lib/runs/start";
import { z as zod } from "zod";

const TAG = "Runs";
type StartRequest = z.output<typeof startRunSchema>;

export function runRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "post",
      path: "/runs",
      tag: TAG,
      summary: "Start a run",
      description:
        "With an agent's credential; or with the token of a run that delegates, naming the `agent` that is to act (its own, one below that in the chart or in its team, or one that its boundary names) and optionally a narrower `scope`.",
      security: "credential_or_run",
      headers: idempotencyHeaders,
      body: startRunSchema,
      status: 201,
      response: startedRunSchema,
      refusals: [400, 403, 404, 409, 413, 415],
    },
    (c) => start(gate, c),
  );
  endpoint(
    app,
    {
      method: "post",
      path: "/runs/{id}/heartbeat",
      tag: TAG,
      summary: "Say that the run is alive",
      security: "run",
      params: idParams,
      status: 200,
      response: heartbeatSchema,
      refusals: [400, 404, 409],
    },
    (c) => beat(gate, c),
  );
  endpoint(
    app,
    {
      method: "post",
      path: "/runs/{id}/complete",
      tag: TAG,
      summary: "End the run",
      description:
        "What still waits for a person is cancelled. A repeat with the same content returns the first answer.",
      security: "run",
      params: idParams,
      body: completeSchema,
      status: 200,
      response: completedSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    (c) => complete(gate, c),
  );
}

async function start(gate: Gate, c: Context): Promise<Response> {
  const bearer = bearerOf(c);
  const key = idempotencyKeyOf(c);
  const json = await jsonBodyOf(c);
  const request = check(startRunSchema, json);
  const starter = await starterOf(gate, bearer, request);
  const now = new Date();
  const tokenOf = tokenMaker(bearer, key);
  const { settings } = await gate.guard.wait(gate.snapshots.get());
  await gate.guard.wait(gate.ensureEventDay(now));
  const started = await gate.guard.wait(
    streamChange(gate.streams, now, (change) =>
      startRun(change, {
        starter,
        runId: newId(),
        tokenHash: (runId) => secretHash(tokenOf(runId)),
        trigger: request.trigger,
        input: textOf(request.input),
        onBehalfOf: request.onBehalfOf ?? null,
        instruction: request.instruction ?? null,
        model: request.model ?? null,
        mode: request.mode ?? null,
        leaseSeconds: request.ttlSeconds ?? null,
        idempotencyKey: key,
        requestHash: key === null ? null : hashOf([json, starter.kind === "run" ? starter.runId : null]),
        maxDepth: settings.delegation.maxDepth,
      }),
    ),
  );
  if (!started.ok) throw Problem.of(started.error);
  gate.pulse.run(started.value.runId);
  return c.json(startedBody(started.value, tokenOf(started.value.runId)), 201);
}

async function starterOf(gate: Gate, bearer: Bearer, request: StartRequest): Promise<Starter> {
  if (bearer.kind === "rmt") {
    if (request.agent !== undefined)
      throw new Problem(
        "invalid_input",
        "names the agent of a child run: start it with the parent run's token",
        "agent",
      );
    if (request.scope !== undefined)
      throw new Problem("invalid_input", "narrows a child run: start it with the parent run's token", "scope");
    return { kind: "credential", secretHash: bearer.hash };
  }
  if (request.agent === undefined) throw new Problem("invalid_input", "name the agent that is to act", "agent");
  const parent = await freshRun(gate, await runOfToken(gate, bearer), "act");
  return { kind: "run", runId: parent.id, agent: request.agent, scope: request.scope ?? [] };
}

/**
 * A run's token is random; with an idempotency key it comes from the secret that the caller holds and the store does not, so that a repeat can be
 * answered with the first token although only its hash is kept.
 */
function tokenMaker(bearer: Bearer, key: string | null): (runId: string) => string {
  if (key === null) {
    const token = formatSecret("rmr", randomBytes(32));
    return () => token;
  }
  return (runId) =>
    formatSecret("rmr", createHmac("sha256", bearer.secret).update(`run token\0${runId}\0${key}`).digest());
}

const startedBody = (run: StartedRun, token: string): z.output<typeof startedRunSchema> => ({
  runId: run.runId,
  token,
  expiresAt: run.expiresAt.toISOString(),
  leaseUntil: run.leaseUntil.toISOString(),
  agent: run.agent,
  ...(run.parentRunId !== null && { parentRunId: run.parentRunId }),
  limits: { leaseSeconds: run.leaseSeconds, bodyBytes: MAX_BODY_BYTES, events: MAX_EVENTS },
});

const nothing = zod.strictObject({});

async function beat(gate: Gate, c: Context): Promise<Response> {
  const entry = await runOfPath(gate, c);
  await bodyOf(c, nothing, {});
  const run = await freshRun(gate, entry, "act");
  const leaseUntil = await gate.guard.wait(heartbeat(gate.pool, run.id, new Date()));
  if (!leaseUntil) throw new Problem("run_ended", "This run has just ended.");
  const snapshot = await gate.guard.wait(gate.snapshots.get());
  const counters = await countersFor(gate, run, snapshot, new Date());
  return c.json({ ...directiveOf(snapshot, run.state, counters), leaseUntil: leaseUntil.toISOString() });
}

async function complete(gate: Gate, c: Context): Promise<Response> {
  const entry = await runOfPath(gate, c);
  const json = await jsonBodyOf(c);
  const request = check(completeSchema, json);
  const now = new Date();
  const done = await gate.guard.wait(
    streamChange(gate.streams, now, (change) =>
      completeRun(change, {
        runId: entry.id,
        agentId: entry.state.agentId,
        outcome: request.outcome,
        output: textOf(request.output),
        followUp: textOf(request.followUp),
        error: textOf(request.error),
        blocker: textOf(request.blocker),
        contentHash: hashOf(json),
      }),
    ),
  );
  if (!done.ok) throw Problem.of(done.error);
  gate.runs.forget(entry.tokenKey);
  gate.pulse.run(entry.id);
  return c.json({ ...done.value, endedAt: done.value.endedAt.toISOString() });
}

const textOf = (value: Json | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
