import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

import { ROOT } from "@/lib/db/root";
import { StartError } from "@/lib/server/env";
import { signal } from "@/lib/server/processes";
import type { RoleLog } from "@/lib/server/role-log";
import type { RoleName } from "@/lib/server/role";

interface ChildOptions {
  role: RoleName;
  /** Arguments of Node.js. */
  command: readonly string[];
  env: NodeJS.ProcessEnv;
  log: RoleLog;
  say: (line: string) => void;
}

export interface Child {
  /** Resolves when the role first serves; rejects when it ends before. */
  ready: Promise<void>;
  /** The process now running, if any. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A role that ran this long had started well: the next wait is the first again. */
const HEALTHY_MS = 60_000;
const STOP_MS = 12_000;

/**
 * Keeps a role running: one that dies after it was up is started again, after a wait that doubles each time.
 * It runs in a process group of its own, so that Ctrl-C reaches only us and its own children can be ended with it.
 */
export function startChild({ role, command, env, log, say }: ChildOptions): Child {
  let current: ChildProcess | undefined;
  let waitMs = FIRST_WAIT_MS;
  let wasReady = false;
  const stopping = new AbortController();

  const ready = new Promise<void>((resolve, reject) => {
    const launch = () => {
      const startedAt = Date.now();
      const child = spawn(process.execPath, command, {
        cwd: ROOT,
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      current = child;
      if (child.stdout) log.follow(child.stdout, "output");
      if (child.stderr) log.follow(child.stderr, "errors");
      child.on("message", (message) => {
        if (message !== "ready") return;
        wasReady = true;
        resolve();
      });
      child.once("error", reject);
      // "close", not "exit": its last words are then read.
      child.once("close", (code, name) => {
        endGroup(child.pid);
        current = undefined;
        if (stopping.signal.aborted) return;
        if (!wasReady) {
          reject(new StartError(log.lastWords() || `The ${role} did not start (${name ?? `code ${code}`}).`));
          return;
        }
        if (Date.now() - startedAt > HEALTHY_MS) waitMs = FIRST_WAIT_MS;
        say(`The ${role} ended (${name ?? `code ${code}`}); it starts again in ${waitMs / 1000} s.`);
        void delay(waitMs, undefined, { signal: stopping.signal }).then(launch, () => undefined);
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      });
    };
    launch();
  });

  return {
    ready,
    pid: () => current?.pid,
    async stop() {
      stopping.abort();
      const child = current;
      if (!child?.pid) return;
      const closed = new Promise((resolve) => child.once("close", resolve));
      signal(child.pid, "SIGTERM");
      const inTime = await Promise.race([closed.then(() => true), delay(STOP_MS, false, { ref: false })]);
      if (!inTime) {
        endGroup(child.pid);
        await closed;
      }
    },
  };
}

/** Ends whatever a role started and left behind. */
function endGroup(pid: number | undefined): void {
  if (pid !== undefined) signal(-pid, "SIGKILL");
}
