import { env, StartError, type Env } from "@/lib/server/env";
import { createLog, type Logger } from "@/lib/server/log";
import { listenFault, noSuchAddress } from "@/lib/server/ports";

export type RoleName = "web" | "gate" | "worker";

/** What a role's start resolves with once it serves. */
interface Running {
  /** Finishes what was begun and lets go of everything, within 10 s. */
  stop(): Promise<void>;
}

const STOP_MS = 10_000;

/**
 * Runs one role as this process: reads the environment, starts, and stops on SIGTERM, SIGINT, SIGHUP or when the supervisor
 * that started it is gone. A second signal, or a stop that takes longer than 10 s, ends the process at once.
 * A StartError is printed as its sentence; everything else that escapes is logged and ends the process with code 1.
 */
export async function runRole(
  role: RoleName,
  start: (context: { env: Env; log: Logger }) => Promise<Running>,
): Promise<void> {
  let log: Logger | undefined;
  const die = (cause: unknown): never => {
    const sentence = sentenceFor(cause);
    if (sentence) process.stderr.write(`${sentence}\n`);
    else if (log) log.fatal({ err: cause }, `${role} failed`);
    else process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
    process.exit(1);
  };
  process.on("uncaughtException", die);
  process.on("unhandledRejection", die);
  try {
    log = createLog(role);
    const running = start({ env: env(), log });
    stopOnRequest(running, die);
    await running;
    // Only under the supervisor: it counts a role as up from here on.
    process.send?.("ready");
  } catch (cause) {
    die(cause);
  }
}

function stopOnRequest(starting: Promise<Running>, die: (cause: unknown) => never): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    starting.then((running) => running.stop()).then(() => process.exit(0), die);
  };
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, stop);
  process.on("disconnect", stop);
  // The supervisor was killed while this process was still loading: nobody hears of that twice.
  if (process.connected === false) stop();
}

/** What a person at the terminal can put right themselves. */
function sentenceFor(cause: unknown): string | undefined {
  if (cause instanceof StartError) return cause.message;
  const host = env().REMIT_HOST;
  const port = cause instanceof Error && "port" in cause ? String(cause.port) : "";
  switch (listenFault(cause, host)) {
    case "taken":
      return `Port ${port} is in use by another program: stop it, or set PORT or GATE_PORT.`;
    case "denied":
      return `Port ${port} needs privileges that this account does not have: set PORT or GATE_PORT above 1023.`;
    case "absent":
      return noSuchAddress(host);
    case undefined:
      return undefined;
  }
}
