import { Client, type Pool, type PoolClient } from "pg";

import { NOTIFY_CHANNEL } from "@/lib/audit/change";

/** When a connection of this pool last sent a COMMIT, on the clock of `performance.now()`: from there on a change waits for the disk alone. */
export function stampCommits(pool: Pool): { last(): number } {
  let lastMs = Number.NaN;
  pool.on("connect", (client: PoolClient) => {
    const query = client.query;
    client.query = function stamped(this: PoolClient, ...args: unknown[]): unknown {
      const [first] = args;
      const text = typeof first === "string" ? first : (first as { text?: string } | undefined)?.text;
      if (text === "COMMIT") lastMs = performance.now();
      return Reflect.apply(query, client, args);
    } as typeof query;
  });
  return { last: () => lastMs };
}

/** The floor: a connection that does nothing but LISTEN, and when it heard of each approval. */
export async function notificationsOf(url: string) {
  const heard = new Map<string, number>();
  const client = new Client({ connectionString: url, application_name: "remit bench listen" });
  client.on("notification", ({ payload = "" }) => {
    const atMs = performance.now();
    for (const [, id = ""] of payload.matchAll(/"approval:([0-9a-f-]+)"/g)) heard.set(id, atMs);
  });
  await client.connect();
  await client.query(`LISTEN ${NOTIFY_CHANNEL}`);
  return { atMs: (id: string) => heard.get(id), stop: () => client.end() };
}
