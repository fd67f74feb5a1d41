import type { OpenAPIHono } from "@hono/zod-openapi";

import { ask } from "@/lib/gate/ask";
import { expectJson } from "@/lib/gate/body";
import { bearerOf } from "@/lib/gate/caller";
import { bodyText, endpoint, idempotencyKeyOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams, idempotencyHeaders } from "@/lib/gate/parameters";
import { decisionRequestSchema, decisionSchema } from "@/lib/gate/wire";

/** Described here, and served here under the web; the gate's own process serves it in serve.ts. */
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
    async (c) => {
      const arrivedMs = performance.now();
      const bearer = bearerOf(c);
      expectJson(c.req.header("content-type"));
      const key = idempotencyKeyOf(c);
      const text = await bodyText(c);
      const answer = await ask(gate, { bearer, runId: c.req.param("id") ?? "", key, text, arrivedMs });
      return c.body(answer, 200, { "content-type": "application/json" });
    },
  );
}
