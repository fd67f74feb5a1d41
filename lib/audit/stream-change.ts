import type { Pool, PoolClient, QueryResultRow } from "pg";

import { notification, NOTIFY_CHANNEL } from "@/lib/audit/change";
import { GENESIS, headOf, link, type Actor, type AuditEntry, type AuditLink, type StreamHead } from "@/lib/audit/chain";
import type { Result } from "@/lib/kernel/result";

/** What a change on the agents' side may do inside its transaction: {@link Change} of lib/audit/change.ts on a plain connection. */
export interface StreamChange {
  now: Date;
  query<Row extends QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Appends to the audit chain. A change that wrote something without it is refused as a defect, unless it says that it wrote nothing. */
  audit(actor: Actor, entry: AuditEntry): void;
  /** What was asked for had been done before: nothing is written now. */
  unchanged(): void;
  /** Tells waiting agents and live pages, once, when it commits. */
  notify(...topics: string[]): void;
}

/**
 * The audit streams of this process: as many as it ever made changes at once, so that no change waits for another's chain. Each is one
 * change's at a time, on whatever connection; that its head is still the stored one is verified by the append.
 */
export class ProcessStreams {
  private free: StreamHead[] = [];
  private opened = 0;

  constructor(
    readonly pool: Pool,
    private readonly base: string,
  ) {}

  /** A stream that no other change holds, begun in the caller's transaction when there is none. Who never gives it back has lost it. */
  async take(client: PoolClient): Promise<StreamHead> {
    const free = this.free.pop();
    if (free) return free;
    const head = { stream: `${this.base}/${++this.opened}`, seq: 0n, hash: GENESIS };
    await client.query("INSERT INTO audit_stream (id, head_hash) VALUES ($1, $2)", [head.stream, head.hash]);
    return head;
  }

  /** After its commit: only then is it known where the stream stands. */
  giveBack(head: StreamHead): void {
    this.free.push(head);
  }

  /** A stream was not where it had been left, as after a demo was removed: then none may be. */
  forget(): void {
    this.free = [];
  }
}

/**
 * The one transaction of a change that agents make (start, report, complete), in a stream of this process. A refusal (`ok: false`) rolls
 * everything back.
 */
export async function streamChange<T>(
  streams: ProcessStreams,
  now: Date,
  body: (change: StreamChange) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await streams.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const { result, head } = await run(client, streams, now, body);
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
    if (head) streams.giveBack(head);
    return result;
  } catch (cause) {
    await client.query("ROLLBACK").catch((failed: unknown) => {
      broken = failed instanceof Error ? failed : new Error("the connection is gone");
    });
    throw cause;
  } finally {
    client.release(broken);
  }
}

async function run<T>(
  client: PoolClient,
  streams: ProcessStreams,
  now: Date,
  body: (change: StreamChange) => Promise<Result<T>>,
): Promise<{ result: Result<T>; head: StreamHead | null }> {
  const entries: { actor: Actor; entry: AuditEntry }[] = [];
  const topics = new Set<string>();
  let written = true;
  const result = await body({
    now,
    query: async (name, text, values) => (await client.query({ name, text, values: [...values] })).rows,
    audit: (actor, entry) => void entries.push({ actor, entry }),
    unchanged: () => (written = false),
    notify: (...names) => names.forEach((name) => topics.add(name)),
  });
  if (!result.ok || (!written && entries.length === 0)) return { result, head: null };
  if (entries.length === 0) throw new Error("a change without an audit entry");
  let head = await streams.take(client);
  for (const { actor, entry } of entries) {
    const next = link(head, now, actor, entry);
    if (!(await append(client, next))) {
      streams.forget();
      throw new Error(`the audit stream ${head.stream} is not where this process left it`);
    }
    head = headOf(next);
  }
  if (topics.size > 0) {
    await client.query("SELECT pg_notify($1, $2)", [NOTIFY_CHANNEL, notification([...topics, "audit"])]);
  }
  return { result, head };
}

/** False when the stored head is another one. */
async function append(client: PoolClient, next: AuditLink): Promise<boolean> {
  const { actor, entry } = next;
  const { rowCount } = await client.query({
    name: "audit_append",
    text: `WITH moved AS (
        UPDATE audit_stream SET seq = $2::bigint, head_hash = $12::bytea, updated_at = $3::timestamptz
        WHERE id = $1::text AND seq = $2::bigint - 1 AND head_hash = $11::bytea RETURNING id)
      INSERT INTO audit_record (stream, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, prev_hash, hash)
        SELECT id, $2::bigint, $3::timestamptz, $4::text, $5::text, $6::text, $7::text, $8::text, $9::uuid, $10::text, $11::bytea, $12::bytea FROM moved`,
    values: [
      next.stream,
      next.seq.toString(),
      next.at,
      actor.kind,
      actor.id,
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      entry.nodeId,
      next.body,
      next.prevHash,
      next.hash,
    ],
  });
  return rowCount === 1;
}
