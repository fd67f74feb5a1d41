import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { programArgs } from "@/e2e/api/program";
import { ROOT } from "@/lib/db/root";
import { freePort } from "@/lib/server/ports";

/** A gate as its own process, as `npm start` runs it. */
export interface GateProcess {
  url: string;
  port: number;
  child: ChildProcess;
  /** What it wrote, for a failing test's message. */
  output(): string;
  /** SIGTERM, and until it is gone. Resolves with its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and until it is gone. */
  kill(): Promise<void>;
}

/** Ends only a start that hangs. */
const START_MS = 120_000;
/** The same for a stop. */
const STOP_MS = 90_000;

/** Starts a gate on the database at `runtimeUrl` and waits until it can decide. */
export async function startGateProcess(
  runtimeUrl: string,
  options: { port?: number; env?: Record<string, string>; nodeArgs?: string[] } = {},
): Promise<GateProcess> {
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), ...programArgs("gate")], {
    cwd: ROOT,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: "warn",
      // A machine that is busy with other tests is not a store that is slow; what is about the deadline sets it.
      REMIT_DEADLINE_MS: "10000",
      DATABASE_RUNTIME_URL: runtimeUrl,
      GATE_PORT: String(port),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const gone = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  const gate: GateProcess = {
    url,
    port,
    child,
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
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the gate ended:\n${output}`);
    return isReady(url);
  }, START_MS).catch(async (cause: unknown) => {
    await gate.kill();
    throw new Error(`the gate did not become ready: ${String(cause)}\n${output}`);
  });
  return gate;
}

/**
 * SIGTERM, and until it is gone.
 * @throws an error with what it wrote when it does not end: it is killed then, so that nothing waits for it.
 */
export async function endOf(child: ChildProcess, output: () => string): Promise<void> {
  child.kill("SIGTERM");
  await until(() => child.exitCode !== null || child.signalCode !== null, STOP_MS).catch(() => {
    child.kill("SIGKILL");
    throw new Error(`it does not end:\n${output()}`);
  });
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/ready`).catch(() => null);
  return answer?.status === 200;
}

/** Polls a condition every 20 ms, at most this long. `what` is said when it does not come about. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  limitMs: number,
  what: () => string = () => "",
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms ${what()}`.trim());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
