import type { Viewer } from "@/lib/auth/viewer";
import type { Obstacle } from "@/lib/approvals/views";
import { limitRefusals } from "@/lib/budgets/refusals";

/** What of an approval its obstacles depend on. */
interface Asking {
  runId: string;
  agentId: string;
  action: string;
  runStatus: string;
  /** Of the decision that asked, as stored. */
  estimate: unknown;
}

/**
 * What would deny the agent's request whatever a person decides here, were it redeemed now: somebody stopped it, or an envelope or a
 * rate has no room for it. Nobody is kept from approving for it: it may be over by the time the approval is used.
 */
export async function obstaclesOf(viewer: Viewer, asking: Asking): Promise<Obstacle[]> {
  const { db, access, clock } = viewer;
  const { agentId, runStatus } = asking;
  const [configuration, agent, suspended, limits] = await Promise.all([
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { killSwitch: true, killSwitchReason: true } }),
    db.agent.findUniqueOrThrow({ where: { id: agentId }, select: { status: true, suspendedReason: true } }),
    db.$queryRaw<{ name: string }[]>`
      WITH RECURSIVE up AS (
        SELECT id, parent_id, name, suspended, 0 AS steps FROM node WHERE id = ${agentId}::uuid
        UNION ALL
        SELECT n.id, n.parent_id, n.name, n.suspended, up.steps + 1 FROM node n JOIN up ON n.id = up.parent_id WHERE up.steps < 100
      )
      SELECT name FROM up WHERE suspended ORDER BY steps LIMIT 1`,
    limitRefusals(db, asking, clock.now(), (nodeId) => access.can("chart.read", nodeId)),
  ]);
  const obstacles: Obstacle[] = [];
  if (configuration.killSwitch) obstacles.push({ kind: "everything_halted", reason: configuration.killSwitchReason });
  if (suspended[0]) obstacles.push({ kind: "subtree_suspended", name: suspended[0].name });
  if (agent.status === "suspended") obstacles.push({ kind: "agent_suspended", reason: agent.suspendedReason });
  if (agent.status === "retired") obstacles.push({ kind: "agent_retired" });
  if (runStatus !== "running") obstacles.push({ kind: "run_ended", status: runStatus });
  return [...obstacles, ...limits];
}
