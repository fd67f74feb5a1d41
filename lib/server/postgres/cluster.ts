import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { clusterPaths, OWNER, readPasswords, type Passwords } from "@/lib/db/embedded";
import { StartError } from "@/lib/server/env";
import type { PostgresBinaries } from "@/lib/server/postgres/binaries";
import type { Launcher } from "@/lib/server/postgres/launcher";

const MAJOR = "18";
/** Nothing of ours: no secrets, and a PGOPTIONS or a locale from outside changes nothing. */
export const POSTGRES_ENV = { NODE_ENV: "production", PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as const;

/** Creates REMIT_HOME if need be: enterable, so that PostgreSQL's account reaches its own folder, but not listable. */
export function createHome(home: string): void {
  if (existsSync(home)) return;
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o711);
}

/**
 * Makes sure that a whole cluster of the right version lies in `home` and belongs to who runs it.
 * initdb works in a folder of its own that is renamed when all is done: a cluster is there whole or not at all.
 * @throws StartError for one that is damaged, of another version or of another account.
 */
export function prepareCluster(home: string, binaries: PostgresBinaries, launcher: Launcher, sync: boolean): void {
  const { data } = clusterPaths(home);
  if (!existsSync(data) || readdirSync(data).length === 0) {
    initialise(home, binaries, launcher, sync);
    return;
  }
  const version = read(join(data, "PG_VERSION"));
  if (version === undefined || !existsSync(join(data, "global/pg_control")) || !readPasswords(home)) {
    throw new StartError(
      `The database in ${data} is not whole: restore it from a backup, or move the folder away to begin with an empty one.`,
    );
  }
  if (version !== MAJOR) {
    throw new StartError(
      `The database in ${data} was made by PostgreSQL ${version}, this is ${MAJOR}: upgrade it with pg_upgrade, or set DATABASE_URL.`,
    );
  }
  takeOwnership(data, launcher);
}

function initialise(home: string, binaries: PostgresBinaries, launcher: Launcher, sync: boolean): void {
  const { data } = clusterPaths(home);
  const fresh = `${data}.new`;
  const passwordFile = `${data}.password`;
  const passwords: Passwords = { owner: randomBytes(24).toString("hex"), runtime: randomBytes(24).toString("hex") };
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, passwords.owner, { mode: 0o600 });
  if (launcher.owner) for (const path of [fresh, passwordFile]) chownSync(path, launcher.owner.uid, launcher.owner.gid);
  try {
    const { file, args, uid, gid } = launcher.command(binaries.initdb, [
      `--pgdata=${fresh}`,
      `--username=${OWNER}`,
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(sync ? [] : ["--no-sync"]),
    ]);
    const made = spawnSync(file, args, { uid, gid, cwd: dirname(data), encoding: "utf8", env: POSTGRES_ENV });
    if (made.status !== 0) throw failedToInitialise(data, made.stderr || (made.error?.message ?? ""));
    const file2 = join(fresh, "remit.json");
    writeFileSync(file2, JSON.stringify(passwords), { mode: 0o600 });
    if (launcher.owner) chownSync(file2, launcher.owner.uid, launcher.owner.gid);
    rmSync(data, { recursive: true, force: true });
    renameSync(fresh, data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

function failedToInitialise(data: string, output: string): StartError {
  if (output.includes("No space left on device")) return diskFull(data);
  return new StartError(
    `The database could not be created in ${data}: ${output.trim().split("\n").at(-1) ?? "no reason given"}.`,
  );
}

export function diskFull(path: string): StartError {
  return new StartError(`The disk that holds ${path} is full: free some space and start again.`);
}

/** A cluster that was run by another launcher before is handed to this one's account. */
function takeOwnership(data: string, launcher: Launcher): void {
  const { uid } = statSync(data);
  const wanted = launcher.owner?.uid ?? process.getuid?.();
  if (uid === wanted) return;
  if (!launcher.owner) {
    throw new StartError(
      `The database in ${data} belongs to another account (uid ${uid}): run Remit as that account or as root, or set REMIT_HOME.`,
    );
  }
  const changed = spawnSync("chown", ["-R", `${launcher.owner.uid}:${launcher.owner.gid}`, data], { encoding: "utf8" });
  if (changed.status !== 0)
    throw new StartError(
      `The database in ${data} could not be handed to uid ${launcher.owner.uid}: ${changed.stderr.trim()}.`,
    );
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}
