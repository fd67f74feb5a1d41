import { runtimeUrl } from "@/lib/db/connect";
import { generateClient } from "@/lib/db/generate";
import { ensureBuilt } from "@/lib/server/build";
import { startChild, type Child } from "@/lib/server/child";
import { childEnv, StartError, type Env } from "@/lib/server/env";
import { lockHome, migrateDatabase, startLocalDatabase, type LocalDatabase } from "@/lib/server/home";
import { keepPostgres } from "@/lib/server/keep-postgres";
import type { Lock } from "@/lib/server/lock";
import { noSuchAddress, portState } from "@/lib/server/ports";
import { untilAnswers } from "@/lib/server/readiness";
import { roleCommand } from "@/lib/server/role-command";
import { openRoleLog } from "@/lib/server/role-log";
import type { RoleName } from "@/lib/server/role";

interface SystemOptions {
  env: Env;
  mode: "production" | "development";
  /** One line for the person at the terminal. */
  say: (line: string) => void;
  /** Aborted: the start is given up and everything that runs is stopped. */
  signal: AbortSignal;
}

export interface System {
  database: LocalDatabase;
  /** The processes now running, by role. */
  pids(): Partial<Record<RoleName | "postgres", number>>;
  /** Stops roles, then the database, then lets go of the home. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts everything on this machine and resolves when web and gate answer. Whatever fails on the way, all that was started
 * is stopped again.
 * @throws StartError, one sentence, for whatever a person has to put right.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const undo: (() => Promise<void> | void)[] = [];
  const stopping = new AbortController();
  const stop = async () => {
    stopping.abort(new StartError("Remit was stopped."));
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const signal = AbortSignal.any([options.signal, stopping.signal]);
    return await start({ ...options, signal }, undo, stop);
  } catch (cause) {
    await stop();
    throw isFull(cause)
      ? new StartError(`The disk that holds ${options.env.REMIT_HOME} is full: free some space and start again.`)
      : cause;
  }
}

async function start(
  { env, mode, say, signal }: SystemOptions,
  undo: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<System> {
  const lock = takeHome(env);
  undo.push(lock.release);
  const patienceMs = lock.tookOver ? PORT_PATIENCE_MS : 0;
  await Promise.all([
    requirePort("PORT", env.PORT, env.REMIT_HOST, patienceMs),
    requirePort("GATE_PORT", env.GATE_PORT, env.REMIT_HOST, patienceMs),
  ]);
  generateClient();
  const failed = new AbortController();
  const [preparing, building] = await Promise.allSettled([
    prepareDatabase(env, undo, say).catch((cause: unknown) => {
      failed.abort();
      throw cause;
    }),
    mode === "production" ? ensureBuilt(say, AbortSignal.any([signal, failed.signal])) : undefined,
  ]);
  // Both have ended, so that what is undone is all there is.
  if (preparing.status === "rejected") throw preparing.reason;
  if (building.status === "rejected") throw building.reason;
  const database = preparing.value;
  signal.throwIfAborted();

  const children = new Map<RoleName, Child>();
  undo.push(async () => void (await Promise.all([...children.values()].map((child) => child.stop()))));
  const launch = (role: RoleName) => {
    signal.throwIfAborted();
    const log = openRoleLog(env.REMIT_HOME, role, say);
    undo.push(() => log.close());
    const child = startChild({
      role,
      command: roleCommand(role, mode),
      env: roleEnv(env, mode, database),
      log,
      say,
    });
    children.set(role, child);
    return child.ready;
  };
  const host = env.REMIT_HOST === "0.0.0.0" || env.REMIT_HOST === "::" ? "127.0.0.1" : env.REMIT_HOST;
  await abortable(
    Promise.all([
      launch("web")
        .then(() => untilAnswers(`http://${host}:${env.PORT}/sign-in`, (status) => status < 500, signal))
        // After the web: on two cores it would delay the first page.
        .then(() => launch("worker")),
      launch("gate").then(() =>
        untilAnswers(`http://${host}:${env.GATE_PORT}/api/v1/ready`, (status) => status === 200, signal),
      ),
    ]),
    signal,
  );
  return {
    database,
    pids: () => ({
      ...Object.fromEntries([...children].map(([role, child]) => [role, child.pid()])),
      postgres: database.pid?.(),
    }),
    stop,
  };
}

function takeHome(env: Env): Lock {
  const lock = lockHome(env.REMIT_HOME, "supervisor");
  if ("release" in lock) return lock;
  const what =
    lock.heldBy.purpose === "supervisor" ? "Remit is already running" : "Another Remit command is using the database";
  throw new StartError(
    `${what} in ${env.REMIT_HOME} (process ${lock.heldBy.pid}): stop it first, or set REMIT_HOME to another folder.`,
  );
}

/** Roles of a supervisor that was killed see it within moments and let go of their ports. */
const PORT_PATIENCE_MS = 15_000;

async function requirePort(name: string, port: number, host: string, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const state = await portState(port, host);
    if (state === "free") return;
    if (state === "absent") throw new StartError(noSuchAddress(host));
    if (state === "denied")
      throw new StartError(
        `Port ${port} (${name}) needs privileges that this account does not have: set ${name} above 1023.`,
      );
    if (Date.now() >= until)
      throw new StartError(`Port ${port} (${name}) is in use by another program: stop it, or set ${name}.`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

type PreparedDatabase = LocalDatabase & { pid?: () => number };

async function prepareDatabase(
  env: Env,
  undo: (() => Promise<void> | void)[],
  say: (line: string) => void,
): Promise<PreparedDatabase> {
  if (env.DATABASE_URL) {
    await migrateDatabase(env, env.DATABASE_URL);
    return { ownerUrl: env.DATABASE_URL, runtimeUrl: runtimeUrl(env) };
  }
  const { server, ...urls } = await startLocalDatabase(env);
  const kept = keepPostgres(server, (port) => startLocalDatabase(env, port), say);
  undo.push(() => kept.stop());
  await migrateDatabase(env, urls.ownerUrl);
  return { ...urls, pid: kept.pid };
}

/** Roles get the runtime connection only: the owner's could change what is append-only. */
function roleEnv(env: Env, mode: SystemOptions["mode"], database: LocalDatabase): NodeJS.ProcessEnv {
  return childEnv({
    NODE_ENV: mode,
    PORT: String(env.PORT),
    GATE_PORT: String(env.GATE_PORT),
    REMIT_HOME: env.REMIT_HOME,
    REMIT_WEBHOOK_ALLOW: env.REMIT_WEBHOOK_ALLOW.join(","),
    DATABASE_URL: undefined,
    DATABASE_RUNTIME_URL: database.runtimeUrl,
    NEXT_TELEMETRY_DISABLED: "1",
  });
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
  ]);
}

function isFull(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOSPC";
}
