import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Client } from "pg";

import { embeddedUrls, readPasswords } from "@/lib/db/embedded";
import { generateClient } from "@/lib/db/generate";
import { migrate } from "@/lib/db/migrate";
import { ROOT } from "@/lib/db/root";
import { isAlive } from "@/lib/server/processes";
import { startPostgres } from "@/lib/server/postgres/start";

interface TestClusterUrls {
  /** Of the database `postgres`. */
  ownerUrl: string;
  runtimeUrl: string;
  template: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    cluster: TestClusterUrls;
  }
}

const TEMPLATE = "remit_template";

/** A cluster in .remit/test-<pid> that does not sync to disk, with one migrated database for tests to clone. */
export async function startTestCluster(): Promise<{ home: string; urls: TestClusterUrls; stop: () => Promise<void> }> {
  removeAbandoned();
  generateClient();
  const home = join(ROOT, ".remit", `test-${process.pid}`);
  const server = await startPostgres({ home, durable: false });
  const urls = embeddedUrls(home, "postgres");
  const template = embeddedUrls(home, TEMPLATE);
  const runtimePassword = readPasswords(home)?.runtime;
  if (!urls || !template) throw new Error("the test cluster did not start");
  await run(urls.ownerUrl, `CREATE DATABASE ${TEMPLATE}`);
  await migrate(template.ownerUrl, { runtimePassword });
  await run(template.ownerUrl, "SELECT ensure_event_days(current_date - 1, 4)");
  return {
    home,
    urls: { ...urls, template: TEMPLATE },
    stop: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Folders of runs that were killed; their servers ended with them (see the guard in lib/server/postgres/start.ts). */
function removeAbandoned(): void {
  const folder = join(ROOT, ".remit");
  for (const name of list(folder)) {
    const pid = Number(/^test-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
