import { Pool } from "pg";

import { createDb, type Db } from "@/lib/db/client";
import { embeddedUrls } from "@/lib/db/embedded";
import { env } from "@/lib/server/env";

/** The globals outlive a reload of the module in development; without them each reload would open another pool. */
const kept = globalThis as { remitPool?: Pool; remitDb?: Db };

/** Where the runtime role connects, and what it becomes there when only the owner's address is known. */
export function runtimeConnection(): { connectionString: string; options?: string } {
  const { DATABASE_RUNTIME_URL, DATABASE_URL, REMIT_HOME } = env();
  if (DATABASE_RUNTIME_URL) return { connectionString: DATABASE_RUNTIME_URL };
  if (DATABASE_URL) return { connectionString: DATABASE_URL, options: "-c role=remit_runtime" };
  const embedded = embeddedUrls(REMIT_HOME);
  if (!embedded) throw new Error("no database: DATABASE_URL is unset and no embedded PostgreSQL runs");
  return { connectionString: embedded.runtimeUrl };
}

/** The web process's pool. */
export function runtimePool(): Pool {
  kept.remitPool ??= new Pool({ ...runtimeConnection(), max: 10, connectionTimeoutMillis: 5_000 });
  return kept.remitPool;
}

/** The web process's Prisma client under the runtime role; one per process, made at first use. */
export function runtimeDb(): Db {
  kept.remitDb ??= createDb(runtimePool());
  return kept.remitDb;
}
