import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { until } from "@/e2e/api/gate-process";
import { readPidFile } from "@/lib/db/embedded";
import { ROOT } from "@/lib/db/root";
import { childEnv } from "@/lib/server/env";
import { freePort } from "@/lib/server/ports";
import { commandLine, isAlive, signal, waitForExit } from "@/lib/server/processes";

/** What `npm start` does, as a process of its own with a home and ports of its own. */
export interface Started {
  process: ChildProcess;
  pid: number;
  output(): string;
  /** Resolves to true when it says that it is up, to false when it ends before. */
  up: Promise<boolean>;
  ended: Promise<number | null>;
}

export interface Place {
  home: string;
  port: number;
  gatePort: number;
  /** Ends whatever still runs here. */
  clear(): void;
}

export async function newPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "remit-start-"));
  chmodSync(folder, 0o755);
  const home = join(folder, "home");
  return {
    home,
    port: await freePort(),
    gatePort: await freePort(),
    clear: () => {
      for (const pid of processesOf(home)) signal(pid, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function start(place: Place, changes: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ["lib/server/bootstrap.mjs", "lib/server/main.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: childEnv({
      NODE_ENV: undefined,
      npm_lifecycle_event: undefined,
      LOG_LEVEL: "info",
      PORT: String(place.port),
      GATE_PORT: String(place.gatePort),
      REMIT_HOME: place.home,
      ...changes,
    }),
  });
  let said = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const up = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += String(chunk);
        if (said.includes("Ctrl-C stops Remit")) resolve(true);
      });
    }
    child.once("close", () => resolve(false));
  });
  return { process: child, pid: child.pid ?? 0, output: () => said, up, ended };
}

/** How long anything may take before it counts as hung: many times what it takes on two cores with other work on them. */
export const HUNG_MS = 180_000;

/** That, or after {@link HUNG_MS} an error that says what was waited for and what the processes wrote until then. */
export async function unhung<T>(what: string, awaited: Promise<T>, place: Place, started?: Started): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`hung: ${what}\n${account(place, started)}`)), HUNG_MS);
  });
  return Promise.race([awaited, hung]).finally(() => clearTimeout(timer));
}

/**
 * Resolves when it serves.
 * @throws an error with what it wrote, when it ends before or hangs.
 */
export async function whenUp(started: Started, place: Place): Promise<void> {
  if (!(await unhung("the start", started.up, place, started)))
    throw new Error(`it ended before it was up\n${account(place, started)}`);
}

/** What runs in a place, and what was written there last. */
export function account(place: Place, started?: Started): string {
  const running = processesOf(place.home).map((pid) => `${pid} ${commandLine(pid) ?? ""}`);
  const logs = ["web", "gate", "worker", "postgres"].map((role) => {
    const lines = read(join(place.home, "logs", `${role}.log`))
      .trimEnd()
      .split("\n");
    return `── ${role}\n${lines.slice(-25).join("\n")}`;
  });
  return [`── start\n${started?.output() ?? ""}`, ...logs, `── processes\n${running.join("\n")}`].join("\n");
}

type Part = "web" | "gate" | "worker" | "postgres";

/** The process of a role, which runs its bundle, or the database's once it accepts connections. */
function pidOf(place: Place, part: Part): number | undefined {
  if (part !== "postgres") {
    return processesOf(place.home).find((pid) => commandLine(pid)?.includes(`roles/${part}.mjs`));
  }
  const server = readPidFile(place.home);
  return server?.ready ? server.pid : undefined;
}

/** Kills it wherever it is, and waits until there is another. */
export async function replace(place: Place, part: Part, remit: Started): Promise<void> {
  const other = async (than?: number): Promise<number> => {
    let pid: number | undefined;
    const isThere = () => ![undefined, than].includes((pid = pidOf(place, part)));
    await until(isThere, HUNG_MS, () => `was there another ${part} than ${than}\n${account(place, remit)}`);
    return pid ?? Number.NaN;
  };
  const killed = await other();
  signal(killed, "SIGKILL");
  await other(killed);
}

/** Every live process that names the home in its arguments or its environment: the supervisor's, whoever their parent is now. */
export function processesOf(home: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isAlive(pid))
    .filter((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].some((path) => read(path).includes(home)));
}

/** The command lines of what still runs there when it ought to be gone; empty as soon as all is. */
export async function leftOver(home: string): Promise<string[]> {
  const end = Date.now() + HUNG_MS;
  for (;;) {
    const pids = processesOf(home);
    const [first] = pids;
    if (first === undefined) return [];
    if (Date.now() > end) return pids.map((pid) => commandLine(pid) ?? `process ${pid}`);
    await waitForExit(first, end - Date.now());
  }
}

export async function status(port: number, path: string): Promise<number | undefined> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual" })).status;
  } catch {
    return undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
