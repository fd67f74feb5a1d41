import { spawn } from "node:child_process";

import { endOf, until } from "@/e2e/api/gate-process";
import { ROOT } from "@/lib/db/root";
import { freePort } from "@/lib/server/ports";
import { roleCommand } from "@/lib/server/role-command";

/** The web as its own process, as a production build of these sources runs it. Build before: lib/server/build.ts. */
export interface WebProcess {
  url: string;
  pid: number;
  /** What it wrote, for a failing test's message. */
  output(): string;
  /** SIGTERM, and until it is gone. */
  stop(): Promise<void>;
}

const START_MS = 120_000;

/** Starts a web on the database at `runtimeUrl` and waits until it answers. Webs that share `home` share sessions. */
export async function startWebProcess(runtimeUrl: string, home: string): Promise<WebProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, roleCommand("web", "production"), {
    cwd: ROOT,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: "warn",
      DATABASE_RUNTIME_URL: runtimeUrl,
      REMIT_HOME: home,
      PORT: String(port),
      GATE_PORT: String(await freePort()),
      REMIT_SEAL_KEY: process.env.REMIT_SEAL_KEY,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += String(data)));
  const url = `http://127.0.0.1:${port}`;
  const stop = () => endOf(child, () => output);
  await until(async () => {
    if (child.exitCode !== null) throw new Error("it ended");
    return (await fetch(`${url}/api/live`, { method: "HEAD" }).catch(() => null)) !== null;
  }, START_MS).catch(async (cause: unknown) => {
    await stop();
    throw new Error(`the web did not start: ${String(cause)}\n${output}`);
  });
  return { url, pid: child.pid ?? 0, output: () => output, stop };
}
