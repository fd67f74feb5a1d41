import { Client } from "pg";
import type { Logger } from "pino";

import { GENESIS, type StreamHead } from "@/lib/audit/chain";
import { PREPARE, TYPES, type CommitTypes } from "@/lib/gate/commit";
import { exchange } from "@/lib/gate/exchange";
import { ConnectionLost, isStoreAway } from "@/lib/gate/store-away";
import { newId } from "@/lib/kernel/ids";

/**
 * The plan of the one statement that this connection runs is made once, perhaps while tables are empty; its joins are from arrays into keys, and
 * lock in that order. With rows this dear, no plan wins that reads one more than it must.
 */
const SESSION = `SET plan_cache_mode = force_generic_plan; SET enable_hashjoin = off; SET enable_mergejoin = off;
  SET enable_seqscan = off; SET cpu_tuple_cost = 1000; SET jit = off; SET statement_timeout = 2000; SET lock_timeout = 1000`;
/**
 * A connection on which nothing is answered for so long is taken for lost: where packets vanish, nobody else says so for a quarter of an hour. Two
 * statements under way end well within it.
 */
const SILENT_MS = 10_000;
const RETRY_MS = [20, 50, 100, 250] as const;

/**
 * An audit stream that this process alone writes, and the connection on which it does. After a lost connection the stored head tells whether
 * the last commit happened.
 */
export class DecisionStream {
  private client: Client | null = null;
  private closed = false;
  private known: StreamHead | null = null;
  private id: string;
  private connecting: Promise<void> | null = null;
  private failures = 0;
  private types: CommitTypes | null = null;

  constructor(
    private readonly url: string,
    private readonly base: string,
    private readonly log: Logger,
    private readonly silentMs = SILENT_MS,
  ) {
    this.id = base;
  }

  /** The head as stored; null while there is no connection. */
  get head(): StreamHead | null {
    return this.client ? this.known : null;
  }

  /** No connection could be made: not a blip, so that there is no use in waiting. */
  get down(): boolean {
    return this.client === null && this.failures > 1;
  }

  /** Resolves when there is a connection; keeps trying until it is closed. */
  ready(): Promise<void> {
    if (this.client || this.closed) return Promise.resolve();
    this.connecting ??= this.connect().finally(() => (this.connecting = null));
    return this.connecting;
  }

  /**
   * Runs the one statement that moves the head to `next`, and gives what it returns.
   * @throws ConnectionLost; errors of the statement as they come.
   */
  async commit(message: (types: CommitTypes) => Buffer, next: StreamHead): Promise<string | null> {
    const { client, types } = this;
    if (!client || !types) throw new ConnectionLost("no connection");
    try {
      const value = await exchange(client, message(types));
      this.known = next;
      return value;
    } catch (cause) {
      if (this.client === client && !isStoreAway(cause)) throw cause;
      this.drop(client);
      throw new ConnectionLost(cause instanceof Error ? cause.message : "connection lost", { cause });
    }
  }

  /** Reads the head again: another state than known means that a commit went through whose answer was lost. */
  async reread(): Promise<void> {
    const client = this.client;
    if (client) this.known = await this.open(client);
  }

  async close(): Promise<void> {
    this.closed = true;
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }

  private drop(client: Client): void {
    if (this.client !== client) return;
    this.client = null;
    client.end().catch(() => {});
    void this.ready();
  }

  private async connect(): Promise<void> {
    for (this.failures = 0; !this.closed;) {
      const client = new Client({
        connectionString: this.url,
        application_name: "remit gate decisions",
        connectionTimeoutMillis: 1_000,
        keepAlive: true,
        query_timeout: this.silentMs,
      });
      client.on("error", () => this.drop(client));
      try {
        await client.connect();
        await client.query(SESSION);
        await client.query(PREPARE);
        this.types = (await client.query<CommitTypes>(TYPES)).rows[0] ?? null;
        this.known = await this.open(client);
        this.client = client;
        this.failures = 0;
        return;
      } catch (cause) {
        client.end().catch(() => {});
        if (this.failures === 0) this.log.warn({ err: cause }, "the store does not answer");
        const pauseMs = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  /** The stored head, beginning the stream when there is none: at the first connection, or after a demo was removed. */
  private async open(client: Client): Promise<StreamHead> {
    const stored = await client.query<{ seq: string; head_hash: Buffer }>(
      "SELECT seq, head_hash FROM audit_stream WHERE id = $1",
      [this.id],
    );
    const row = stored.rows[0];
    if (row) return { stream: this.id, seq: BigInt(row.seq), hash: row.head_hash };
    if (this.known) this.id = `${this.base}/${newId()}`;
    await client.query("INSERT INTO audit_stream (id, head_hash) VALUES ($1, $2)", [this.id, GENESIS]);
    return { stream: this.id, seq: 0n, hash: GENESIS };
  }
}
