import type { Pool, PoolClient, QueryResultRow } from "pg";

import { notification, NOTIFY_CHANNEL } from "@/lib/audit/change";
import { GENESIS, headOf, link, type Actor, type AuditEntry, type StreamHead } from "@/lib/audit/chain";
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
 * The one transaction of a change that agents make (start, report, complete), in a stream of this process's own, so that gates do not queue for
 * each other's chain. The head is locked last and shortly. A refusal (`ok: false`) rolls everything back.
 */
export async function streamChange<T>(
  pool: Pool,
  stream: string,
  now: Date,
  body: (change: StreamChange) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await run(client, stream, now, body);
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
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
  stream: string,
  now: Date,
  body: (change: StreamChange) => Promise<Result<T>>,
): Promise<Result<T>> {
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
  if (!result.ok || (!written && entries.length === 0)) return result;
  if (entries.length === 0) throw new Error("a change without an audit entry");
  await append(client, stream, now, entries);
  if (topics.size > 0)
    await client.query("SELECT pg_notify($1, $2)", [NOTIFY_CHANNEL, notification([...topics, "audit"])]);
  return result;
}

async function append(
  client: PoolClient,
  stream: string,
  now: Date,
  entries: readonly { actor: Actor; entry: AuditEntry }[],
): Promise<void> {
  let head = await lockHead(client, stream);
  for (const { actor, entry } of entries) {
    const next = link(head, now, actor, entry);
    head = headOf(next);
    await client.query({
      name: "audit_append",
      text: `INSERT INTO audit_record (stream, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, prev_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
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
  }
  await client.query({
    name: "audit_head",
    text: "UPDATE audit_stream SET seq = $2, head_hash = $3, updated_at = $4 WHERE id = $1",
    values: [stream, head.seq.toString(), head.hash, now],
  });
}

async function lockHead(client: PoolClient, stream: string): Promise<StreamHead> {
  for (;;) {
    const { rows } = await client.query<{ seq: string; head_hash: Buffer }>({
      name: "audit_lock",
      text: "SELECT seq, head_hash FROM audit_stream WHERE id = $1 FOR UPDATE",
      values: [stream],
    });
    const row = rows[0];
    if (row) return { stream, seq: BigInt(row.seq), hash: row.head_hash };
    await client.query("INSERT INTO audit_stream (id, head_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
      stream,
      GENESIS,
    ]);
  }
}
