import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";

import { clusterPaths, readPidFile } from "@/lib/db/embedded";
import { StartError } from "@/lib/server/env";
import { freePort } from "@/lib/server/ports";
import { postgresBinaries } from "@/lib/server/postgres/binaries";
import { createHome, diskFull, POSTGRES_ENV, prepareCluster } from "@/lib/server/postgres/cluster";
import { chooseLauncher, type Launcher } from "@/lib/server/postgres/launcher";
import { postgresSettings } from "@/lib/server/postgres/settings";
import { commandLine, isAlive, signal, waitForExit } from "@/lib/server/processes";

interface PostgresOptions {
  /** REMIT_HOME, absolute. The caller holds its lock (see lib/server/home.ts). */
  home: string;
  /** False only in tests: commits are then not synced to disk. */
  durable?: boolean;
  /** A port to keep over a restart; a free one by default. */
  port?: number;
  /** Overrides the choice of launcher; tests try each. */
  launchers?: Launcher[];
}

export interface RunningPostgres {
  pid: number;
  port: number;
  /** Resolves when the server is gone, stopped or crashed. */
  exited: Promise<void>;
  /** Ends connections, checkpoints and stops. Safe to call twice. */
  stop(): Promise<void>;
}

const STOP_MS = 30_000;

/**
 * Starts the embedded PostgreSQL on 127.0.0.1 and resolves when it accepts connections.
 * A server that a killed supervisor left behind is stopped first: there are never two on one folder.
 * @throws StartError, one sentence, for whatever a person has to put right.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { home, durable = true } = options;
  createHome(home);
  const binaries = postgresBinaries();
  const launcher = chooseLauncher(home, binaries.postgres, options.launchers);
  await stopLeftOver(home);
  prepareCluster(home, binaries, launcher, durable);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const started = await launch(home, launcher, binaries.postgres, port, durable);
    if (started.ok) return started.server;
    if (started.reason === "port" && options.port === undefined && attempt < 5) continue;
    // Workers of a server that was killed outlive it for a moment and hold its shared memory.
    if (started.reason === "memory" && attempt < 50) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    throw started.error;
  }
}

type Launched =
  | { ok: true; server: RunningPostgres }
  | { ok: false; reason: "port" | "memory" | "other"; error: StartError };

async function launch(
  home: string,
  launcher: Launcher,
  binary: string,
  port: number,
  durable: boolean,
): Promise<Launched> {
  const { data, log } = clusterPaths(home);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, "a");
  const logStart = statSync(log).size;
  const { file, args, uid, gid } = launcher.command(binary, ["-D", data, ...postgresSettings(port, durable)]);
  // Detached: Ctrl-C in the terminal reaches the supervisor only, which stops the database last.
  const child = spawn(file, args, {
    uid,
    gid,
    cwd: "/",
    detached: true,
    stdio: ["ignore", output, output],
    env: POSTGRES_ENV,
  });
  closeSync(output);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { pid } = child;
  if (pid === undefined || !(await becomesReady(home, pid, child))) {
    await exited;
    return failed(log, logStart, data);
  }
  const guard = guardAgainstOrphan(pid, child);
  child.unref();
  return {
    ok: true,
    server: {
      pid,
      port,
      exited,
      stop: async () => {
        child.ref();
        if (child.exitCode === null && child.signalCode === null) {
          await stopServer(pid);
          await exited;
        }
        guard.kill("SIGKILL");
      },
    },
  };
}

/** However long recovery takes: it is over when the server says ready or exits. */
async function becomesReady(home: string, pid: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const state = readPidFile(home);
    if (state?.pid === pid && state.ready) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/**
 * A shell that waits on a pipe from us. When we die, even by SIGKILL, the pipe closes and it stops the server;
 * portable, unlike a parent-death signal, and not subject to a change of account.
 */
function guardAgainstOrphan(pid: number, server: ChildProcess): ChildProcess {
  const guard = spawn(
    "/bin/sh",
    ["-c", 'trap "" INT TERM HUP; read _; kill -INT "$1"', "remit-postgres-guard", String(pid)],
    {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      cwd: "/",
    },
  );
  guard.unref();
  guard.stdin.on("error", () => undefined);
  if ("unref" in guard.stdin && typeof guard.stdin.unref === "function") guard.stdin.unref();
  server.once("exit", () => guard.kill("SIGKILL"));
  return guard;
}

async function stopLeftOver(home: string): Promise<void> {
  const { pidFile, data } = clusterPaths(home);
  const left = readPidFile(home);
  if (!left) return;
  const command = isAlive(left.pid) ? (commandLine(left.pid) ?? data) : "";
  if (command.includes(data)) await stopServer(left.pid);
  // PostgreSQL itself would take any living process with that id for a server on this folder.
  rmSync(pidFile, { force: true });
}

/** Fast shutdown, then immediate: either way what was committed is safe. */
async function stopServer(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  if (await waitForExit(pid, STOP_MS)) return;
  signal(pid, "SIGQUIT");
  if (await waitForExit(pid, 5_000)) return;
  throw new StartError(`PostgreSQL (process ${pid}) does not stop: end it and start again.`);
}

function failed(log: string, logStart: number, data: string): Launched {
  const said = readFileSync(log).subarray(logStart).toString("utf8");
  const reason = /could not (bind|create any TCP\/IP sockets)/.test(said)
    ? "port"
    : /shared memory block .* in use/.test(said)
      ? "memory"
      : "other";
  if (said.includes("No space left on device")) return { ok: false, reason: "other", error: diskFull(data) };
  const fatal = said
    .split("\n")
    .findLast((line) => /\b(FATAL|PANIC):/.test(line))
    ?.replace(/^.*(FATAL|PANIC):\s*/, "");
  return {
    ok: false,
    reason,
    error: new StartError(`PostgreSQL did not start: ${fatal ?? "it exited at once"} (see ${log}).`),
  };
}
