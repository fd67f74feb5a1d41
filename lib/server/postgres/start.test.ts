import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { clusterPaths, embeddedUrls, readPidFile } from "@/lib/db/embedded";
import { ROOT } from "@/lib/db/root";
import { StartError } from "@/lib/server/env";
import { postgresBinaries } from "@/lib/server/postgres/binaries";
import { launchers, works } from "@/lib/server/postgres/launcher";
import { startPostgres, type RunningPostgres } from "@/lib/server/postgres/start";
import { isAlive, signal, waitForExit } from "@/lib/server/processes";

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A REMIT_HOME that does not exist yet; `open` to other accounts or, as mkdtemp makes it, closed to them. */
function newHome(access: "open" | "closed" = "open"): string {
  const folder = mkdtempSync(join(tmpdir(), "remit-postgres-"));
  if (access === "open") chmodSync(folder, 0o755);
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "home");
}

/** What the first start of a cluster leaves. Tests of what comes after copy it: initdb takes longer than most of them. */
let made: string;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "remit-postgres-"));
  chmodSync(folder, 0o755);
  made = join(folder, "home");
  await (await startPostgres({ home: made, durable: false })).stop();
});
afterAll(() => rmSync(join(made, ".."), { recursive: true, force: true }));

function copyOfMade(): string {
  const home = newHome();
  expect(spawnSync("cp", ["-a", made, home]).status).toBe(0);
  return home;
}

async function start(options: Parameters<typeof startPostgres>[0]): Promise<RunningPostgres> {
  const server = await startPostgres({ durable: false, ...options });
  cleanups.push(() => server.stop());
  return server;
}

async function query(home: string, sql: string): Promise<unknown[]> {
  const client = new Client(embeddedUrls(home, "postgres")?.ownerUrl);
  await client.connect();
  const result = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return result.rows.map((row) => Object.values(row)[0]);
}

/** Another process that starts the server and holds it, as a supervisor does. */
async function supervisor(home: string): Promise<ChildProcess> {
  const child = fork(join(ROOT, "lib/server/postgres/start.fixture.ts"), [home], {
    execArgv: ["--import", "tsx"],
    cwd: ROOT,
  });
  cleanups.push(() => void child.kill("SIGKILL"));
  await new Promise((resolve) => child.once("message", resolve));
  return child;
}

const usable = launchers().filter((one) => {
  const home = newHome();
  mkdirSync(home);
  return works(one, home, postgresBinaries().postgres);
});

describe("startPostgres", () => {
  it.each(usable.map((one) => [`${one.kind} ${one.owner?.uid ?? ""}`, one] as const))(
    "starts and stops as %s",
    async (_, launcher) => {
      const home = newHome();
      const server = await start({ home, launchers: [launcher], durable: true });
      expect(await query(home, "SHOW server_encoding")).toEqual(["UTF8"]);
      expect(await query(home, "SELECT upper('äß')")).toEqual(["Äß"]);
      await server.stop();
      expect(isAlive(server.pid)).toBe(false);
      expect(readPidFile(home)).toBeUndefined();
    },
  );

  it("works below a folder that only we may enter", async () => {
    const home = newHome("closed");
    await start({ home });
    expect(await query(home, "SELECT 1")).toEqual([1]);
  });

  it("hands a cluster on from one account to another", async () => {
    const home = copyOfMade();
    for (const launcher of [...usable, ...usable]) {
      const server = await start({ home, launchers: [launcher] });
      expect(await query(home, "SELECT 1")).toEqual([1]);
      await server.stop();
    }
  });

  it("recovers after the server was killed, with what was committed", async () => {
    const home = copyOfMade();
    const first = await start({ home, durable: true });
    await query(home, "CREATE TABLE kept AS SELECT 42 AS n");
    signal(first.pid, "SIGKILL");
    await first.exited;
    await start({ home, durable: true });
    expect(await query(home, "SELECT n FROM kept")).toEqual([42]);
  });

  it("leaves no server behind when its supervisor is killed", async () => {
    const home = copyOfMade();
    const holder = await supervisor(home);
    const pid = readPidFile(home)?.pid ?? 0;
    holder.kill("SIGKILL");
    expect(await waitForExit(pid, 10_000)).toBe(true);
  });

  it("replaces a server that was left behind", async () => {
    const home = copyOfMade();
    await supervisor(home);
    const left = readPidFile(home)?.pid ?? 0;
    const server = await start({ home });
    expect(isAlive(left)).toBe(false);
    expect(server.pid).not.toBe(left);
  });

  it("ignores a stale pid file, also one that names a living process", async () => {
    const home = copyOfMade();
    writeFileSync(
      clusterPaths(home).pidFile,
      `${process.pid}\n${clusterPaths(home).data}\n0\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const server = await start({ home });
    expect(readPidFile(home)?.pid).toBe(server.pid);
  });

  it("begins again after an initdb that was cut off", async () => {
    const home = newHome();
    mkdirSync(`${clusterPaths(home).data}.new/base`, { recursive: true });
    await start({ home });
    expect(existsSync(`${clusterPaths(home).data}.new`)).toBe(false);
  });

  it.each([
    [
      "PG_VERSION is missing",
      (data: string) => rmSync(join(data, "PG_VERSION")),
      /^The database in .* is not whole: restore it/,
    ],
    [
      "it is of another version",
      (data: string) => writeFileSync(join(data, "PG_VERSION"), "17\n"),
      /was made by PostgreSQL 17, this is 18/,
    ],
    [
      "pg_control is damaged",
      (data: string) => writeFileSync(join(data, "global/pg_control"), ""),
      /^PostgreSQL did not start: .*pg_control.* \(see .*postgres\.log\)\.$/,
    ],
  ])("says in one sentence that %s", async (_, damage, sentence) => {
    const home = copyOfMade();
    damage(clusterPaths(home).data);
    const failure = startPostgres({ home, durable: false });
    await expect(failure).rejects.toThrow(StartError);
    await expect(failure).rejects.toThrow(sentence);
  });

  it("keeps the passwords from other accounts", async () => {
    const home = made;
    expect(statSync(clusterPaths(home).passwords).mode & 0o077).toBe(0);
    expect(readFileSync(join(clusterPaths(home).data, "pg_hba.conf"), "utf8")).not.toMatch(/^[^#].*trust/m);
  });
});
