import { randomUUID } from "node:crypto";

import { Client, escapeIdentifier } from "pg";

import { migrationList, NO_FILTER, readStore, schemaFiles } from "@/lib/db/migrations";
import { withSchemaEngine } from "@/lib/db/schema-engine";

/**
 * What prisma/schema.prisma says beyond what the migrations make, as SQL; undefined when the two agree.
 * The migrations are applied to a new database on the same server, which is dropped again.
 */
export async function drift(ownerUrl: string, store = readStore()): Promise<string | undefined> {
  const name = `remit_drift_${randomUUID()}`;
  const admin = new Client({ connectionString: ownerUrl });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
    const url = new URL(ownerUrl);
    url.pathname = `/${name}`;
    return await withSchemaEngine({ url: url.href, schema: store.schema }, async (engine) => {
      await engine.applyMigrations({ migrationsList: migrationList(store), filters: NO_FILTER });
      const { stdout, exitCode } = await engine.diff({
        from: { tag: "schemaDatasource", ...schemaFiles(store), configDir: "prisma" },
        to: { tag: "schemaDatamodel", ...schemaFiles(store) },
        script: true,
        exitCode: true,
        filters: NO_FILTER,
      });
      return exitCode === 0 ? undefined : (stdout ?? "");
    });
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    await admin.end();
  }
}
