import { webLog } from "@/lib/auth/services";
import { runtimeUrl } from "@/lib/db/connect";
import { createListen, type Listen } from "@/lib/live/listen";
import { env } from "@/lib/server/env";

/** Outlives a reload of the module in development. */
const kept = globalThis as { remitListen?: Listen };

/** The web process's one LISTEN connection. */
export function webListen(): Listen {
  kept.remitListen ??= createListen({
    connection: { connectionString: runtimeUrl(env()), application_name: "remit web live" },
    onError: (error) => webLog().warn({ err: error }, "live updates: connection lost, trying again"),
  });
  return kept.remitListen;
}
