import { spawn } from "node:child_process";
import { once } from "node:events";

import { endOf } from "@/e2e/api/gate-process";
import { programArgs } from "@/e2e/api/program";
import { ROOT } from "@/lib/db/root";

/** A worker as its own process, as the supervisor runs it. */
export interface WorkerProcess {
  /** What it wrote, for a failing test's message. */
  output(): string;
  /** SIGTERM, and until it is gone. Resolves with its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: it ends wherever it is. */
  kill(): Promise<void>;
}

/** Starts a worker on the database at `runtimeUrl` and waits until it works. */
export async function startWorkerProcess(runtimeUrl: string): Promise<WorkerProcess> {
  const child = spawn(process.execPath, programArgs("worker"), {
    cwd: ROOT,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: "warn",
      DATABASE_RUNTIME_URL: runtimeUrl,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += String(data)));
  const gone = once(child, "exit");
  // The word that a role says to its supervisor.
  const ready = await Promise.race([once(child, "message").then(() => true), gone.then(() => false)]);
  if (!ready) throw new Error(`the worker ended:\n${output}`);
  return {
    output: () => output,
    stop: async () => {
      await endOf(child, () => output);
      return child.exitCode;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
