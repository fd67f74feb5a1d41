import { faultWords } from "@/lib/policies/builder/fault-words";
import type { DraftFault } from "@/lib/policies/drafts/faults";
import type { DraftRule } from "@/lib/policies/drafts/schemas";

/** A rule in the editor; the key stays while its id is being typed. */
export interface EditedRule {
  key: string;
  rule: DraftRule;
}

/** `base`, or `base-2` and so on: the first that is free. */
export function freeId(base: string, taken: readonly DraftRule[]): string {
  const ids = new Set(taken.map((rule) => rule.id));
  if (!ids.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${base}-${number}`;
    if (!ids.has(id)) return id;
  }
}

/** A new rule asks a person: the mildest that does not let anything pass that was stopped before. */
export const blankRule = (others: readonly DraftRule[]): DraftRule => ({
  id: freeId("new-rule", others),
  match: { actions: [] },
  effect: "escalate",
});

export const copyOf = (rule: DraftRule, others: readonly DraftRule[]): DraftRule => ({
  ...structuredClone(rule),
  id: freeId(rule.id === "" ? "new-rule" : rule.id.replace(/-\d+$/, ""), others),
});

/** The form's field that a fault belongs to. */
type FieldName =
  | "id"
  | "description"
  | "actions"
  | "agents"
  | "nodes"
  | "when"
  | "effect"
  | "ask"
  | "maxAge"
  | "to"
  | "then"
  | "quorum"
  | "excludeOwner"
  | "deadline"
  | "onLapse"
  | "message";

export function fieldOfFault({ path }: Pick<DraftFault, "path">): FieldName {
  const [first, second] = path;
  return (first === "match" ? (second ?? "actions") : (first ?? "id")) as FieldName;
}

/** A fault as a sentence for whoever writes the rule. */
export function faultSentence(fault: DraftFault, rule: DraftRule): string {
  const field = fieldOfFault(fault);
  if (field === "id" && rule.id.trim() === "") return "A rule needs a name of its own.";
  if (field === "actions" && rule.match.actions.length === 0) return "Choose at least one action.";
  const text = fault.condition ? faultWords(fault.condition.message) : fault.message;
  const place = fault.condition && fault.condition.line > 1 ? `Line ${fault.condition.line}: ` : "";
  const sentence = `${place}${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
