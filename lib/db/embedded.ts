import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

/** The one database of an embedded cluster, and its owner. */
const DATABASE = "remit";
export const OWNER = "remit_owner";
export const RUNTIME = "remit_runtime";

const passwordsSchema = z.object({ owner: z.string(), runtime: z.string() });
export type Passwords = z.output<typeof passwordsSchema>;

/** Where the embedded cluster lives below REMIT_HOME. */
export function clusterPaths(home: string) {
  const data = join(home, "postgres");
  return {
    data,
    pidFile: join(data, "postmaster.pid"),
    passwords: join(data, "remit.json"),
    log: join(home, "logs", "postgres.log"),
  };
}

interface PidFile {
  pid: number;
  port: number;
  /** The server accepts connections. */
  ready: boolean;
}

/** What PostgreSQL says of itself in postmaster.pid (lines 1, 4 and 8); undefined when there is none or it is being written. */
export function readPidFile(home: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(/* turbopackIgnore: true */ clusterPaths(home).pidFile, "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === "ready" };
}

/** The generated passwords of an embedded cluster. They lie inside it, so that the two are made, moved and removed together. */
export function readPasswords(home: string): Passwords | undefined {
  try {
    return passwordsSchema.parse(
      JSON.parse(readFileSync(/* turbopackIgnore: true */ clusterPaths(home).passwords, "utf8")),
    );
  } catch {
    return undefined;
  }
}

/** The connections of the embedded cluster that runs in `home`; undefined when none does. */
export function embeddedUrls(home: string, database = DATABASE): { ownerUrl: string; runtimeUrl: string } | undefined {
  const server = readPidFile(home);
  const passwords = readPasswords(home);
  if (!server?.ready || !passwords) return undefined;
  const url = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${server.port}/${database}`;
  return { ownerUrl: url(OWNER, passwords.owner), runtimeUrl: url(RUNTIME, passwords.runtime) };
}
