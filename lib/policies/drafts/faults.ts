import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { ConditionFault } from "@/lib/policies/cel/condition";
import { ruleFaults, type RuleFault, type RuleWorld } from "@/lib/policies/rule-faults";
import { ruleSchema } from "@/lib/policies/schemas";

/** Why a draft can not be published yet. */
export interface DraftFault {
  /** Its place among the draft's rules, from 0. */
  rule: number;
  /** The rule's id as written; ids may repeat in a draft. */
  ruleId: string;
  /** Field of the rule, e.g. `["match", "actions", 0]`; empty is the rule itself. */
  path: PropertyKey[];
  message: string;
  /** Of a condition: line and column, for an editor that marks the place. */
  condition?: ConditionFault;
}

/** Everything that keeps a draft from being published, in the order of its rules. */
export function draftFaults(rules: readonly DraftRule[], world: RuleWorld): DraftFault[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index) => {
    const fault = (path: PropertyKey[], message: string): DraftFault => ({
      rule: index,
      ruleId: rule.id,
      path,
      message,
    });
    const again = seen.has(rule.id) && rule.id !== "" ? [fault(["id"], "another rule has this id")] : [];
    seen.add(rule.id);
    const parsed = ruleSchema.safeParse(withoutOpenFields(rule));
    const own = parsed.success
      ? ruleFaults(parsed.data, world).map((one) => ({ ...fault(one.path, one.message), ...placeOf(one) }))
      : parsed.error.issues.map((issue) => fault(issue.path, issue.message));
    return [...again, ...own];
  });
}

const placeOf = ({ condition }: RuleFault): Pick<DraftFault, "condition"> => (condition ? { condition } : {});

/** Fields that were opened and left empty say nothing: they are not part of what is published. */
export function withoutOpenFields(rule: DraftRule): DraftRule {
  const {
    description,
    when,
    to,
    then,
    deadline,
    message,
    ask,
    maxAge,
    onDeadline,
    onLapse,
    excludeOwner,
    match,
    ...rest
  } = rule;
  const { agents, nodes, actions } = match;
  return {
    ...rest,
    match: { actions, ...filled({ agents, nodes }) },
    // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
    ...filled({ description, when, to, then, deadline, message, ask, maxAge, onDeadline, onLapse }),
    ...(excludeOwner ? { excludeOwner } : {}),
  };
}

function filled<T extends { [key: string]: string | readonly unknown[] | undefined }>(fields: T): Partial<T> {
  const kept: Partial<T> = {};
  for (const [key, value] of Object.entries(fields) as [keyof T, T[keyof T]][]) {
    const empty = value === undefined || (typeof value === "string" ? value.trim() === "" : value.length === 0);
    if (!empty) kept[key] = value;
  }
  return kept;
}
