import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";

import { Client } from "pg";

import { newId } from "@/lib/kernel/ids";

/**
 * The floor: the least that a server does which answers a request only once a hash-chained record of it is durable, on the same database and in a
 * table like the audit chain's, with its indexes. It reads the request, links it, commits requests that arrive together in one statement,
 * and answers with the record's id. No routing, no tokens, no validation, no rules, no runs. Nothing is left out to make it slow.
 * Arguments: port, database URL.
 */
const [port, url] = process.argv.slice(2);
const client = new Client({ connectionString: url });
await client.connect();
await client.query("CREATE TABLE bare_record (LIKE audit_record INCLUDING ALL)");
await client.query("SET plan_cache_mode = force_generic_plan; SET jit = off");

interface Waiting {
  id: string;
  action: string;
  request: unknown;
  response: ServerResponse;
}

const STREAM = "bare";
const AGENT = newId();
const INSERT = `INSERT INTO bare_record (stream, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, prev_hash, hash)
  SELECT $1::text, $2::bigint + ord, $3::timestamptz, 'agent', $4::text, action, 'decision', id, $4::uuid, body, prev, hash
    FROM unnest($5::text[], $6::text[], $7::text[], $8::bytea[], $9::bytea[]) WITH ORDINALITY AS r(id, action, body, prev, hash, ord)`;

let queue: Waiting[] = [];
let busy = false;
let seq = 0;
let head: Buffer = Buffer.alloc(32);

async function drain(): Promise<void> {
  while (queue.length > 0) {
    const batch = queue;
    queue = [];
    const at = new Date();
    const bodies: string[] = [];
    const prev: Buffer[] = [];
    const hashes: Buffer[] = [];
    for (const { id, action, request } of batch) {
      const body = JSON.stringify({ action, at, detail: request, id, seq: seq + bodies.length + 1, stream: STREAM });
      prev.push(head);
      head = createHash("sha256").update(head).update(body).digest();
      hashes.push(head);
      bodies.push(body);
    }
    const ids = batch.map(({ id }) => id);
    const actions = batch.map(({ action }) => action);
    await client.query({
      name: "bare",
      text: INSERT,
      values: [STREAM, seq, at, AGENT, ids, actions, bodies, prev, hashes],
    });
    seq += batch.length;
    for (const { id, response } of batch) {
      const answer = JSON.stringify({ decisionId: id, effect: "allow" });
      response
        .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) })
        .end(answer);
    }
  }
  busy = false;
}

const server = createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (part: string) => (text += part));
  request.on("end", () => {
    if (text === "") return void response.writeHead(204).end();
    const parsed = JSON.parse(text);
    queue.push({ id: newId(), action: parsed.action, request: parsed, response });
    if (busy) return;
    busy = true;
    setImmediate(() => void drain());
  });
});
server.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
