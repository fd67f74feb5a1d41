import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { childEnv, readEnv } from "@/lib/server/env";
import { freePort } from "@/lib/server/ports";
import { startSystem } from "@/lib/server/supervisor";

/** A whole Remit, as `npm start` runs it: production build, embedded PostgreSQL, home and ports of its own. */
export interface RunningRemit {
  web: string;
  gate: string;
  home: string;
  /** The runtime role's connection. */
  runtimeUrl: string;
  stop(): Promise<void>;
}

const OURS = {
  NODE_ENV: "production",
  DATABASE_URL: "",
  DATABASE_RUNTIME_URL: "",
  REMIT_URL: "",
  REMIT_GATE_URL: "",
  REMIT_DEMO: "",
};

/** `receiverPort`: the one on this machine that webhooks may reach. */
export async function startRemit({ receiverPort }: { receiverPort?: number } = {}): Promise<RunningRemit> {
  const folder = mkdtempSync(join(tmpdir(), "remit-e2e-"));
  // An embedded PostgreSQL that root starts runs under another account, which must get to its files.
  chmodSync(folder, 0o755);
  const home = join(folder, "home");
  const [port, gatePort] = [await freePort(), await freePort()];
  const env = readEnv({
    ...childEnv(OURS),
    PORT: String(port),
    GATE_PORT: String(gatePort),
    REMIT_HOME: home,
    ...(receiverPort !== undefined && { REMIT_WEBHOOK_ALLOW: `127.0.0.1:${receiverPort}` }),
  });
  const said: string[] = [];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const system = await startSystem({
      env,
      mode: "production",
      say: (line) => void said.push(line),
      signal: new AbortController().signal,
    });
    return {
      web: `http://localhost:${port}`,
      gate: `http://127.0.0.1:${gatePort}`,
      home,
      runtimeUrl: system.database.runtimeUrl,
      stop: async () => {
        await system.stop();
        remove();
      },
    };
  } catch (cause) {
    remove();
    throw new Error(`Remit did not start. It said: ${said.join(" ")}`, { cause });
  }
}
