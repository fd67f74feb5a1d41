import type { Pool } from "pg";

import { createDb, type Db } from "@/lib/db/client";
import { createPool, runtimeUrl } from "@/lib/db/connect";
import { env } from "@/lib/server/env";

/** The globals outlive a reload of the module in development; without them each reload would open another pool. */
const kept = globalThis as { remitPool?: Pool; remitDb?: Db; remitStopDb?: Db };

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

/**
 * The same on two connections that nothing but stopping uses: whoever stops an agent, or everything, does not wait for a connection behind
 * all the pages that are being read. Opened when they are needed, and closed when they rest.
 */
export function stopDb(): Db {
  kept.remitStopDb ??= createDb(createPool(runtimeUrl(env()), { applicationName: "remit web stop", max: 2 }));
  return kept.remitStopDb;
}
