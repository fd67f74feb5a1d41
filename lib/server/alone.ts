import { pathToFileURL } from "node:url";
import { join } from "node:path";

import { generateClient } from "@/lib/db/generate";
import { ROOT } from "@/lib/db/root";
import { ensureBuilt, isBuilt } from "@/lib/server/build";
import { env, StartError } from "@/lib/server/env";
import { migrateDatabase } from "@/lib/server/home";
import { ROLES, BUNDLES, ROLE_SOURCES } from "@/lib/server/role-command";

/** One role as this process, for sites that run them apart: on DATABASE_URL, or beside a running `npm start`. */
async function main(): Promise<void> {
  const role = ROLES.find((one) => one === process.argv[2]);
  if (!role) throw new StartError(`There is no role "${process.argv[2] ?? ""}": web, gate or worker.`);
  const settings = env();
  generateClient();
  if (settings.DATABASE_URL) await migrateDatabase(settings, settings.DATABASE_URL);
  const production = settings.NODE_ENV === "production";
  if (production && role === "web") await ensureBuilt((line) => process.stderr.write(`${line}\n`));
  const entry = production && isBuilt() ? `${BUNDLES}/${role}.mjs` : ROLE_SOURCES[role];
  await import(pathToFileURL(join(ROOT, entry)).href);
}

try {
  await main();
} catch (cause) {
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  process.stderr.write(`${cause instanceof StartError ? cause.message : stack}\n`);
  process.exit(1);
}
