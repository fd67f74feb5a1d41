import { asks, brief, found, type Check } from "@/lib/decisions/finding";

/** Check 2: is the action known, and do the arguments fit it? What nobody has classified is for the agent's owner to decide. */
export const catalogue: Check = ({ action, agent, request }) => {
  if (!action) {
    const owner = agent && agent.approverIds.includes(agent.ownerId) ? [{ person: agent.ownerId }] : null;
    return asks(
      "catalogue",
      "unclassified",
      "Nobody has classified this action yet.",
      { action: brief(request.action) },
      [{ name: "catalogue:unclassified", to: owner, deadlineMs: null }],
    );
  }
  const saw = { action: action.id, kind: action.kind };
  if (action.retiredAt !== null) return found("catalogue", "deny", "action_retired", "The action is retired.", saw);
  const compiled = action.arguments();
  if (!compiled.ok) {
    return found(
      "catalogue",
      "deny",
      "args_invalid",
      "The action's argument schema does not compile, so nothing fits it.",
      {
        ...saw,
        fault: brief(compiled.message),
      },
    );
  }
  const fault = compiled.check(request.args);
  if (fault) {
    const told = `The arguments do not fit the action: ${fault.path || "they"} ${fault.message}.`;
    return found(
      "catalogue",
      "deny",
      "args_invalid",
      told,
      { ...saw, path: fault.path, fault: fault.message },
      { told },
    );
  }
  return found("catalogue", "pass", "allowed", "The action is known and its arguments fit.", saw);
};
