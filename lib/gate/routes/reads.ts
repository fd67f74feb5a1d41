import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { bearerOf, freshRun, runOfToken } from "@/lib/gate/caller";
import { endpoint } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams } from "@/lib/gate/parameters";
import { notFound, Problem } from "@/lib/gate/problem";
import { meSchema, runSchema } from "@/lib/gate/wire";
import { isId } from "@/lib/kernel/ids";
import { credentialOf } from "@/lib/runs/credential";
import { runSummary } from "@/lib/runs/summary";

export function readRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "get",
      path: "/runs/{id}",
      tag: "Runs",
      summary: "What is known of the run",
      description: "With the run's token, or with a credential of its agent.",
      security: "credential_or_run",
      params: idParams,
      status: 200,
      response: runSchema,
      refusals: [404],
    },
    (c) => readRun(gate, c),
  );
  endpoint(
    app,
    {
      method: "get",
      path: "/me",
      tag: "Runs",
      summary: "Who this credential or token is",
      security: "credential_or_run",
      status: 200,
      response: meSchema,
      refusals: [],
    },
    (c) => me(gate, c),
  );
}

async function readRun(gate: Gate, c: Context): Promise<Response> {
  const bearer = bearerOf(c);
  const id = c.req.param("id") ?? "";
  const owner =
    bearer.kind === "rmr"
      ? { runId: (await freshRun(gate, await runOfToken(gate, bearer), "read")).id }
      : { agentId: (await ownCredential(gate, bearer.hash)).agent.id };
  const run = isId(id) ? await gate.guard.wait(runSummary(gate.pool, id)) : null;
  if (!run || ("runId" in owner ? run.id !== owner.runId : run.agent.id !== owner.agentId)) throw notFound("run");
  return c.json(run);
}

async function me(gate: Gate, c: Context): Promise<Response> {
  const bearer = bearerOf(c);
  if (bearer.kind === "rmt") {
    const { agent, name, prefix, expiresAt } = await ownCredential(gate, bearer.hash);
    const credential = { name, prefix, ...(expiresAt && { expiresAt: expiresAt.toISOString() }) };
    return c.json({ kind: "credential", agent, credential });
  }
  const run = await freshRun(gate, await runOfToken(gate, bearer), "read");
  const snapshot = await gate.guard.wait(gate.snapshots.get());
  const agent = snapshot.agents.get(run.state.agentId);
  if (!agent) throw notFound("agent");
  const { id, slug, name, status, tier, version } = agent;
  return c.json({
    kind: "run",
    agent: { id, slug, name, status, tier, version },
    run: { id: run.id, status: run.state.status, expiresAt: run.state.tokenExpiresAt.toISOString() },
  });
}

async function ownCredential(gate: Gate, hash: Buffer) {
  const found = await gate.guard.wait(credentialOf(gate.pool, hash, new Date()));
  if (!found.ok) throw Problem.of(found.error);
  return found.value;
}
