import { directiveFrom } from "@/lib/budgets/assess";
import type { Counter } from "@/lib/budgets/envelope";
import { mayDelegate } from "@/lib/gate/run-entry";
import type { RunState, Snapshot } from "@/lib/decisions/types";

/** What a run is told to do with every report and heartbeat. */
interface Directive {
  state: "continue" | "wind_down" | "halt";
  /** A stable code: why. */
  reason?: string;
}

/** Whether the run may go on: what would deny each of its decisions whatever it asked for, halts it; so does spend beyond an envelope. */
export function directiveOf(snapshot: Snapshot, run: RunState, counters: readonly Counter[]): Directive {
  const reason = haltedBy(snapshot, run);
  if (reason !== null) return { state: "halt", reason };
  const state = directiveFrom(counters, snapshot.settings.budgets.windDownAt);
  return state === "continue" ? { state } : { state, reason: BUDGET_REASONS[state] };
}

const BUDGET_REASONS = { wind_down: "budget_nearly_used", halt: "budget_exceeded" } as const;

function haltedBy(snapshot: Snapshot, run: RunState): string | null {
  if (snapshot.killSwitch) return "everything_halted";
  if (run.credentialRevoked) return "credential_revoked";
  const agent = snapshot.agents.get(run.agentId);
  if (!agent) return "agent_unknown";
  if (agent.suspendedBy) return "subtree_suspended";
  if (agent.status !== "active") return `agent_${agent.status}`;
  const stopped = run.parents.some((parent) => {
    const delegating = snapshot.agents.get(parent.agentId);
    return !mayDelegate(parent) || delegating?.status !== "active" || delegating.suspendedBy !== null;
  });
  return stopped ? "delegation_ended" : null;
}
