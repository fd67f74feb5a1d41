import type { ApprovalState, Standing } from "@/lib/approvals/views";

/** A pending approval whose deadline has passed counts as expired, even before the worker has written it down: nothing is allowed by it. */
export function stateAt(state: ApprovalState, deadline: Date, now: Date): ApprovalState {
  return state === "pending" && deadline.getTime() <= now.getTime() ? "expired" : state;
}

/**
 * Whether a person may decide an approval, or the first reason why not (invariant I3). The console shows it; the command decides anew.
 * `holdsRole`: the person may decide for the agent's node.
 */
export function standingOf(
  approval: { state: ApprovalState; approverIds: readonly string[]; excludedIds: readonly string[] },
  personId: string,
  holdsRole: boolean,
): Standing {
  if (approval.state !== "pending") return "settled";
  if (approval.excludedIds.includes(personId)) return "excluded";
  if (!holdsRole) return "no_role";
  return approval.approverIds.includes(personId) ? "may_decide" : "not_asked";
}
