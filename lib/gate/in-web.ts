import { runtimeUrl } from "@/lib/db/connect";
import { createApp } from "@/lib/gate/app";
import { Gate } from "@/lib/gate/gate";
import { env } from "@/lib/server/env";
import { createLog } from "@/lib/server/log";

type Serve = (request: Request) => Response | Promise<Response>;

/** Outlives a reload of the module in development. */
const kept = globalThis as { remitGate?: Serve };

/** The agents' API inside the web process, begun with the first request to it: for sites that have one port. Metrics stay on the gate's own port. */
export function gateInWeb(): Serve {
  kept.remitGate ??= begin();
  return kept.remitGate;
}

function begin(): Serve {
  const gate = new Gate({ url: runtimeUrl(env()), log: createLog("web"), deadlineMs: env().REMIT_DEADLINE_MS });
  gate.start();
  const app = createApp(gate, { metrics: false });
  return (request) => app.fetch(request);
}
