import { z, type OpenAPIHono } from "@hono/zod-openapi";

import { PREFIX } from "@/lib/gate/body";
import { endpoint } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { unavailable } from "@/lib/gate/problem";

const status = z.object({ status: z.literal("ok") });

/** `metrics`: only where the port is the operator's own; the web's port is public. */
export function systemRoutes(app: OpenAPIHono, gate: Gate, options: { metrics: boolean }): void {
  const open = { method: "get", tag: "System", security: "none", status: 200, response: status } as const;
  endpoint(app, { ...open, path: "/health", summary: "The process is alive", refusals: [] }, (c) =>
    c.json({ status: "ok" }),
  );
  endpoint(app, { ...open, path: "/ready", summary: "Decisions can be made", refusals: [503] }, (c) => {
    if (!gate.ready) throw unavailable();
    return c.json({ status: "ok" });
  });
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.get("/ready", (c) => c.redirect(`${PREFIX}/ready`));
  if (!options.metrics) return;
  const metrics = async () =>
    new Response(await gate.metrics.registry.metrics(), {
      headers: { "content-type": gate.metrics.registry.contentType },
    });
  app.get("/metrics", metrics);
  app.get(`${PREFIX}/metrics`, metrics);
}
