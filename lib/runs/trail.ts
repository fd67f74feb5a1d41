import { within, type Access } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";
import { storedOnBehalfOf, storedTrigger } from "@/lib/runs/stored-run";
import type { ParentRun, RunTrail } from "@/lib/runs/timeline";

/**
 * Who acts for whom in a run, under whose authority: its agent and that agent's owner and place in the chart, the person that it acts
 * for, and the runs that delegated to it. Null when the viewer does not see the run (I12). Three queries.
 */
export async function runTrail(viewer: Viewer, runId: string): Promise<RunTrail | null> {
  const { db, access } = viewer;
  const run = await db.run.findFirst({
    where: { id: runId, ...within(access, "run.read", "agentId") },
    select: {
      id: true,
      mode: true,
      status: true,
      trigger: true,
      onBehalfOf: true,
      instruction: true,
      model: true,
      startedAt: true,
      agentVersion: { select: { number: true } },
      agent: {
        select: {
          id: true,
          status: true,
          tier: true,
          node: { select: { slug: true, name: true } },
          owner: { select: { id: true, name: true } },
        },
      },
    },
  });
  if (!run) return null;
  const [above, parents] = await Promise.all([chartAbove(db, access, run.agent.id), parentRuns(db, access, run.id)]);
  const { node, ...agent } = run.agent;
  return {
    runId: run.id,
    mode: run.mode,
    status: run.status,
    trigger: storedTrigger(run.trigger as Json),
    onBehalfOf: storedOnBehalfOf(run.onBehalfOf as Json),
    instruction: run.instruction,
    model: run.model,
    startedAt: run.startedAt,
    agent: { ...agent, ...node, version: run.agentVersion.number },
    above,
    parents,
  };
}

async function chartAbove(db: Db, access: Access, agentId: string): Promise<RunTrail["above"]> {
  const rows = await db.$queryRaw<{ id: string; name: string; kind: string; slug: string }[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, name, kind, slug, 0 AS steps FROM node WHERE id = ${agentId}::uuid
      UNION ALL
      SELECT n.id, n.parent_id, n.name, n.kind, n.slug, up.steps + 1 FROM node n JOIN up ON n.id = up.parent_id WHERE up.steps < 100
    )
    SELECT id, name, kind::text, slug FROM up WHERE steps > 0 ORDER BY steps`;
  return rows.filter((row) => access.can("chart.read", row.id));
}

async function parentRuns(db: Db, access: Access, runId: string): Promise<ParentRun[]> {
  const rows = await db.$queryRaw<
    { runId: string; agentId: string; slug: string; name: string; status: string; onBehalfOf: Json }[]
  >`
    WITH RECURSIVE up AS (
      SELECT id, parent_run_id, 0 AS steps FROM run WHERE id = ${runId}::uuid
      UNION ALL
      SELECT r.id, r.parent_run_id, up.steps + 1 FROM run r JOIN up ON r.id = up.parent_run_id WHERE up.steps < 64
    )
    SELECT r.id AS "runId", r.agent_id AS "agentId", n.slug, n.name, r.status::text, r.on_behalf_of AS "onBehalfOf"
    FROM up JOIN run r ON r.id = up.id JOIN node n ON n.id = r.agent_id WHERE up.steps > 0 ORDER BY up.steps`;
  return rows.map((row) =>
    access.can("run.read", row.agentId)
      ? {
          visible: true,
          runId: row.runId,
          agent: { slug: row.slug, name: row.name },
          status: row.status,
          onBehalfOf: storedOnBehalfOf(row.onBehalfOf)?.subject ?? null,
        }
      : { visible: false },
  );
}
