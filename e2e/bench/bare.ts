import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";

import { Client } from "pg";

import { byteaArray, textArray } from "@/lib/gate/pg-arrays";

/**
 * The floor: the least that a server could do and still keep one hash-chained row per request durably on the same database. No routing, no
 * tokens, no JSON parsing, no rules; requests that arrive together are committed together. Nothing is left out to make it slow.
 * Arguments: port, database URL.
 */
const [port, url] = process.argv.slice(2);
const client = new Client({ connectionString: url });
await client.connect();
await client.query(
  "CREATE TABLE IF NOT EXISTS bare (seq bigserial PRIMARY KEY, body text NOT NULL, prev bytea NOT NULL, hash bytea NOT NULL)",
);
await client.query("SET plan_cache_mode = force_generic_plan; SET jit = off");

interface Waiting {
  body: string;
  response: ServerResponse;
}

let queue: Waiting[] = [];
let busy = false;
let head: Buffer = Buffer.alloc(32);
const ANSWER = '{"effect":"allow"}';
const HEADERS = { "content-type": "application/json", "content-length": ANSWER.length };

async function drain(): Promise<void> {
  while (queue.length > 0) {
    const batch = queue;
    queue = [];
    const prev: Buffer[] = [];
    const hashes: Buffer[] = [];
    for (const { body } of batch) {
      prev.push(head);
      head = createHash("sha256").update(head).update(body).digest();
      hashes.push(head);
    }
    await client.query({
      name: "bare",
      text: "INSERT INTO bare (body, prev, hash) SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[])",
      values: [textArray(batch.map(({ body }) => body)), byteaArray(prev), byteaArray(hashes)],
    });
    for (const { response } of batch) response.writeHead(200, HEADERS).end(ANSWER);
  }
  busy = false;
}

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part: string) => (body += part));
  request.on("end", () => {
    queue.push({ body, response });
    if (busy) return;
    busy = true;
    setImmediate(() => void drain());
  });
});
server.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
