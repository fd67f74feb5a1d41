import { headOf, link, type Actor, type AuditEntry, type StreamHead } from "@/lib/audit/chain";
import type { Access } from "@/lib/auth/access";
import type { Db, Tx } from "@/lib/db/client";
import type { Clock } from "@/lib/kernel/clock";
import type { RemitError, Result } from "@/lib/kernel/result";

/** Who acts, when, on which database. Every command takes one; server action, gate, CLI, worker and seed make theirs alike. */
export interface CommandContext {
  db: Db;
  actor: Actor;
  clock: Clock;
  newId(): string;
  /** What the person who acts may do; absent for the CLI, the worker and agents. See lib/auth/authorise.ts. */
  access?: Access;
}

/** What a command may do inside its transaction beside reading and writing. */
export interface Change {
  tx: Tx;
  /** When it began: before it waited for a connection or a lock. */
  now: Date;
  /** Milliseconds since then. What must not be late asks again after it has waited. */
  elapsedMs(): number;
  /** Appends to the audit chain. A change that wrote something without it is refused as a defect. */
  audit(entry: AuditEntry): void;
  /** Tells live pages and waiting agents, once per transaction, when it commits: `approvals`, `run:<id>` … */
  notify(...topics: string[]): void;
}

export interface ChangeOptions {
  /** True for every change that can alter a decision: the next decision on any gate is then evaluated anew. */
  rebindsDecisions?: boolean;
  /** How long it may take; 30 s unless it is known to be large. */
  timeoutMs?: number;
}

/** The stream of what people, the CLI and the worker change. */
const CONFIGURATION_STREAM = "configuration";
/** The channel that carries JSON arrays of topics. */
export const NOTIFY_CHANNEL = "remit";

/** The payload of one notification: PostgreSQL takes less than 8,000 bytes, beyond which every listener is told to look at everything. */
export function notification(topics: Iterable<string>): string {
  const text = JSON.stringify([...topics]);
  return Buffer.byteLength(text) < 7_900 ? text : '["*"]';
}

class Refused extends Error {
  constructor(readonly error: RemitError) {
    super(error.code);
  }
}

/**
 * The one transaction of a command: { lock, check, write, append audit }. A refusal (`ok: false`) rolls everything back.
 * Throws when the body succeeds without an audit entry: a state change that leaves no record must not happen.
 */
export async function change<T>(
  context: CommandContext,
  options: ChangeOptions,
  body: (change: Change) => Promise<Result<T>>,
): Promise<Result<T>> {
  const now = context.clock.now();
  const begunMs = performance.now();
  try {
    return await context.db.$transaction(
      async (tx) => {
        if (options.rebindsDecisions) {
          await tx.$executeRaw`UPDATE configuration SET version = version + 1, updated_at = ${now} WHERE id = 1`;
        }
        const entries: AuditEntry[] = [];
        const topics = new Set<string>();
        const result = await body({
          tx,
          now,
          elapsedMs: () => performance.now() - begunMs,
          audit: (entry) => void entries.push(entry),
          notify: (...names) => names.forEach((name) => topics.add(name)),
        });
        if (!result.ok) throw new Refused(result.error);
        if (entries.length === 0) throw new Error("a change without an audit entry");
        await append(tx, now, context.actor, entries);
        topics.add("audit");
        if (options.rebindsDecisions) topics.add("configuration");
        await tx.$executeRaw`SELECT pg_notify(${NOTIFY_CHANNEL}, ${notification(topics)})`;
        return result;
      },
      { timeout: options.timeoutMs ?? 30_000, maxWait: 10_000 },
    );
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, error: cause.error };
    throw cause;
  }
}

/** Locks the stream's head, links the entries, stores them and moves the head. */
async function append(tx: Tx, now: Date, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  const rows = await tx.$queryRaw<{ seq: bigint; head_hash: Uint8Array }[]>`
    SELECT seq, head_hash FROM audit_stream WHERE id = ${CONFIGURATION_STREAM} FOR UPDATE`;
  const row = rows[0];
  if (!row) throw new Error("the audit stream of the configuration is missing");
  let head: StreamHead = { stream: CONFIGURATION_STREAM, seq: row.seq, hash: Buffer.from(row.head_hash) };
  const links = entries.map((entry) => {
    const next = link(head, now, actor, entry);
    head = headOf(next);
    return next;
  });
  await tx.auditRecord.createMany({
    data: links.map((one) => ({
      stream: one.stream,
      seq: one.seq,
      at: one.at,
      actorKind: one.actor.kind,
      actorId: one.actor.id,
      action: one.entry.action,
      subjectKind: one.entry.subjectKind,
      subjectId: one.entry.subjectId,
      nodeId: one.entry.nodeId,
      body: one.body,
      prevHash: new Uint8Array(one.prevHash),
      hash: new Uint8Array(one.hash),
    })),
  });
  await tx.auditStream.update({
    where: { id: CONFIGURATION_STREAM },
    data: { seq: head.seq, headHash: new Uint8Array(head.hash), updatedAt: now },
  });
}
