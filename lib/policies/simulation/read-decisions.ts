import type { Queries } from "@/lib/db/queries";
import { questionsOf } from "@/lib/decisions/questions";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { likeLiteral } from "@/lib/kernel/like";
import type { StoredDecision } from "@/lib/policies/simulation/stored";

/** Which decisions are simulated. */
export interface Range {
  from: Date;
  /** Not included: later decisions than the start of the simulation are none of it. */
  to: Date;
  /** null: all. */
  agentIds: readonly string[] | null;
  /** A pattern; null: all. */
  action: string | null;
}

/** A place in the order of runs, and of time within each. */
export interface Cursor {
  runId: string;
  at: Date;
  id: string;
}

interface Row {
  id: string;
  run_id: string;
  agent_id: string;
  action: string;
  at: Date;
  effect: StoredDecision["effect"];
  reviewed: boolean;
  code: string;
  config_version: string;
  args_hash: string;
  redeemed: string | null;
  sent: boolean;
  args: JsonObject | null;
  resource: Json;
  evidence: Json;
  estimate: Json;
}

/** Whether the action matches one of the patterns that the parameters hold. */
const matching = (exact: string, prefixes: string): string =>
  `(d.action = ANY(${exact}::text[]) OR d.action LIKE ANY(${prefixes}::text[]))`;

const COLUMNS = `d.id::text AS id, d.run_id::text AS run_id, d.agent_id::text AS agent_id, d.action, d.at, d.effect::text AS effect,
  d.review_deadline IS NOT NULL AS reviewed, d.code, d.config_version::text AS config_version,
  encode(d.args_hash, 'hex') AS args_hash, d.redeemed_approval_id::text AS redeemed`;
const HEAVY = ["args", "resource", "evidence", "estimate"];

/** What is larger as it is stored is read alone, so that a page of the largest requests that there are does not fill the memory. */
const SENT_MAX = 16_384;
const SENT = `(${matching("$7", "$8")} AND ${HEAVY.map((name) => `coalesce(pg_column_size(d.${name}), 0)`).join(" + ")} <= ${SENT_MAX})`;

/** Only requests about concerned actions are sent. */
const PAGE = `SELECT ${COLUMNS}, ${SENT} AS sent, ${HEAVY.map((name) => `CASE WHEN ${SENT} THEN d.${name} END AS ${name}`).join(", ")}
  FROM decision AS d
  WHERE (d.run_id, d.at, d.id) > ($1::uuid, $2::timestamptz, $3::uuid) AND d.at >= $4 AND d.at < $5
    AND ($6::uuid[] IS NULL OR d.agent_id = ANY($6::uuid[]))
  ORDER BY d.run_id, d.at, d.id LIMIT $9`;

/**
 * The decisions after a place, at most `limit`: ordered by run, and by time within it, so that one run is played at a time. `sent`
 * are the patterns of the actions whose requests are read too, unless they are very large. A keyset on an index: each page costs the same however many came before.
 */
export async function readPage(
  queries: Queries,
  range: Pick<Range, "from" | "to" | "agentIds">,
  sent: readonly string[],
  after: Cursor,
  limit: number,
): Promise<StoredDecision[]> {
  const { exact, prefixes } = likeOf(sent);
  const values = [after.runId, after.at, after.id, range.from, range.to, range.agentIds, exact, prefixes, limit];
  const { rows } = await queries.query<Row>(PAGE, values);
  return complete(queries, rows);
}

const ONE = `SELECT ${COLUMNS}, true AS sent, ${HEAVY.map((name) => `d.${name}`).join(", ")}
  FROM decision AS d WHERE d.id = $1::uuid`;

/** One decision with its request; null when there is none of this id. Whoever asks has seen to it that the viewer may see it. */
export async function readStoredDecision(queries: Queries, id: string): Promise<StoredDecision | null> {
  const { rows } = await queries.query<Row>(ONE, [id]);
  const [decision] = await complete(queries, rows);
  return decision ?? null;
}

/** How many decisions there are, and a run that no other one of them comes before; null when there are none. */
export async function measure(
  queries: Queries,
  range: Pick<Range, "from" | "to" | "agentIds">,
): Promise<{ total: number; firstRunId: string } | null> {
  const { rows } = await queries.query<{ total: number; first: string | null }>(
    `SELECT count(*)::int AS total, min(d.run_id::text COLLATE "C") AS first FROM decision AS d
      WHERE d.at >= $1 AND d.at < $2 AND ($3::uuid[] IS NULL OR d.agent_id = ANY($3::uuid[]))`,
    [range.from, range.to, range.agentIds],
  );
  const row = rows[0];
  return row?.first ? { total: row.total, firstRunId: row.first } : null;
}

/** Patterns as two lists: ids, and LIKE patterns. */
function likeOf(patterns: readonly string[]): { exact: string[]; prefixes: string[] } {
  return {
    exact: patterns.filter((pattern) => !pattern.endsWith("*")),
    prefixes: patterns
      .filter((pattern) => pattern.endsWith("*"))
      .map((pattern) => `${likeLiteral(pattern.slice(0, -1))}%`),
  };
}

async function complete(queries: Queries, rows: readonly Row[]): Promise<StoredDecision[]> {
  const approvals = rows.flatMap((row) => row.redeemed ?? []);
  const askings = approvals.length > 0 ? await readAskings(queries, approvals) : new Map<string, Asking>();
  return rows.map((row): StoredDecision => {
    const asking = row.redeemed === null ? undefined : askings.get(row.redeemed);
    return {
      id: row.id,
      runId: row.run_id,
      agentId: row.agent_id,
      action: row.action,
      at: row.at,
      effect: row.effect,
      reviewed: row.reviewed,
      code: row.code,
      configVersion: BigInt(row.config_version),
      argsHash: row.args_hash,
      asked: row.sent
        ? { args: row.args ?? {}, resource: row.resource, evidence: row.evidence, estimate: row.estimate }
        : null,
      redeemed: asking
        ? {
            approvalId: asking.approval,
            askingId: asking.decision,
            questions: [...questionsOf(asking.checks), ...asking.answers],
            overrides: asking.overrides,
          }
        : null,
    };
  });
}

interface Asking {
  approval: string;
  decision: string;
  checks: unknown;
  overrides: string[];
  answers: string[];
}

async function readAskings(queries: Queries, approvals: readonly string[]): Promise<Map<string, Asking>> {
  const { rows } = await queries.query<Asking>(
    `SELECT a.id::text AS approval, d.id::text AS decision, d.checks, a.overrides, a.answers FROM approval AS a JOIN decision AS d ON d.id = a.decision_id
      WHERE a.id = ANY($1::uuid[])`,
    [approvals],
  );
  return new Map(rows.map((row) => [row.approval, row]));
}
