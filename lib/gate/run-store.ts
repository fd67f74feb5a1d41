import type { Pool } from "pg";

import { entryOf, type ParentRow, type RunEntry, type RunRow } from "@/lib/gate/run-entry";

const COLUMNS = `run.id, run.token_hash, run.agent_id, run.status, run.mode, run.depth, run.scope, run.started_at, run.lease_until,
  run.lease_seconds, run.token_expires_at, run.token_revoked_at, run.credential_id, run.on_behalf_of, run.trigger, run.instruction,
  run.model, run.data_classes, run.revision, run.decisions, run.denials, run.escalations, run.events, run.input_tokens,
  run.output_tokens, run.cost_micro_usd, run.unpriced_calls, run.rate_tat_us, credential.revoked_at IS NOT NULL AS credential_revoked,
  (SELECT json_agg(json_build_array(action, key, value)) FROM run_fact WHERE run_id = run.id) AS facts`;
const FROM = `FROM run LEFT JOIN credential ON credential.id = run.credential_id`;
const BY_TOKEN = `SELECT ${COLUMNS} ${FROM} WHERE run.token_hash = $1`;
const BY_IDS = `SELECT ${COLUMNS} ${FROM} WHERE run.id = ANY($1::uuid[])`;
const PARENTS = `WITH RECURSIVE above AS (
    SELECT id AS child, parent_run_id AS id, 1 AS distance FROM run WHERE id = ANY($1::uuid[])
    UNION ALL SELECT above.child, run.parent_run_id, distance + 1 FROM above JOIN run ON run.id = above.id WHERE distance < 64
  )
  SELECT above.child, run.id, run.agent_id, run.scope, run.status, run.token_revoked_at IS NOT NULL AS token_revoked, run.on_behalf_of
    FROM above JOIN run ON run.id = above.id ORDER BY above.child, above.distance`;

/** How many runs a gate remembers; the least recently used is forgotten first. */
const REMEMBERED = 20_000;

/** Runs by the hash of their token, read once and remembered: commits find out what went stale. */
export class RunStore {
  private readonly byToken = new Map<string, RunEntry>();
  private readonly reading = new Map<string, Promise<RunEntry | null>>();

  constructor(private readonly pool: Pool) {}

  /** The remembered entry, if there is one. */
  known(tokenKey: string): RunEntry | undefined {
    const entry = this.byToken.get(tokenKey);
    if (entry && this.byToken.size > REMEMBERED / 2) {
      this.byToken.delete(tokenKey);
      this.byToken.set(tokenKey, entry);
    }
    return entry;
  }

  /** The run of a token, remembered or read; null when no run has it. */
  async byHash(hash: Buffer, version: bigint): Promise<RunEntry | null> {
    const key = hash.toString("hex");
    const known = this.known(key);
    if (known) return known;
    const underWay = this.reading.get(key);
    if (underWay) return underWay;
    const reading = this.read(BY_TOKEN, hash, version)
      .then((entries) => entries[0] ?? null)
      .finally(() => this.reading.delete(key));
    this.reading.set(key, reading);
    return reading;
  }

  /** Reads the entries anew, in place, so that whoever holds one sees what is stored. */
  async reload(entries: readonly RunEntry[], version: bigint): Promise<void> {
    if (entries.length === 0) return;
    const fresh = new Map(
      (
        await this.read(
          BY_IDS,
          entries.map((entry) => entry.id),
          version,
          false,
        )
      ).map((entry) => [entry.id, entry]),
    );
    for (const entry of entries) {
      const stored = fresh.get(entry.id);
      if (stored) Object.assign(entry, stored);
      else this.byToken.delete(entry.tokenKey);
    }
  }

  /** Another process or another request of this one changed the run: read it when it is next needed. */
  forget(tokenKey: string): void {
    this.byToken.delete(tokenKey);
  }

  get size(): number {
    return this.byToken.size;
  }

  private async read(sql: string, parameter: unknown, version: bigint, remember = true): Promise<RunEntry[]> {
    const { rows } = await this.pool.query<RunRow>({
      name: sql === BY_TOKEN ? "run_by_token" : "runs_by_ids",
      text: sql,
      values: [parameter],
    });
    const delegated = rows.filter((row) => row.depth > 0).map((row) => row.id);
    const parents = delegated.length > 0 ? (await this.pool.query<ParentRow>(PARENTS, [delegated])).rows : [];
    const entries = rows.map((row) =>
      entryOf(
        row,
        parents.filter((parent) => parent.child === row.id),
        version,
      ),
    );
    if (remember) for (const entry of entries) this.remember(entry);
    return entries;
  }

  private remember(entry: RunEntry): void {
    this.byToken.set(entry.tokenKey, entry);
    for (const oldest of this.byToken.keys()) {
      if (this.byToken.size <= REMEMBERED) break;
      this.byToken.delete(oldest);
    }
  }
}
