import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import { SchemaEngine, __wbg_set_wasm } from "@prisma/schema-engine-wasm/schema_engine_bg";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool, types, type QueryArrayConfig, type QueryArrayResult } from "pg";

/**
 * Prisma's schema engine as WebAssembly: what the CLI's native engine does, without the download that engine needs.
 * It speaks to the database through the same driver adapter as the client, on one connection.
 * An error of a script is thrown as the database gave it, not as the engine retells it.
 * @param afterScript SQL that runs in the transaction of every migration script, at its end.
 */
export async function withSchemaEngine<T>(
  { url, schema, afterScript }: { url: string; schema: string; afterScript?: string },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await load();
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on("error", () => undefined);
  const factory = new ScriptAdapterFactory(pool, afterScript);
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [["schema.prisma", schema]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    try {
      return await use(engine);
    } catch (cause) {
      throw factory.scriptError ?? cause;
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/**
 * Two things the adapter does not do by itself: it cuts a script at every semicolon, which no function body survives (sent
 * whole, as the native engine sends it, a script is one implicit transaction), and it knows no `"char"`, the one-letter type
 * of the system catalogue that the engine reads when it compares schemas.
 */
class ScriptAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "remit-schema-engine";
  scriptError: unknown;

  constructor(
    private readonly pool: Pool,
    private readonly afterScript = "",
  ) {}

  async connect(): Promise<SqlDriverAdapter> {
    const charColumns = disguiseCharColumns(this.pool);
    const adapter: SqlDriverAdapter = await new PrismaPg(this.pool).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const column of charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    adapter.executeScript = async (script) => {
      try {
        await this.pool.query(`${script}\n;${this.afterScript}`);
      } catch (cause) {
        this.scriptError = cause;
        throw cause;
      }
    };
    return adapter;
  }

  /** Shadow databases are made and dropped by lib/db/drift.ts, which keeps their connections apart. */
  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return Promise.reject(new Error("the schema engine makes no shadow database here"));
  }
}

/** Passes `"char"` columns off as text to the adapter, and tells by the array of rows which columns they were. */
function disguiseCharColumns(pool: Pool): WeakMap<unknown[][], number[]> {
  const columns = new WeakMap<unknown[][], number[]>();
  const send: (config: QueryArrayConfig) => Promise<QueryArrayResult> = pool.query.bind(pool);
  Object.assign(pool, {
    query: async (config: QueryArrayConfig) => {
      const result = await send(config);
      for (const [index, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID !== types.builtins.CHAR) continue;
        field.dataTypeID = types.builtins.TEXT;
        columns.set(result.rows, [...(columns.get(result.rows) ?? []), index]);
      }
      return result;
    },
  });
  return columns;
}

let loaded: Promise<void> | undefined;

/** The package imports its .wasm as a module, which Node does not do; the bindings are handed the instance here instead. */
function load(): Promise<void> {
  loaded ??= (async () => {
    const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
    const compiled = await WebAssembly.compile(await readFile(join(folder, "schema_engine_bg.wasm")));
    const instance = await WebAssembly.instantiate(compiled, { "./schema_engine_bg.js": imports() });
    __wbg_set_wasm(instance.exports);
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") start();
  })();
  return loaded;
}

function imports(): WebAssembly.ModuleImports {
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [
      name,
      name.startsWith("__wbg_setTimeout_") ? unrefTimeout : value,
    ]),
  );
}

/** The timer of the engine's migration lock runs on for 10 s after the work is done, and must not keep the process alive. */
function unrefTimeout(callback: () => void, delayMs: number): NodeJS.Timeout {
  const timer = setTimeout(callback, delayMs >>> 0);
  timer.unref();
  return timer;
}
