import { matchesAction } from "@/lib/catalogue/match";
import type { Request, Snapshot, Usage } from "@/lib/decisions/types";
import type { ActionView, AgentView } from "@/lib/decisions/views";
import { UNTYPED } from "@/lib/policies/cel/typing";
import { bindRule, type BoundRule } from "@/lib/policies/compile";
import { Variables } from "@/lib/policies/variables";

/** The rules about an action, bound to it. Those about one that nobody has catalogued are found among all. */
export const rulesFor = (
  snapshot: Snapshot,
  action: ActionView | undefined,
  { action: id }: Request,
): readonly BoundRule[] =>
  action
    ? action.rules
    : snapshot.rules
        .filter((rule) => rule.patterns.some((pattern) => matchesAction(pattern, id)))
        .map((rule) => bindRule(rule, id, () => UNTYPED));

/** The variables of a condition, typed where the rule or grant names exactly this action. */
export function variablesOf(
  snapshot: Snapshot,
  request: Request,
  usage: Usage,
  now: Date,
  agent: AgentView,
  action: ActionView | undefined,
) {
  const source = {
    agent,
    action,
    request,
    usage,
    now,
    factActions: snapshot.factActions,
    timeZone: snapshot.settings.timeZone,
  };
  let typed: Variables | null = null;
  let untyped: Variables | null = null;
  return (exact: boolean): Variables =>
    exact && action ? (typed ??= new Variables(source, action.typing())) : (untyped ??= new Variables(source, UNTYPED));
}
