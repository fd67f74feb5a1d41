import { createServer } from "node:http";

import next from "next";

import { ROOT } from "@/lib/db/root";
import { keepClientAddress } from "@/lib/server/client-address";
import { provideNextAuthEnv } from "@/lib/server/env";
import { runRole } from "@/lib/server/role";

/** How long open requests may finish; server-sent events never do, and are cut off then. */
const DRAIN_MS = 2_000;

await runRole("web", async ({ env, log }) => {
  provideNextAuthEnv();
  const { PORT: port, REMIT_HOST: hostname } = env;
  const app = next({ dev: env.NODE_ENV === "development", dir: ROOT, hostname, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => {
    keepClientAddress(request, env.REMIT_TRUSTED_PROXIES);
    handle(request, response).catch((cause: unknown) => {
      log.error({ err: cause }, "a request failed");
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });
  log.info({ port }, "web listens");
  return {
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
      await closed;
      await app.close();
    },
  };
});
