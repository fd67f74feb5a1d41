import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";

import { runtimeUrl } from "@/lib/db/connect";
import { drift } from "@/lib/db/drift";
import { migrate } from "@/lib/db/migrate";
import { readStore, type Store } from "@/lib/db/migrations";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { StartError } from "@/lib/server/env";

const store = readStore();
const names = store.migrations.map((migration) => migration.name);

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(() => database.close());

async function query<T>(sql: string, url = database.ownerUrl): Promise<T[]> {
  const client = new Client(url);
  await client.connect();
  const result = await client.query(sql).finally(() => client.end());
  return result.rows;
}

/** The store with one more migration at its end. */
function withMigration(name: string, script: string, checksum = "0".repeat(64)): Store {
  return { ...store, migrations: [...store.migrations, { name, script, checksum }] };
}

describe("migrate", () => {
  it("applies every migration once, in order, recorded as Prisma records them", async () => {
    expect(await migrate(database.ownerUrl)).toEqual(names);
    expect(await migrate(database.ownerUrl)).toEqual([]);
    const rows = await query(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations ORDER BY started_at`,
    );
    expect(rows).toEqual(
      store.migrations.map(({ name, checksum }) => ({
        migration_name: name,
        checksum,
        finished: true,
        applied_steps_count: 1,
      })),
    );
  });

  it("lets several starters come at once", async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl)));
    expect(applied.flat()).toEqual(names);
  });

  it("undoes a migration that fails, says the database's sentence, and applies it when it is mended", async () => {
    await migrate(database.ownerUrl);
    const broken = withMigration("99990101000000_broken", "CREATE TABLE half (id int); SELECT 1/0;");
    await expect(migrate(database.ownerUrl, { store: broken })).rejects.toThrow(
      new StartError("The database could not be migrated: division by zero."),
    );
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    const words = 'could not extend file "base/1/2": wrote only 4096 of 8192 bytes at block 0';
    const full = withMigration("99990101000000_broken", `DO $$ BEGIN RAISE EXCEPTION '${words}'; END $$;`);
    await expect(migrate(database.ownerUrl, { store: full })).rejects.toThrow(
      new StartError("The database's disk is full: free some space and start again."),
    );
    const mended = withMigration("99990101000000_broken", "CREATE TABLE half (id int);");
    expect(await migrate(database.ownerUrl, { store: mended })).toEqual(["99990101000000_broken"]);
  });

  it("records a migration in the transaction that applies it, so that a crash between the two cannot be", async () => {
    await migrate(database.ownerUrl);
    const observing = withMigration("99990101000000_observing", `CREATE TABLE noted AS SELECT txid_current() AS id;`);
    await migrate(database.ownerUrl, { store: observing });
    const [same] = await query<{ same: boolean }>(
      `SELECT (SELECT xmin::text FROM noted) = (SELECT id::text FROM noted) AS same`,
    );
    expect(same).toEqual({ same: true });
  });

  it("refuses a database that a newer Remit migrated", async () => {
    await migrate(database.ownerUrl, { store: withMigration("99990101000000_newer", "SELECT 1;") });
    await expect(migrate(database.ownerUrl)).rejects.toThrow(
      /^The database has migration 99990101000000_newer, which this Remit does not know/,
    );
  });

  it("refuses a migration that was edited after it was applied", async () => {
    await migrate(database.ownerUrl);
    await query(`UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = '${names[0]}'`);
    await expect(migrate(database.ownerUrl)).rejects.toThrow(`Migration ${names[0]} was edited after it was applied`);
  });

  it("works for an owner that may create roles but is no superuser, and lets it take the runtime role", async () => {
    const name = `owner_${process.pid}`;
    const url = new URL(database.ownerUrl);
    await query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'pw'`);
    try {
      await query(`GRANT remit_runtime TO ${name} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`);
      await query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${name}`);
      url.username = name;
      url.password = "pw";
      await migrate(url.href);
      const runtime = runtimeUrl({ DATABASE_URL: url.href, REMIT_HOME: "/nowhere" });
      expect(await query("SELECT current_user AS who", runtime)).toEqual([{ who: "remit_runtime" }]);
      await expect(query("DELETE FROM audit_record", runtime)).rejects.toThrow("permission denied");
    } finally {
      await query(`REASSIGN OWNED BY ${name} TO CURRENT_USER; DROP OWNED BY ${name}`);
      await query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO CURRENT_USER`);
      await query(`DROP ROLE ${name}`, inject("cluster").ownerUrl);
    }
  });

  it("says what an administrator has to grant to an owner that may not take the runtime role", async () => {
    const name = `stranger_${process.pid}`;
    await migrate(database.ownerUrl);
    await query(`CREATE ROLE ${name} LOGIN PASSWORD 'pw'`);
    try {
      await query(`GRANT SELECT ON _prisma_migrations TO ${name}`);
      const url = new URL(database.ownerUrl);
      url.username = name;
      url.password = "pw";
      const refused = migrate(url.href);
      await expect(refused).rejects.toThrow(StartError);
      await expect(refused).rejects.toThrow("GRANT remit_runtime TO that user");
    } finally {
      await query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
    }
  });
});

describe("drift", () => {
  it("finds nothing where schema and migrations agree", async () => {
    expect(await drift(database.ownerUrl)).toBeUndefined();
  });

  it("prints the SQL that is missing, and leaves no database behind", async () => {
    const schema = `${store.schema}\nmodel Extra {\n  id Int @id\n  @@map("extra")\n}\n`;
    expect(await drift(database.ownerUrl, { ...store, schema })).toContain(`CREATE TABLE "extra"`);
    expect(await query(`SELECT datname FROM pg_database WHERE datname LIKE 'remit_drift_%'`)).toEqual([]);
  });
});
