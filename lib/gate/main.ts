import { once } from "node:events";

import { runtimeUrl } from "@/lib/db/connect";
import { createApp } from "@/lib/gate/app";
import { Gate } from "@/lib/gate/gate";
import { serveGate } from "@/lib/gate/serve";
import { runRole } from "@/lib/server/role";

/** The gate: the agents' API as its own process, so that nothing else delays a decision. */
await runRole("gate", async ({ env, log }) => {
  const gate = new Gate({ url: runtimeUrl(env), log, deadlineMs: env.REMIT_DEADLINE_MS });
  gate.start();
  const app = createApp(gate, { metrics: true });
  const server = serveGate(gate, app);
  server.listen(env.GATE_PORT, env.REMIT_HOST);
  await once(server, "listening");
  log.info({ port: env.GATE_PORT }, "the gate listens");
  return {
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
      await gate.close();
    },
  };
});
