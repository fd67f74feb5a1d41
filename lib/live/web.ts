import { webLog } from "@/lib/auth/services";
import { runtimeConnection } from "@/lib/db/runtime";
import { createListen, type Listen } from "@/lib/live/listen";

/** Outlives a reload of the module in development. */
const kept = globalThis as { remitListen?: Listen };

/** The web process's one LISTEN connection. */
export function webListen(): Listen {
  kept.remitListen ??= createListen({
    connection: runtimeConnection(),
    onError: (error) => webLog().warn({ err: error }, "live updates: connection lost, trying again"),
  });
  return kept.remitListen;
}
