import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { MigrationList, SchemasContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";

import { ROOT } from "@/lib/db/root";

/** A folder of prisma/migrations. The checksum is the one that Prisma keeps: SHA-256 of the script, in hex. */
interface Migration {
  name: string;
  script: string;
  checksum: string;
}

export interface Store {
  schema: string;
  migrations: Migration[];
  lockfile: string;
  folder: string;
}

/** Reads the schema and its migrations in order. `root` differs only in tests. */
export function readStore(root = ROOT): Store {
  const folder = join(root, "prisma/migrations");
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return {
    schema: readFileSync(join(root, "prisma/schema.prisma"), "utf8"),
    migrations: names.map((name) => {
      const script = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
    }),
    lockfile: readFileSync(join(folder, "migration_lock.toml"), "utf8"),
    folder,
  };
}

/** The store in the words of Prisma's engine. */
export function migrationList({ folder, lockfile, migrations }: Store): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: lockfile },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
    })),
  };
}

export function schemaFiles({ schema }: Store): SchemasContainer {
  return { files: [{ path: "schema.prisma", content: schema }] };
}

/** Nothing in the database is managed by somebody else: graphile-worker keeps to a schema of its own, which Prisma does not look at. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };
