import { join } from "node:path";

import { runtimeUrl } from "@/lib/db/connect";
import { embeddedUrls, readPasswords } from "@/lib/db/embedded";
import { ensureDatabase } from "@/lib/db/ensure-database";
import { migrate } from "@/lib/db/migrate";
import { StartError, type Env } from "@/lib/server/env";
import { acquireLock, lockHolder, type Lock, type LockHolder } from "@/lib/server/lock";
import { createHome, diskFull } from "@/lib/server/postgres/cluster";
import { startPostgres, type RunningPostgres } from "@/lib/server/postgres/start";

/**
 * REMIT_HOME has one user at a time: a supervisor, or a command that starts the database for itself.
 * @throws StartError for a folder that cannot be made or written in.
 */
export function lockHome(home: string, purpose: string): Lock | { heldBy: LockHolder } {
  try {
    createHome(home);
    return acquireLock(lockPath(home), purpose);
  } catch (cause) {
    throw unusable(home, cause);
  }
}

/** The sentence for whoever named the folder, or the cause itself where it is not the folder's. */
function unusable(home: string, cause: unknown): unknown {
  switch (cause instanceof Error && "code" in cause ? cause.code : undefined) {
    case "EEXIST":
    case "ENOTDIR":
      return new StartError(`${home} (REMIT_HOME) is not a folder: move away what is there, or set it to another.`);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StartError(`This account may not write in ${home} (REMIT_HOME): hand it over, or set it to another.`);
    case "ENOSPC":
      return diskFull(home);
    default:
      return cause;
  }
}

export interface LocalDatabase {
  ownerUrl: string;
  runtimeUrl: string;
}

/** Starts the embedded server of `env.REMIT_HOME` and makes its database. The caller holds the lock. */
export async function startLocalDatabase(
  env: Env,
  port?: number,
): Promise<LocalDatabase & { server: RunningPostgres }> {
  const home = env.REMIT_HOME;
  const server = await startPostgres({ home, port });
  const urls = embeddedUrls(home);
  if (!urls) throw new StartError(`PostgreSQL started in ${home} but cannot be found there: start again.`);
  await ensureDatabase(urls.ownerUrl);
  return { ...urls, server };
}

/** Migrates the embedded database, or the one that DATABASE_URL names. */
export async function migrateDatabase(env: Env, ownerUrl: string): Promise<string[]> {
  const runtimePassword = env.DATABASE_URL ? undefined : readPasswords(env.REMIT_HOME)?.runtime;
  return migrate(ownerUrl, { runtimePassword });
}

const nothing = (): Promise<void> => Promise.resolve();

/**
 * The migrated database for a command that runs beside the system or without it: DATABASE_URL, else the embedded server
 * that is running, else one started for as long as the command takes.
 */
export async function openDatabase(env: Env): Promise<LocalDatabase & { close: () => Promise<void> }> {
  if (env.DATABASE_URL) {
    await migrateDatabase(env, env.DATABASE_URL);
    return { ownerUrl: env.DATABASE_URL, runtimeUrl: runtimeUrl(env), close: nothing };
  }
  for (;;) {
    const lock = lockHome(env.REMIT_HOME, "command");
    if ("release" in lock) return openOwn(env, lock.release);
    const urls = embeddedUrls(env.REMIT_HOME);
    if (urls && lock.heldBy.purpose === "supervisor") {
      await ensureDatabase(urls.ownerUrl);
      await migrateDatabase(env, urls.ownerUrl);
      return { ...urls, close: nothing };
    }
    await untilReadyOrGone(env.REMIT_HOME);
  }
}

async function openOwn(env: Env, release: () => void) {
  try {
    const { server, ...urls } = await startLocalDatabase(env);
    await migrateDatabase(env, urls.ownerUrl);
    const close = async () => {
      await server.stop();
      release();
    };
    return { ...urls, close };
  } catch (cause) {
    release();
    throw cause;
  }
}

/** A starting supervisor becomes ready, another command ends; neither takes longer than this. */
const WAIT_MS = 60_000;

async function untilReadyOrGone(home: string): Promise<void> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const holder = lockHolder(lockPath(home));
    if (!holder || (holder.purpose === "supervisor" && embeddedUrls(home))) return;
    if (Date.now() > until)
      throw new StartError(`Process ${holder.pid} uses ${home} and does not finish: stop it, or set REMIT_HOME.`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

function lockPath(home: string): string {
  return join(home, "lock");
}
