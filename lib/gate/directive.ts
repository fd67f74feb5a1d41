import type { RunState, Snapshot } from "@/lib/decisions/types";

/** What a run is told to do with every report and heartbeat. */
export interface Directive {
  state: "continue" | "wind_down" | "halt";
  /** A stable code: why. */
  reason?: string;
}

/** Whether the run may go on: what would deny each of its decisions whatever it asked for, halts it. */
export function directiveOf(snapshot: Snapshot, run: RunState): Directive {
  const reason = haltedBy(snapshot, run);
  return reason === null ? { state: "continue" } : { state: "halt", reason };
}

function haltedBy(snapshot: Snapshot, run: RunState): string | null {
  if (snapshot.killSwitch) return "everything_halted";
  if (run.credentialRevoked) return "credential_revoked";
  for (const agentId of [run.agentId, ...run.parents.map((parent) => parent.agentId)]) {
    const agent = snapshot.agents.get(agentId);
    if (!agent) return "agent_unknown";
    if (agent.status !== "active") return `agent_${agent.status}`;
    if (agent.suspendedBy) return "subtree_suspended";
  }
  const ended = run.parents.some((parent) => parent.status !== "running" || parent.tokenRevoked);
  return ended ? "delegation_ended" : null;
}
