import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { streamChange } from "@/lib/audit/stream-change";
import { bearerOf } from "@/lib/gate/caller";
import { bodyOf, endpoint } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams } from "@/lib/gate/parameters";
import { notFound, Problem } from "@/lib/gate/problem";
import { authenticationSchema, reauthenticationSchema } from "@/lib/gate/wire";
import { isId } from "@/lib/kernel/ids";
import { reauthenticate } from "@/lib/runs/reauthenticate";

export function authenticationRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "post",
      path: "/runs/{id}/authentication",
      tag: "Runs",
      summary: "Say that the person whom the run acts for has signed in again",
      description:
        "Answers a decision with the code `reauthentication_required`: then the run asks again. With the agent's credential, since the agent itself can not vouch for a person. Runs that this one delegated for the same person know it, too. A repeat, or an earlier time, changes nothing.",
      security: "credential",
      params: idParams,
      body: reauthenticationSchema,
      status: 200,
      response: authenticationSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    (c) => authenticated(gate, c),
  );
}

async function authenticated(gate: Gate, c: Context): Promise<Response> {
  const bearer = bearerOf(c);
  if (bearer.kind !== "rmt")
    throw new Problem("token_invalid", "This call takes the agent's credential, not a run's token.");
  const runId = c.req.param("id") ?? "";
  const { subject, authenticatedAt } = await bodyOf(c, reauthenticationSchema);
  if (!isId(runId)) throw notFound("run");
  const done = await gate.guard.wait(
    streamChange(gate.streams, new Date(), (change) =>
      reauthenticate(change, {
        runId,
        secretHash: bearer.hash,
        subject,
        authenticatedAt: new Date(authenticatedAt),
      }),
    ),
  );
  if (!done.ok) throw Problem.of(done.error);
  gate.pulse.run(runId);
  return c.json({ runId, subject, authenticatedAt: done.value.authenticatedAt.toISOString() });
}
