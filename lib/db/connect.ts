import { Pool, type PoolConfig } from "pg";

import { embeddedUrls, RUNTIME } from "@/lib/db/embedded";
import { StartError, type Env } from "@/lib/server/env";

type DatabaseEnv = Pick<Env, "DATABASE_URL" | "DATABASE_RUNTIME_URL" | "REMIT_HOME">;

/**
 * The owner's connection: migrations, and nothing else.
 * @throws StartError when no database is named and the embedded one does not run.
 */
export function ownerUrl(env: DatabaseEnv): string {
  return env.DATABASE_URL ?? embedded(env).ownerUrl;
}

/**
 * The connection that every process works with. With DATABASE_URL alone, its user takes the runtime role as each connection
 * starts; DATABASE_RUNTIME_URL names a login that has no other, which also serves poolers that drop startup options.
 * @throws StartError as ownerUrl.
 */
export function runtimeUrl(env: DatabaseEnv): string {
  if (env.DATABASE_RUNTIME_URL) return env.DATABASE_RUNTIME_URL;
  return env.DATABASE_URL ? demoted(env.DATABASE_URL) : embedded(env).runtimeUrl;
}

function demoted(url: string): string {
  const runtime = new URL(url);
  const options = runtime.searchParams.get("options");
  runtime.searchParams.set("options", `${options ? `${options} ` : ""}-c role=${RUNTIME}`);
  // A plus sign is a plus sign to PostgreSQL clients, not a space.
  return runtime.href.replaceAll("+", "%20");
}

function embedded(env: DatabaseEnv) {
  const urls = embeddedUrls(env.REMIT_HOME);
  if (!urls) throw new StartError(`No database runs in ${env.REMIT_HOME}: run npm start first, or set DATABASE_URL.`);
  return urls;
}

export interface PoolOptions extends Pick<
  PoolConfig,
  "max" | "connectionTimeoutMillis" | "statement_timeout" | "query_timeout"
> {
  /** Shown in pg_stat_activity: `remit gate`. */
  applicationName: string;
  /** Told of a connection that broke while idle. The pool replaces it by itself. */
  onIdleError?: (cause: Error) => void;
}

/** A pool of at most `max` (10) connections, each waited for at most 5 s unless told otherwise. */
export function createPool(url: string, { applicationName, onIdleError, ...config }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...config,
  });
  pool.on("error", (cause) => onIdleError?.(cause));
  return pool;
}
