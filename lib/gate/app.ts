import { OpenAPIHono } from "@hono/zod-openapi";

import { PREFIX } from "@/lib/gate/body";
import { refuse } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { Problem } from "@/lib/gate/problem";
import { problemOfCause } from "@/lib/gate/refusal";
import { appealRoutes } from "@/lib/gate/routes/appeals";
import { authenticationRoutes } from "@/lib/gate/routes/authentication";
import { approvalRoutes } from "@/lib/gate/routes/approvals";
import { decisionRoutes } from "@/lib/gate/routes/decisions";
import { eventRoutes } from "@/lib/gate/routes/events";
import { readRoutes } from "@/lib/gate/routes/reads";
import { runRoutes } from "@/lib/gate/routes/runs";
import { systemRoutes } from "@/lib/gate/routes/system";
import { taskRoutes } from "@/lib/gate/routes/tasks";

const DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "Remit: the agents' API",
    version: "1",
    description:
      "Before an agent acts, it asks. Errors are application/problem+json (RFC 9457) with a stable `code`; unknown fields are refused.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
};

/** The agents' API over one gate: served by the gate's own process, and under `/api/v1` of the web. */
export function createApp(gate: Gate, options: { metrics: boolean }): OpenAPIHono {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent("securitySchemes", "credential", {
    type: "http",
    scheme: "bearer",
    description: "An agent's credential: rmt_…",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "run", {
    type: "http",
    scheme: "bearer",
    description: "A run's token: rmr_…",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "task", {
    type: "http",
    scheme: "bearer",
    description: "A task's token, of the webhook that asks a system for a rollback: rmk_…",
  });
  decisionRoutes(app, gate);
  runRoutes(app, gate);
  authenticationRoutes(app, gate);
  eventRoutes(app, gate);
  approvalRoutes(app, gate);
  appealRoutes(app, gate);
  taskRoutes(app, gate);
  readRoutes(app, gate);
  systemRoutes(app, gate, options);
  let document: string | null = null;
  app.get(`${PREFIX}/openapi.json`, (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document(DOCUMENT));
    return c.body(document, 200, { "content-type": "application/json" });
  });
  const methods = new Map<string, string[]>();
  for (const { path, method } of app.routes) methods.set(path, [...(methods.get(path) ?? []), method]);
  for (const [path, known] of methods) {
    app.all(path, () => {
      const response = refuse(new Problem("method_not_allowed", `This takes ${known.join(", ")}.`));
      response.headers.set("allow", known.join(", "));
      return response;
    });
  }
  app.notFound(() => refuse(new Problem("not_found", "There is nothing at this address.")));
  app.onError((cause, c) => {
    const problem = problemOfCause(cause);
    if (problem.code === "internal") gate.log.error({ err: cause, path: c.req.path }, "a request failed");
    gate.metrics.requests.inc({ route: c.req.routePath, status: problem.status });
    return refuse(problem);
  });
  return app;
}
