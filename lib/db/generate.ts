import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { ROOT } from "@/lib/db/root";
import { StartError } from "@/lib/server/env";

const STAMP = join(ROOT, "lib/db/generated/.schema-hash");

/**
 * Runs `prisma generate` when the schema or Prisma changed since the last time.
 * @returns whether it ran.
 */
export function generateClient(): boolean {
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const hash = createHash("sha256")
    .update(readFileSync(join(ROOT, "prisma/schema.prisma")))
    .update(readFileSync(join(ROOT, "node_modules/prisma/package.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash) return false;
  const run = spawnSync(process.execPath, [cli, "generate", "--config", "prisma/prisma.config.ts", "--no-hints"], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      // The CLI downloads a schema engine even for generate, which does not use it: any program in its place will do.
      // Never for `migrate`: there the dummy would silently do nothing.
      PRISMA_SCHEMA_ENGINE_BINARY: existsSync("/bin/true") ? "/bin/true" : "/usr/bin/true",
      CHECKPOINT_DISABLE: "1",
      PATH: "/usr/bin:/bin",
      HOME: join(ROOT, "node_modules/.cache"),
      NODE_ENV: "production",
    },
  });
  if (run.status !== 0)
    throw new StartError(`The database client could not be generated: ${(run.stderr || run.stdout).trim()}`);
  writeFileSync(STAMP, hash);
  return true;
}
