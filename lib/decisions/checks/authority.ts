import { attenuate, type Level } from "@/lib/agents/attenuate";
import { brief, found, type Check, type CheckContext } from "@/lib/decisions/finding";
import type { GrantView } from "@/lib/decisions/views";

/**
 * Check 3: is there a live grant in the effective set? That is the agent's own grants, narrowed by those of every agent above it,
 * by the scope of the run, and by the same of every run that delegated to it (invariant I4).
 */
export const authority: Check = (context) => {
  const { agent, request, nowMs, snapshot } = context;
  if (!agent) return found("authority", "skip", "allowed", "The agent is not known.");
  const levels = levelsOf(context, agent.levelsFor(request.action));
  const result = attenuate(levels, request.action, nowMs, context.holds);
  if (result.granted) {
    return found(
      "authority",
      "pass",
      "allowed",
      "The action is granted, and nothing above takes it away.",
      { grants: result.by.map((grant) => grant.pattern), levels: levels.length },
      { grantIds: result.by.map((grant) => grant.id) },
    );
  }
  const { at, expired } = result;
  if (at.kind === "scope") {
    return found(
      "authority",
      "deny",
      "not_granted",
      "The action is outside the scope of the run or of one that delegated to it.",
      {
        runId: at.runId,
        scope: at.patterns.slice(0, 20).map((pattern) => brief(pattern)),
      },
    );
  }
  const holder = snapshot.agents.get(at.agentId);
  const message =
    at.agentId === agent.id
      ? "The agent has no live grant for this action whose condition holds."
      : `${holder?.name ?? "An agent above"} does not hold this authority, so nothing below or delegated by it does.`;
  return found("authority", "deny", "not_granted", message, {
    agent: holder?.slug ?? at.agentId,
    matching: at.grants.slice(0, 20).map((grant) => grant.pattern),
    expired: expired.slice(0, 20).map((grant) => grant.pattern),
  });
};

function levelsOf({ snapshot, request }: CheckContext, own: readonly Level<GrantView>[]): readonly Level<GrantView>[] {
  const { run } = request;
  if (run.parents.length === 0 && run.scope.length === 0) return own;
  const levels: Level<GrantView>[] = [...own];
  if (run.scope.length > 0) levels.push({ kind: "scope", runId: run.id, patterns: run.scope });
  for (const parent of run.parents) {
    const agent = snapshot.agents.get(parent.agentId);
    // A run of an agent that is gone has no authority to have given.
    levels.push(
      ...(agent ? agent.levelsFor(request.action) : [{ kind: "agent" as const, agentId: parent.agentId, grants: [] }]),
    );
    if (parent.scope.length > 0) levels.push({ kind: "scope", runId: parent.runId, patterns: parent.scope });
  }
  return levels;
}
