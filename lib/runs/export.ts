import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { csvLine } from "@/lib/kernel/csv";
import { usd } from "@/lib/kernel/money";
import type { RunFilter } from "@/lib/runs/list-params";
import { ROW, rowOf, runsWhere, type StoredRow } from "@/lib/runs/queries";
import type { RunRow } from "@/lib/runs/views";

const BATCH = 500;

/** Every run that the viewer sees under the filter, the latest begun first, so many at a time. */
async function* allRuns(viewer: Viewer, filter: RunFilter, take: number): AsyncGenerator<RunRow[]> {
  const where = runsWhere(viewer, filter);
  let after = Prisma.sql`true`;
  for (;;) {
    const rows = await viewer.db.$queryRaw<StoredRow[]>`
      SELECT ${ROW} FROM run r JOIN node n ON n.id = r.agent_id WHERE ${where} AND ${after} ORDER BY r.id DESC LIMIT ${take}`;
    if (rows.length > 0) yield rows.map(rowOf);
    const last = rows.at(-1);
    if (rows.length < take || !last) return;
    after = Prisma.sql`r.id < ${last.id}::uuid`;
  }
}

/** A run as exports name its parts; times are UTC, money is US dollars, a floor where calls were not priced. */
const flat = (run: RunRow) => ({
  id: run.id,
  agent: run.agent.slug,
  agent_name: run.agent.name,
  status: run.status,
  mode: run.mode,
  trigger: run.trigger.kind,
  source: run.trigger.source,
  reference: run.trigger.reference,
  on_behalf_of: run.onBehalfOf,
  delegated: String(run.delegated),
  started_at: run.startedAt.toISOString(),
  ended_at: run.endedAt?.toISOString() ?? null,
  decisions: run.decisions,
  denials: run.denials,
  escalations: run.escalations,
  events: run.events,
  cost_usd: usd(BigInt(run.costMicroUsd)),
  unpriced_calls: run.unpricedCalls,
});

const COLUMNS = [
  "id",
  "agent",
  "agent_name",
  "status",
  "mode",
  "trigger",
  "source",
  "reference",
  "on_behalf_of",
  "delegated",
  "started_at",
  "ended_at",
  "decisions",
  "denials",
  "escalations",
  "events",
  "cost_usd",
  "unpriced_calls",
] as const satisfies readonly (keyof ReturnType<typeof flat>)[];

export async function* runsCsv(viewer: Viewer, filter: RunFilter, take = BATCH): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const runs of allRuns(viewer, filter, take)) {
    yield runs
      .map(flat)
      .map((run) => csvLine(COLUMNS.map((column) => run[column])))
      .join("");
  }
}

export async function* runsLines(viewer: Viewer, filter: RunFilter, take = BATCH): AsyncGenerator<string> {
  for await (const runs of allRuns(viewer, filter, take))
    yield runs.map((run) => `${JSON.stringify({ ...flat(run), delegated: run.delegated })}\n`).join("");
}
