import { asks, found, type Check } from "@/lib/decisions/finding";

/** Check 4: what may the agent's tier do with this kind of action? */
export const tier: Check = ({ agent, action, snapshot }) => {
  if (!agent || !action) return found("tier", "skip", "allowed", "The kind of the action is not known.");
  const effect = snapshot.settings.tiers[agent.tier][action.kind];
  const saw = { tier: agent.tier, kind: action.kind };
  switch (effect) {
    case "allow":
      return found("tier", "pass", "allowed", `The tier ${agent.tier} includes ${action.kind}.`, saw);
    case "deny":
      return found("tier", "deny", "tier_denies", `The tier ${agent.tier} does not include ${action.kind}.`, saw);
    case "escalate":
      return asks("tier", "tier_escalates", `The tier ${agent.tier} asks a person before ${action.kind}.`, saw, [
        { name: `tier:${agent.tier}:${action.kind}`, to: null, deadlineMs: null },
      ]);
  }
};
