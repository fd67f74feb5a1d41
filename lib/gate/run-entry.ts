import type { DelegatingRun, Facts, RateState, RunState, Usage } from "@/lib/decisions/types";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** A run as this gate knows it. Commits verify `revision`, so that a stale entry costs a reload and never a wrong decision. */
export interface RunEntry {
  readonly id: string;
  readonly tokenKey: string;
  state: RunState;
  usage: Usage & { rate: RateState };
  revision: number;
  leaseSeconds: number;
  credentialId: string | null;
  /** Runs above that had not been stopped when it was read: a commit verifies that they still have not. */
  alive: readonly string[];
  /** The configuration version under which it was read. */
  readAt: bigint;
}

/** Marks an entry to be read again before it is used. */
function outdate(entry: RunEntry): void {
  entry.readAt = -1n;
}

/**
 * Brings an entry to the revision after `from`, which a commit of this process has just made. When another commit came between,
 * what was computed from the older revision must not stand under the newer number: the entry is read again.
 */
export function advanceEntry(entry: RunEntry, from: number, changed: Partial<Pick<RunEntry, "state" | "usage">>): void {
  if (entry.revision !== from) return outdate(entry);
  Object.assign(entry, changed, { revision: from + 1 });
}

export interface RunRow {
  id: string;
  token_hash: Buffer;
  agent_id: string;
  status: RunState["status"];
  mode: RunState["mode"];
  depth: number;
  scope: string[];
  started_at: Date;
  lease_until: Date;
  lease_seconds: number;
  token_expires_at: Date;
  token_revoked_at: Date | null;
  credential_id: string | null;
  credential_revoked: boolean;
  on_behalf_of: { subject: string; authenticatedAt?: string } | null;
  trigger: JsonObject;
  instruction: string | null;
  model: string | null;
  data_classes: string[];
  revision: number;
  decisions: number;
  denials: number;
  escalations: number;
  events: number;
  input_tokens: string;
  output_tokens: string;
  cost_micro_usd: string;
  unpriced_calls: number;
  rate_tat_us: string;
  facts: [action: string, key: string, value: Json][] | null;
}

export interface ParentRow {
  child: string;
  id: string;
  agent_id: string;
  scope: string[];
  status: RunState["status"];
  token_revoked: boolean;
  on_behalf_of: RunRow["on_behalf_of"];
}

/** The entry of a stored run; `parents` are the runs above, nearest first. */
export function entryOf(row: RunRow, parents: readonly ParentRow[], version: bigint): RunEntry {
  const delegating = parents.map(delegatingRun);
  return {
    id: row.id,
    tokenKey: row.token_hash.toString("hex"),
    revision: row.revision,
    leaseSeconds: row.lease_seconds,
    credentialId: row.credential_id,
    alive: delegating.filter(mayDelegate).map((parent) => parent.runId),
    readAt: version,
    state: {
      id: row.id,
      agentId: row.agent_id,
      status: row.status,
      mode: row.mode,
      depth: row.depth,
      scope: row.scope,
      startedAt: row.started_at,
      leaseUntil: row.lease_until,
      tokenExpiresAt: row.token_expires_at,
      tokenRevoked: row.token_revoked_at !== null,
      credentialRevoked: row.credential_revoked,
      parents: delegating,
      onBehalfOf: behalf(row.on_behalf_of),
      trigger: row.trigger,
      instruction: row.instruction,
      model: row.model,
      facts: factsOf(row.facts ?? []),
      dataClasses: row.data_classes,
    },
    usage: {
      run: {
        decisions: row.decisions,
        denials: row.denials,
        escalations: row.escalations,
        events: row.events,
        inputTokens: Number(row.input_tokens),
        outputTokens: Number(row.output_tokens),
        costMicroUsd: BigInt(row.cost_micro_usd),
        unpricedCalls: row.unpriced_calls,
      },
      rate: { runTatUs: Number(row.rate_tat_us), agent: null },
    },
  };
}

/** A run that ended well leaves those that it delegated to to finish; one that was stopped does not. */
export const mayDelegate = (parent: DelegatingRun): boolean =>
  !parent.tokenRevoked && parent.status !== "halted" && parent.status !== "lost";

const delegatingRun = (row: ParentRow): DelegatingRun => ({
  runId: row.id,
  agentId: row.agent_id,
  scope: row.scope,
  status: row.status,
  tokenRevoked: row.token_revoked,
  onBehalfOf: behalf(row.on_behalf_of),
});

const behalf = (stored: RunRow["on_behalf_of"]): RunState["onBehalfOf"] =>
  stored && {
    subject: stored.subject,
    authenticatedAt: stored.authenticatedAt === undefined ? null : new Date(stored.authenticatedAt),
  };

function factsOf(rows: readonly [string, string, Json][]): Facts {
  const facts: { [action: string]: { [key: string]: Json } } = {};
  for (const [action, key, value] of rows) {
    Object.defineProperty((facts[action] ??= {}), key, { value, enumerable: true, configurable: true, writable: true });
  }
  return facts;
}
