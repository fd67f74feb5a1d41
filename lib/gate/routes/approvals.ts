import { z, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { bearerOf, freshRun, runOfToken } from "@/lib/gate/caller";
import { endpoint, queryOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams } from "@/lib/gate/parameters";
import { notFound } from "@/lib/gate/problem";
import { approvalSchema, waitQuerySchema } from "@/lib/gate/wire";
import { isId } from "@/lib/kernel/ids";

export function approvalRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "get",
      path: "/approvals/{id}",
      tag: "Decisions",
      summary: "Wait for a person's decision",
      description:
        "Answers at once when a person has decided, else when one does, and at the latest after `wait` seconds with what is known then.",
      security: "run",
      params: idParams,
      query: waitQuerySchema,
      status: 200,
      response: approvalSchema,
      refusals: [400, 404],
    },
    (c) => wait(gate, c),
  );
}

async function wait(gate: Gate, c: Context): Promise<Response> {
  const run = await freshRun(gate, await runOfToken(gate, bearerOf(c)), "read");
  const id = z.string().parse(c.req.param("id"));
  const { wait: seconds } = queryOf(c, waitQuerySchema);
  if (!isId(id)) throw notFound("approval");
  const approval = await gate.waiters.wait(id, run.id, seconds * 1000, c.req.raw.signal);
  if (!approval) throw notFound("approval");
  return c.json(approval);
}
