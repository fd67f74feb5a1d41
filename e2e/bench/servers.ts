import { spawn } from "node:child_process";
import { once } from "node:events";

import { ROOT } from "@/lib/db/root";

export interface Server {
  pid: number;
  stop(): Promise<void>;
}

const START_MS = 30_000;

/** Starts a server as its own process and waits until it answers `probe` in any way. Its output is kept for the message of a failure. */
export async function startServer(
  name: string,
  probe: string,
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Server> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  const gone = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await gone;
  };
  for (const end = Date.now() + START_MS; ;) {
    const answer = await fetch(probe).catch(() => null);
    if (answer && answer.status < 500) return { pid: child.pid ?? 0, stop };
    if (child.exitCode !== null || Date.now() > end) {
      if (child.exitCode === null) await stop();
      throw new Error(`${name} did not start; it said:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
