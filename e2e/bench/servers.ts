import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";

import { ROOT } from "@/lib/db/root";

export interface Server {
  pid: number;
  stop(): Promise<void>;
}

const START_MS = 30_000;

/** Starts a server as its own process and waits until it answers `probe` in any way. Its output goes to a file in `home`. */
export async function startServer(
  name: string,
  home: string,
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
  const log = createWriteStream(join(home, `${name}.log`));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
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
      throw new Error(`${name} did not start; see ${join(home, `${name}.log`)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
