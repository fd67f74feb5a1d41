import type { Queries } from "@/lib/db/queries";
import { daysOf } from "@/lib/policies/simulation/read-facts";
import type { StoredRun, UsageNote } from "@/lib/policies/simulation/stored";

interface Row {
  run: string;
  at: Date;
  events: number;
  input_tokens: string;
  output_tokens: string;
  cost: string;
  unpriced: number;
}

/**
 * What events added to each run's usage, by the moment at which they arrived. Tokens are found in the text of the event: as JSON,
 * PostgreSQL refuses to look into one whose prompt holds an escape that its text type has no character for. The names come before
 * the prompt and, within a text, would have a backslash before the quotation mark.
 */
export async function readUsage(queries: Queries, runs: readonly StoredRun[]): Promise<Map<string, UsageNote[]>> {
  const { rows } = await queries.query<Row>(
    String.raw`SELECT run_id::text AS run, received_at AS at, count(*)::int AS events,
        coalesce(sum(substring(payload::text FROM '"inputTokens":\s*(\d+)')::numeric) FILTER (WHERE kind = 'llm'), 0)::text AS input_tokens,
        coalesce(sum(substring(payload::text FROM '"outputTokens":\s*(\d+)')::numeric) FILTER (WHERE kind = 'llm'), 0)::text AS output_tokens,
        coalesce(sum(cost_micro_usd), 0)::text AS cost,
        (count(*) FILTER (WHERE kind = 'llm' AND cost_micro_usd IS NULL))::int AS unpriced
      FROM event WHERE run_day = ANY($1::date[]) AND run_id = ANY($2::uuid[]) GROUP BY run_id, received_at ORDER BY run_id, received_at`,
    [daysOf(runs), runs.map((run) => run.id)],
  );
  const notes = new Map<string, UsageNote[]>();
  for (const row of rows) {
    const note = {
      at: row.at,
      events: row.events,
      inputTokens: Number(row.input_tokens),
      outputTokens: Number(row.output_tokens),
      costMicroUsd: BigInt(row.cost),
      unpricedCalls: row.unpriced,
    };
    const list = notes.get(row.run);
    if (list) list.push(note);
    else notes.set(row.run, [note]);
  }
  return notes;
}
