import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

import { ROOT } from "@/lib/db/root";
import { bundleRoles } from "@/lib/server/bundle";
import { acquireLock } from "@/lib/server/lock";
import { childEnv, StartError } from "@/lib/server/env";

/** What the web is built from. Tests are not. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma/schema.prisma",
  "package-lock.json",
  "next.config.ts",
  "proxy.ts",
  "tsconfig.json",
  ".postcssrc.json",
];
const OUTSIDE = /^lib\/db\/generated\/|\.(test|fixture)\.tsx?$|testing\.ts$|\.md$/;
const STAMP = ".next/remit-sources";

/** A hash over every source of the build; about 30 ms for a thousand files. */
function sourcesHash(root = ROOT): string {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap((source) => filesBelow(join(root, source)))) {
    const name = relative(root, path);
    if (OUTSIDE.test(name)) continue;
    hash.update(`${name}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** Whether `.next` holds a finished build of these very sources. */
export function isBuilt(root = ROOT): boolean {
  const stamp = join(root, STAMP);
  return (
    existsSync(stamp) && existsSync(join(root, ".next/BUILD_ID")) && readFileSync(stamp, "utf8") === sourcesHash(root)
  );
}

/**
 * Builds the web and the roles unless that is done for these very sources. Processes that come at once queue for it.
 * @throws StartError with the end of what the build said.
 */
export async function ensureBuilt(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  if (isBuilt()) return;
  const release = await takeBuildLock(signal);
  try {
    if (isBuilt()) return;
    say("Building the web; this takes about a minute, once.");
    await build(signal);
  } finally {
    release();
  }
}

async function takeBuildLock(signal?: AbortSignal): Promise<() => void> {
  for (;;) {
    signal?.throwIfAborted();
    const lock = acquireLock(join(ROOT, "node_modules/.cache/remit-build.lock"), "build");
    if ("release" in lock) return lock.release;
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

/**
 * Runs `next build` and bundles the roles. The stamp is written last: an interrupted build is begun again.
 */
async function build(signal?: AbortSignal): Promise<void> {
  const hash = sourcesHash();
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: childEnv({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  });
  const { pid } = child;
  const abort = () => {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  };
  signal?.addEventListener("abort", abort, { once: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (said = (said + String(chunk)).slice(-8_000)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  signal?.removeEventListener("abort", abort);
  if (signal?.aborted) throw new StartError("The build was interrupted.");
  if (said.includes("ENOSPC"))
    throw new StartError(`The disk that holds ${ROOT} is full: free some space and start again.`);
  if (code !== 0) throw new StartError(`The web could not be built:\n${said.trim()}`);
  await bundleRoles();
  writeFileSync(join(ROOT, STAMP), hash);
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch {
    return [path];
  }
}
