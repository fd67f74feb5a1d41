import type { DecisionCode } from "@/lib/decisions/codes";
import { found, type Check, type CheckContext, type Finding } from "@/lib/decisions/finding";
import type { JsonObject } from "@/lib/kernel/json";

const denied = (code: DecisionCode, message: string, saw: JsonObject = {}): Finding =>
  found("identity", "deny", code, message, saw);

/**
 * Check 1: who asks, and may anything of it act at all? The kill switch comes first, from everything down to the agent (invariant
 * I9); then the credential and the run's token, the run itself, and the runs that it was delegated by.
 */
export const identity: Check = (context) =>
  halted(context) ?? sessionFault(context) ?? delegationFault(context) ?? passed(context);

function halted({ snapshot, agent, request }: CheckContext): Finding | null {
  if (snapshot.killSwitch) {
    return denied("everything_halted", "The kill switch of the organisation is on.", {
      reason: snapshot.killSwitchReason,
    });
  }
  if (snapshot.settingsFault !== null) {
    return denied("everything_halted", "The stored settings can not be read.", { fault: snapshot.settingsFault });
  }
  if (!agent) return denied("agent_unknown", "The run's agent is not known.", { agentId: request.run.agentId });
  if (agent.suspendedBy) {
    const { id, name } = agent.suspendedBy;
    return denied("subtree_suspended", `Everything at and below ${name} is suspended.`, { nodeId: id, node: name });
  }
  switch (agent.status) {
    case "active":
      return null;
    case "suspended":
      return denied("agent_suspended", "The agent is suspended.", { status: agent.status });
    case "retired":
      return denied("agent_retired", "The agent is retired.", { status: agent.status });
  }
}

function sessionFault({ request: { run }, nowMs }: CheckContext): Finding | null {
  if (run.credentialRevoked) return denied("credential_revoked", "The credential that started the run is revoked.");
  if (run.tokenRevoked) return denied("token_revoked", "The run's token is revoked.");
  if (run.status !== "running") return denied("run_ended", `The run has ended: ${run.status}.`, { status: run.status });
  if (nowMs >= run.tokenExpiresAt.getTime()) {
    return denied("token_expired", "The run's token has expired.", { expiredAt: stamp(run.tokenExpiresAt) });
  }
  if (nowMs >= run.leaseUntil.getTime()) {
    return denied("run_lease_lost", "The run's lease ran out without a heartbeat.", {
      leaseUntil: stamp(run.leaseUntil),
    });
  }
  return null;
}

/** A run that was delegated ends with the authority of those that delegated it. A parent that ended well leaves its children to finish. */
function delegationFault({ snapshot, request: { run } }: CheckContext): Finding | null {
  const { maxDepth } = snapshot.settings.delegation;
  if (run.parents.length > maxDepth) {
    return denied("delegation_ended", `Runs are delegated at most ${maxDepth} deep.`, { depth: run.parents.length });
  }
  for (const parent of run.parents) {
    const agent = snapshot.agents.get(parent.agentId);
    const saw = { runId: parent.runId, agent: agent?.slug ?? parent.agentId, status: parent.status };
    if (parent.tokenRevoked || parent.status === "halted" || parent.status === "lost") {
      return denied("delegation_ended", "A run that delegated to this one was stopped.", saw);
    }
    if (!agent || agent.status !== "active" || agent.suspendedBy) {
      return denied("delegation_ended", "An agent that delegated to this run may not act any more.", saw);
    }
  }
  return null;
}

const passed = ({ agent, request: { run } }: CheckContext): Finding =>
  found("identity", "pass", "allowed", "The agent is active and its run is open.", {
    agent: agent?.slug ?? "",
    depth: run.depth,
    leaseUntil: stamp(run.leaseUntil),
  });

/** An invalid Date would throw. */
const stamp = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString());
