import { excludedFrom } from "@/lib/approvals/route/route";
import type { Tx } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";
import { storedOnBehalfOf, storedTrigger } from "@/lib/runs/stored-run";

/** People who must not review what these runs did (invariant I3): as with approvals, those whom they, or runs that delegated to them, acted for. */
export async function excludedByRun(
  tx: Pick<Tx, "$queryRaw">,
  runIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.$queryRaw<{ start: string; onBehalfOf: Json; trigger: Json }[]>`
    WITH RECURSIVE up AS (
      SELECT id AS start, id, parent_run_id, 0 AS steps FROM run WHERE id = ANY(${[...new Set(runIds)]}::uuid[])
      UNION ALL
      SELECT up.start, run.id, run.parent_run_id, up.steps + 1 FROM run JOIN up ON run.id = up.parent_run_id WHERE up.steps < 64
    )
    SELECT up.start, run.on_behalf_of AS "onBehalfOf", run.trigger FROM up JOIN run ON run.id = up.id`;
  const runs = rows.map(({ start, onBehalfOf, trigger }) => {
    const { kind, source, reference } = storedTrigger(trigger);
    const subject = storedOnBehalfOf(onBehalfOf)?.subject;
    return { start, onBehalfOf: subject === undefined ? null : { subject }, trigger: { kind, source, reference } };
  });
  const names = runs.flatMap(({ onBehalfOf, trigger }) =>
    [onBehalfOf?.subject, trigger.source, trigger.reference].flatMap((name) => name ?? []),
  );
  const people = await tx.$queryRaw<{ id: string; email: string }[]>`
    SELECT id, email FROM person WHERE email = ANY(${names.map((name) => name.toLowerCase())}) OR id::text = ANY(${names})`;
  const byName = new Map(people.flatMap(({ id, email }) => [[id, id] as const, [email, id] as const]));
  const personIdOf = (name: string) => byName.get(name.toLowerCase()) ?? byName.get(name);
  const found = new Map<string, string[]>();
  for (const { start, ...run } of runs)
    found.set(start, [...new Set([...(found.get(start) ?? []), ...excludedFrom([run], personIdOf)])]);
  return found;
}
