import { Client } from "pg";

import { migrationList, NO_FILTER, readStore, type Store } from "@/lib/db/migrations";
import { allowRuntimeRole } from "@/lib/db/roles";
import { StartError } from "@/lib/server/env";

interface MigrateOptions {
  /** Lets the runtime role sign in with this password: embedded clusters, where nobody else manages it. */
  runtimePassword?: string;
  store?: Store;
}

/** Any number, the same in every Remit: starters queue for it. */
const LOCK = 7_364_900;

/** Runs in the migration's own transaction: after a crash a script is recorded if and only if it was applied. */
const RECORD = `UPDATE "_prisma_migrations" SET "finished_at" = now() WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL`;

/**
 * Brings the database to the newest migration, as `prisma migrate deploy` would, and keeps that command's own record.
 * Any number of processes may call it at once. A migration cut off by a crash is begun again: its script is one transaction.
 * @returns the names of the migrations that were applied now.
 * @throws StartError where the database is newer than this code, a migration was edited after it was applied, or one fails.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const store = options.store ?? readStore();
  const client = new Client({ connectionString: ownerUrl, application_name: "remit migrate" });
  await client.connect().catch((cause: unknown) => {
    throw new StartError(
      `The database at ${new URL(ownerUrl).host} (DATABASE_URL) cannot be reached: ${reason(cause)}.`,
    );
  });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const state = compare(store, await recorded(client));
    const applied = state.pending > 0 ? await apply(ownerUrl, store, state.unfinished) : [];
    await allowRuntimeRole(client, options.runtimePassword);
    return applied;
  } finally {
    await client.end();
  }
}

interface Recorded {
  migration_name: string;
  checksum: string;
  finished: boolean;
}

async function recorded(client: Client): Promise<Recorded[]> {
  const table = await client.query<{ found: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`);
  if (!table.rows[0]?.found) return [];
  const rows = await client.query<Recorded>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return rows.rows;
}

function compare(store: Store, rows: readonly Recorded[]): { pending: number; unfinished: string[] } {
  const known = new Map(store.migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of rows) {
    const migration = known.get(name);
    if (!migration)
      throw new StartError(
        `The database has migration ${name}, which this Remit does not know: it was migrated by a newer one, update this one.`,
      );
    if (finished && migration.checksum !== checksum) {
      throw new StartError(
        `Migration ${name} was edited after it was applied to this database: restore prisma/migrations/${name}.`,
      );
    }
  }
  const finished = rows.filter((row) => row.finished).length;
  return {
    pending: store.migrations.length - finished,
    unfinished: rows.filter((row) => !row.finished).map((row) => row.migration_name),
  };
}

async function apply(url: string, store: Store, unfinished: readonly string[]): Promise<string[]> {
  // Loaded only when there is something to do: it would cost every start a tenth of a second.
  const { withSchemaEngine } = await import("@/lib/db/schema-engine");
  try {
    return await withSchemaEngine({ url, schema: store.schema, afterScript: RECORD }, async (engine) => {
      for (const migrationName of unfinished) await engine.markMigrationRolledBack({ migrationName });
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: migrationList(store),
        filters: NO_FILTER,
      });
      return appliedMigrationNames;
    });
  } catch (cause) {
    const why = reason(cause);
    // PostgreSQL's words for a disk that ran full in the middle of a page and at its end.
    if (/could not extend file|No space left on device/.test(why))
      throw new StartError("The database's disk is full: free some space and start again.");
    throw new StartError(`The database could not be migrated: ${why}.`);
  }
}

/** The engine appends its own call stack; the sentence is the first line. */
function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "no reason given";
}
