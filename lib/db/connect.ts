import { Pool, type PoolConfig } from "pg";

import { embeddedUrls, RUNTIME } from "@/lib/db/embedded";
import { StartError, type Env } from "@/lib/server/env";

type DatabaseEnv = Pick<Env, "DATABASE_URL" | "DATABASE_RUNTIME_URL" | "REMIT_HOME">;

/**
 * The connection that every process works with. With DATABASE_URL alone, its user takes the runtime role as each connection
 * starts; DATABASE_RUNTIME_URL names a login that has no other, which also serves poolers that drop startup options.
 * @throws StartError when no database is named and the embedded one does not run.
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

interface PoolOptions extends Pick<
  PoolConfig,
  "max" | "connectionTimeoutMillis" | "statement_timeout" | "query_timeout"
> {
  /** Shown in pg_stat_activity: `remit gate`. */
  applicationName: string;
  /** Told of a connection that broke, idle or in use. The pool replaces it by itself. */
  onBroken?: (cause: Error) => void;
}

/**
 * A pool of at most `max` (10) connections, each waited for at most 5 s unless told otherwise. A connection that breaks fails what is
 * under way on it, and nothing else.
 */
export function createPool(url: string, { applicationName, onBroken, ...config }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...config,
  });
  // One that is checked out has no listener but its holder's: without this one its end would be the end of the process.
  pool.on("connect", (client) => void client.on("error", (cause) => onBroken?.(cause)));
  // The pool passes on what idle ones told already.
  pool.on("error", () => undefined);
  return pool;
}
