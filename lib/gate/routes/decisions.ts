import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import type { Asked } from "@/lib/gate/asked";
import { check } from "@/lib/gate/body";
import { runOfPath } from "@/lib/gate/caller";
import { endpoint, idempotencyKeyOf, jsonBodyOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams, idempotencyHeaders } from "@/lib/gate/parameters";
import { Problem } from "@/lib/gate/problem";
import { claimsOf } from "@/lib/gate/stored";
import { decisionRequestSchema, decisionSchema } from "@/lib/gate/wire";
import { argsHash, hashOf } from "@/lib/kernel/json";

/** The path whose speed matters most: nothing is on it that need not be there. */
export function decisionRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "post",
      path: "/runs/{id}/decisions",
      tag: "Decisions",
      summary: "Ask whether the run may take an action",
      description:
        "The answer is given after it is recorded durably. An `escalate` carries the approval to wait for; once approved, ask again with its id to use it up.",
      security: "run",
      params: idParams,
      headers: idempotencyHeaders,
      body: decisionRequestSchema,
      status: 200,
      response: decisionSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    async (c) => decide(gate, c, performance.now()),
  );
}

async function decide(gate: Gate, c: Context, arrivedMs: number): Promise<Response> {
  const entry = await runOfPath(gate, c);
  const key = idempotencyKeyOf(c);
  const json = await jsonBodyOf(c);
  const request = check(decisionRequestSchema, json);
  const asked: Asked = {
    entry,
    request,
    argsText: JSON.stringify(request.args),
    argsHash: argsHash(request.action, request.args),
    key,
    requestHash: key === null ? null : hashOf(json),
    claim: undefined,
  };
  if (request.approvalId !== undefined) {
    asked.claim = (await gate.guard.wait(claimsOf(gate.pool, [request.approvalId]))).get(request.approvalId) ?? null;
  }
  const outcome = await gate.laneOf(entry).submit(asked, arrivedMs).answer;
  if (outcome instanceof Problem) throw outcome;
  return c.json(outcome);
}
