import type { Pool } from "pg";

import { createDb, type Db } from "@/lib/db/client";
import { createPool, runtimeUrl } from "@/lib/db/connect";
import { env } from "@/lib/server/env";

/** The globals outlive a reload of the module in development; without them each reload would open another pool. */
const kept = globalThis as { remitPool?: Pool; remitDb?: Db };

/** The web process's pool. */
function runtimePool(): Pool {
  kept.remitPool ??= createPool(runtimeUrl(env()), { applicationName: "remit web", max: 10 });
  return kept.remitPool;
}

/** The web process's Prisma client under the runtime role; one per process, made at first use. */
export function runtimeDb(): Db {
  kept.remitDb ??= createDb(runtimePool());
  return kept.remitDb;
}
