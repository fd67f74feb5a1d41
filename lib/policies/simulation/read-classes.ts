import type { Queries } from "@/lib/db/queries";
import { daysOf } from "@/lib/policies/simulation/read-facts";
import type { ClassNote, StoredRun } from "@/lib/policies/simulation/stored";

interface Row {
  run: string;
  at: Date;
  /** A JSON array, as text; null: the text ends like one, and is another value. */
  classes: string | null;
}

/** More than the longest list that the gate takes: 64 names of 80 characters, each of which may be an escape of six. */
const TAIL = 32_768;

/**
 * The data classes that each run got to know of otherwise than by reading, and when: what a tool's result was said to hold, and what
 * a run that it had delegated to handed back. What it inherited stands in its row, and what it was allowed to read follows from its
 * decisions.
 *
 * Exact, because it is never changed: the events as they were accepted, and the classes of a run that has ended, however
 * it did. Not exact: what was read is taken from the catalogue as
 * it is now, as everything that is decided anew; and a decision that was made within the same few milliseconds as a report or a
 * completion may have been made without it.
 *
 * The gate writes `dataClasses` as the last member of a stored event. The list is therefore what stands right before its last brace,
 * which no value inside a result can imitate: after that one more brace would follow.
 */
export async function readClasses(
  queries: Queries,
  runs: readonly StoredRun[],
): Promise<Map<string, readonly ClassNote[]>> {
  const { rows } = await queries.query<Row>(
    String.raw`SELECT run_id::text AS run, received_at AS at,
          substring(right(payload::text, ${TAIL}) FROM '"dataClasses":(\[(?:"(?:[^"\\]|\\.)*",?)+\])\}$') AS classes
        FROM event WHERE run_day = ANY($1::date[]) AND run_id = ANY($2::uuid[]) AND kind = 'tool'
          AND right(payload::text, 3) = '"]}'
      UNION ALL
      SELECT parent_run_id::text, ended_at, to_json(data_classes)::text FROM run
        WHERE parent_run_id = ANY($2::uuid[]) AND ended_at IS NOT NULL AND data_classes <> '{}'
      ORDER BY 1, 2`,
    [daysOf(runs), runs.map((run) => run.id)],
  );
  const notes = new Map<string, ClassNote[]>();
  for (const { run, at, classes } of rows) {
    if (classes === null) continue;
    const note = { at, classes: namesIn(classes) };
    const list = notes.get(run);
    if (list) list.push(note);
    else notes.set(run, [note]);
  }
  return notes;
}

function namesIn(text: string): string[] {
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
}
