import { factOf } from "@/lib/catalogue/facts";
import type { Queries } from "@/lib/db/queries";
import type { Json, JsonObject } from "@/lib/kernel/json";
import type { FactNote, StoredRun } from "@/lib/policies/simulation/stored";

/** Results beyond this are not read a second time. */
const RESULT_MAX = 262_144;

interface FactRow {
  run: string;
  action: string;
  key: string;
  value: Json;
  at: Date;
}

interface ResultRow {
  run: string;
  action: string;
  args: JsonObject;
  payload: JsonObject | null;
  at: Date;
}

/**
 * What each run knew, and since when. A run keeps the latest value of each key; where no more results came than it has keys, nothing
 * was overwritten and that is the whole history. Where more came, the results themselves are read again, as when they arrived.
 */
export async function readFacts(
  queries: Queries,
  runs: readonly StoredRun[],
  definitions: ReadonlyMap<string, JsonObject>,
): Promise<{ notes: Map<string, FactNote[]>; incomplete: Set<string> }> {
  const ids = runs.map((run) => run.id);
  const { rows: latest } = await queries.query<FactRow>(
    `SELECT run_id::text AS run, action, key, value, at FROM run_fact WHERE run_id = ANY($1::uuid[]) ORDER BY run_id, at`,
    [ids],
  );
  const notes = new Map<string, FactNote[]>();
  const incomplete = new Set<string>();
  if (latest.length > 0) {
    const repeated = await readRepeated(queries, runs, latest);
    const again = repeated.length > 0 ? await readResults(queries, runs, repeated) : [];
    for (const row of again) {
      if (row.payload === null) incomplete.add(row.run);
      else note(notes, row.run, factNote(row, row.payload, definitions.get(row.action) ?? null));
    }
    for (const { run, ...fact } of latest) note(notes, run, fact);
    // Stable: what a result gave comes before the value that the run kept of the same moment.
    for (const list of notes.values()) list.sort((a, b) => a.at.getTime() - b.at.getTime());
  }
  return { notes, incomplete };
}

const nameOf = ({ run, action }: { run: string; action: string }): string => `${run} ${action}`;

/** Runs and actions of which more results came than the run has facts. */
async function readRepeated(
  queries: Queries,
  runs: readonly StoredRun[],
  latest: readonly FactRow[],
): Promise<{ run: string; action: string }[]> {
  const kept = new Map<string, number>();
  for (const fact of latest) kept.set(nameOf(fact), (kept.get(nameOf(fact)) ?? 0) + 1);
  const { rows } = await queries.query<{ run: string; action: string; results: number }>(
    `SELECT e.run_id::text AS run, d.action, count(*)::int AS results ${RESULTS} GROUP BY e.run_id, d.action`,
    [daysOf(runs), runs.map((run) => run.id), [...new Set(latest.map((fact) => fact.action))]],
  );
  return rows.filter((row) => row.results > (kept.get(nameOf(row)) ?? 0));
}

/** Results of calls that count: those of a live run that were allowed, and all of a shadow run. */
const RESULTS = `FROM event AS e JOIN decision AS d ON d.id = e.decision_id
  WHERE e.run_day = ANY($1::date[]) AND e.run_id = ANY($2::uuid[]) AND e.kind = 'tool' AND d.action = ANY($3::text[])
    AND (d.effect = 'allow' OR d.mode = 'shadow')`;

async function readResults(
  queries: Queries,
  runs: readonly StoredRun[],
  repeated: readonly { run: string; action: string }[],
): Promise<ResultRow[]> {
  const wanted = new Set(repeated.map(nameOf));
  const ids = new Set(repeated.map(({ run }) => run));
  const { rows } = await queries.query<ResultRow>(
    `SELECT e.run_id::text AS run, d.action, d.args, e.received_at AS at,
        CASE WHEN octet_length(e.payload::text) <= ${RESULT_MAX} THEN e.payload END AS payload
      ${RESULTS} ORDER BY e.run_id, e.received_at, e.at, e.id`,
    [daysOf(runs.filter((run) => ids.has(run.id))), [...ids], [...new Set(repeated.map(({ action }) => action))]],
  );
  return rows.filter((row) => wanted.has(nameOf(row)));
}

/** As the gate reads a tool's event when it arrives. */
function factNote(row: ResultRow, payload: JsonObject, definition: JsonObject | null): FactNote | null {
  if (payload.ok !== true || payload.result === undefined) return null;
  const fact = factOf(definition, row.args, payload.result);
  return fact && { at: row.at, action: row.action, ...fact };
}

function note(notes: Map<string, FactNote[]>, run: string, fact: FactNote | null): void {
  if (!fact) return;
  const list = notes.get(run);
  if (list) list.push(fact);
  else notes.set(run, [fact]);
}

/** The partitions of events that the runs lie in. */
export const daysOf = (runs: readonly StoredRun[]): string[] => [
  ...new Set(runs.map((run) => run.startedAt.toISOString().slice(0, 10))),
];
