import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { openAppeal } from "@/lib/appeals/open";
import { excludedFrom } from "@/lib/approvals/route/route";
import { streamChange } from "@/lib/audit/stream-change";
import { check } from "@/lib/gate/body";
import { bearerOf, freshRun, runOfPath, runOfToken } from "@/lib/gate/caller";
import { endpoint, idempotencyKeyOf, jsonBodyOf, queryOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idempotencyHeaders, idParams } from "@/lib/gate/parameters";
import { notFound, Problem } from "@/lib/gate/problem";
import { appealRequestSchema, appealSchema, waitQuerySchema } from "@/lib/gate/wire";
import { isId } from "@/lib/kernel/ids";
import { hashOf } from "@/lib/kernel/json";

export function appealRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "post",
      path: "/runs/{id}/appeals",
      tag: "Decisions",
      summary: "Ask that a denial be reconsidered",
      description:
        "Once per decision of this run that denied by a rule, a grant or the tier. It lands with those who may change that. A repeat with the same content returns the first answer.",
      security: "run",
      params: idParams,
      headers: idempotencyHeaders,
      body: appealRequestSchema,
      status: 201,
      response: appealSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    (c) => open(gate, c),
  );
  endpoint(
    app,
    {
      method: "get",
      path: "/appeals/{id}",
      tag: "Decisions",
      summary: "Wait for the answer to an appeal",
      description:
        "Answers at once when a person has answered, else when one does, and at the latest after `wait` seconds with what is known then.",
      security: "run",
      params: idParams,
      query: waitQuerySchema,
      status: 200,
      response: appealSchema,
      refusals: [400, 404],
    },
    (c) => wait(gate, c),
  );
}

async function open(gate: Gate, c: Context): Promise<Response> {
  const entry = await runOfPath(gate, c);
  const key = idempotencyKeyOf(c);
  const json = await jsonBodyOf(c);
  const { decisionId, reason, evidence } = check(appealRequestSchema, json);
  const snapshot = await gate.guard.wait(gate.snapshots.get());
  const personIdOf = (name: string) => snapshot.peopleByEmail.get(name.toLowerCase()) ?? snapshot.people.get(name)?.id;
  const opened = await gate.guard.wait(
    streamChange(gate.streams, new Date(), (change) =>
      openAppeal(change, {
        runId: entry.id,
        agentId: entry.state.agentId,
        decisionId,
        reason,
        evidence: evidence === undefined ? null : JSON.stringify(evidence),
        excludedIds: excludedFrom([entry.state, ...entry.state.parents], personIdOf),
        idempotencyKey: key,
        requestHash: hashOf(json),
      }),
    ),
  );
  if (!opened.ok) throw Problem.of(opened.error);
  return c.json(await answerOf(gate, opened.value.appealId, entry.id, 0, c.req.raw.signal), 201);
}

async function wait(gate: Gate, c: Context): Promise<Response> {
  const run = await freshRun(gate, await runOfToken(gate, bearerOf(c)), "read");
  const { wait: seconds } = queryOf(c, waitQuerySchema);
  return c.json(await answerOf(gate, c.req.param("id") ?? "", run.id, seconds * 1000, c.req.raw.signal));
}

async function answerOf(gate: Gate, id: string, runId: string, waitMs: number, gone: AbortSignal) {
  const appeal = isId(id) ? await gate.appeals.wait(id, runId, waitMs, gone) : null;
  if (!appeal) throw notFound("appeal");
  return appeal;
}
