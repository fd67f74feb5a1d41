import { pathToFileURL } from "node:url";
import { join } from "node:path";

import { generateClient } from "@/lib/db/generate";
import { ROOT } from "@/lib/db/root";
import { build, isBuilt } from "@/lib/server/build";
import { env, StartError } from "@/lib/server/env";
import { migrateDatabase } from "@/lib/server/home";

/** One role as this process, for sites that run them apart: on DATABASE_URL, or beside a running `npm start`. */
const entries: Record<string, string> = {
  web: "lib/server/web.ts",
  gate: "lib/gate/main.ts",
  worker: "lib/worker/main.ts",
};

try {
  const role = process.argv[2] ?? "";
  const entry = entries[role];
  if (!entry) throw new StartError(`There is no role "${role}": web, gate or worker.`);
  const settings = env();
  generateClient();
  if (settings.DATABASE_URL) await migrateDatabase(settings, settings.DATABASE_URL);
  if (role === "web" && settings.NODE_ENV === "production" && !isBuilt()) {
    process.stderr.write("Building the web; this takes about a minute, once.\n");
    await build();
  }
  await import(pathToFileURL(join(ROOT, entry)).href);
} catch (cause) {
  process.stderr.write(
    `${cause instanceof StartError ? cause.message : cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
  process.exit(1);
}
