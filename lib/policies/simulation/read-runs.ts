import type { Queries } from "@/lib/db/queries";
import type { DelegatingRun, OnBehalfOf } from "@/lib/decisions/types";
import type { JsonObject } from "@/lib/kernel/json";
import { readClasses } from "@/lib/policies/simulation/read-classes";
import { readFacts } from "@/lib/policies/simulation/read-facts";
import { readUsage } from "@/lib/policies/simulation/read-usage";
import type { DecisionCount, RunPast, StoredRun } from "@/lib/policies/simulation/stored";

/** What the rules look at: what none of them reads is not loaded. */
export interface Needs {
  /** Actions whose results teach the run something, with what they yield; null: no rule reads facts. */
  facts: ReadonlyMap<string, FactDefinition> | null;
  usage: boolean;
  /** Data classes of tool results and of delegated runs. */
  classes: boolean;
}

/** As stored with the action: {key, value}. */
type FactDefinition = JsonObject;

/** Where the replay of runs begins: earlier decisions are only counted. */
interface Beginning {
  from: Date;
  /** Within this run: after this decision. */
  after?: { runId: string; at: Date; id: string };
}

interface RunRow {
  id: string;
  agent_id: string;
  mode: StoredRun["mode"];
  depth: number;
  scope: string[];
  started_at: Date;
  token_expires_at: Date;
  trigger: JsonObject;
  instruction: string | null;
  model: string | null;
  on_behalf_of: BehalfRow;
  inherited_classes: string[];
}

type BehalfRow = { subject: string; authenticatedAt?: string | null } | null;

/** The runs of these ids with what happened in them, in a fixed number of statements however many there are. */
export async function readRuns(
  queries: Queries,
  ids: readonly string[],
  needs: Needs,
  beginning: Beginning,
): Promise<Map<string, RunPast>> {
  if (ids.length === 0) return new Map();
  const { rows } = await queries.query<RunRow>(
    `SELECT id::text AS id, agent_id::text AS agent_id, mode::text AS mode, depth, scope, started_at, token_expires_at, trigger,
        instruction, model, on_behalf_of, inherited_classes FROM run WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  const parents = await readParents(
    queries,
    rows.filter((row) => row.depth > 0).map((row) => row.id),
  );
  const runs = rows.map((row) => runOf(row, parents.get(row.id) ?? []));
  const facts = needs.facts ? await readFacts(queries, runs, needs.facts) : null;
  const usage = needs.usage ? await readUsage(queries, runs) : null;
  const classes = needs.classes ? await readClasses(queries, runs) : null;
  const before = await readBefore(queries, runs, beginning);
  return new Map(
    runs.map((run): [string, RunPast] => [
      run.id,
      {
        run,
        facts: facts?.notes.get(run.id) ?? [],
        usage: usage?.get(run.id) ?? [],
        classes: classes?.get(run.id) ?? [],
        before: before.get(run.id) ?? [],
        factsIncomplete: facts?.incomplete.has(run.id) === true,
      },
    ]),
  );
}

const runOf = (row: RunRow, parents: readonly DelegatingRun[]): StoredRun => ({
  id: row.id,
  agentId: row.agent_id,
  mode: row.mode,
  depth: row.depth,
  scope: row.scope,
  startedAt: row.started_at,
  tokenExpiresAt: row.token_expires_at,
  trigger: row.trigger,
  instruction: row.instruction,
  model: row.model,
  onBehalfOf: behalf(row.on_behalf_of),
  inheritedClasses: row.inherited_classes,
  parents,
});

const behalf = (stored: BehalfRow): OnBehalfOf | null =>
  stored && {
    subject: stored.subject,
    authenticatedAt:
      stored.authenticatedAt === undefined || stored.authenticatedAt === null ? null : new Date(stored.authenticatedAt),
  };

interface ParentRow {
  child: string;
  id: string;
  agent_id: string;
  scope: string[];
  on_behalf_of: BehalfRow;
  trigger: JsonObject;
}

async function readParents(queries: Queries, ids: readonly string[]): Promise<Map<string, DelegatingRun[]>> {
  const parents = new Map<string, DelegatingRun[]>();
  if (ids.length === 0) return parents;
  const { rows } = await queries.query<ParentRow>(
    `WITH RECURSIVE above AS (
        SELECT id AS child, parent_run_id AS id, 1 AS distance FROM run WHERE id = ANY($1::uuid[])
        UNION ALL SELECT above.child, run.parent_run_id, distance + 1 FROM above JOIN run ON run.id = above.id WHERE distance < 64
      )
      SELECT above.child::text AS child, run.id::text AS id, run.agent_id::text AS agent_id, run.scope, run.on_behalf_of, run.trigger
        FROM above JOIN run ON run.id = above.id ORDER BY above.child, above.distance`,
    [ids],
  );
  for (const row of rows) {
    const chain = parents.get(row.child) ?? [];
    parents.set(row.child, chain);
    chain.push({
      runId: row.id,
      agentId: row.agent_id,
      scope: row.scope,
      status: "running",
      tokenRevoked: false,
      onBehalfOf: behalf(row.on_behalf_of),
      trigger: row.trigger,
    });
  }
  return parents;
}

/** The decisions of a run before the first one that is replayed: of one that began earlier, or that was interrupted here. */
async function readBefore(
  queries: Queries,
  runs: readonly StoredRun[],
  { from, after }: Beginning,
): Promise<Map<string, DecisionCount[]>> {
  const before = new Map<string, DecisionCount[]>();
  const spanning = runs.filter((run) => run.startedAt < from || run.id === after?.runId).map((run) => run.id);
  if (spanning.length === 0) return before;
  const { rows } = await queries.query<DecisionCount & { run: string }>(
    `SELECT run_id::text AS run, action, effect::text AS effect, count(*)::int AS count FROM decision
      WHERE run_id = ANY($1::uuid[]) AND (at < $2 OR (run_id = $3::uuid AND (at, id) <= ($4::timestamptz, $5::uuid)))
      GROUP BY run_id, action, effect`,
    [spanning, from, after?.runId ?? null, after?.at ?? null, after?.id ?? null],
  );
  for (const { run, ...count } of rows) {
    const counts = before.get(run);
    if (counts) counts.push(count);
    else before.set(run, [count]);
  }
  return before;
}
