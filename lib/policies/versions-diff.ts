import type { DraftRule } from "@/lib/policies/drafts/schemas";

/** A field of a rule, as text, on both sides; null where it is not there. */
export interface FieldChange {
  field:
    | "description"
    | "actions"
    | "agents"
    | "nodes"
    | "when"
    | "effect"
    | "ask"
    | "maxAge"
    | "to"
    | "next"
    | "quorum"
    | "excludeOwner"
    | "deadline"
    | "onLapse"
    | "message";
  before: string | null;
  after: string | null;
}

/** What happened to one rule from one version to another. Order has no meaning for decisions: a rule that only moved is the same. */
export type RuleChange =
  | { kind: "added"; id: string; rule: DraftRule }
  | { kind: "removed"; id: string; rule: DraftRule }
  | { kind: "changed"; id: string; before: DraftRule; after: DraftRule; fields: FieldChange[] }
  | { kind: "same"; id: string; rule: DraftRule; moved: boolean };

/** Compares two sets of rules by their ids, in the order of the newer; what was removed stands where it stood. */
export function diffRules(before: readonly DraftRule[], after: readonly DraftRule[]): RuleChange[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map((rule) => rule.id));
  const order = relativeOrder(before, kept);
  const newOrder = relativeOrder(after, new Set(old.keys()));
  const changes: RuleChange[] = after.map((rule) => {
    const was = old.get(rule.id);
    if (!was) return { kind: "added", id: rule.id, rule };
    const fields = fieldChanges(was, rule);
    if (fields.length > 0) return { kind: "changed", id: rule.id, before: was, after: rule, fields };
    return { kind: "same", id: rule.id, rule, moved: order.get(rule.id) !== newOrder.get(rule.id) };
  });
  for (const [index, rule] of before.entries()) {
    if (kept.has(rule.id)) continue;
    const previous = before.slice(0, index).findLast((one) => changes.some((change) => change.id === one.id));
    const at = previous ? changes.findIndex((change) => change.id === previous.id) + 1 : 0;
    changes.splice(at, 0, { kind: "removed", id: rule.id, rule });
  }
  return changes;
}

/** How many rules differ. */
export const countChanges = (changes: readonly RuleChange[]): number =>
  changes.filter((change) => change.kind !== "same").length;

function relativeOrder(rules: readonly DraftRule[], among: ReadonlySet<string>): Map<string, number> {
  return new Map(rules.filter((rule) => among.has(rule.id)).map((rule, index) => [rule.id, index]));
}

function fieldChanges(before: DraftRule, after: DraftRule): FieldChange[] {
  const [was, is] = [texts(before), texts(after)];
  return (Object.keys(was) as FieldChange["field"][]).flatMap((field) =>
    was[field] === is[field] ? [] : [{ field, before: was[field], after: is[field] }],
  );
}

/** Each field as one text; the members of a list in order, since their order says nothing. */
function texts(rule: DraftRule): Record<FieldChange["field"], string | null> {
  return {
    description: rule.description?.trim() || null,
    actions: listed(rule.match.actions),
    agents: listed(rule.match.agents),
    nodes: listed(rule.match.nodes),
    when: rule.when?.trim() ? rule.when : null,
    effect: rule.effect,
    ask: rule.ask || null,
    maxAge: rule.maxAge || null,
    to: listed(rule.to),
    next: rule.then?.length ? rule.then.map(({ to, after }) => `${after}: ${to.join(", ")}`).join("\n") : null,
    quorum: rule.quorum === undefined ? null : String(rule.quorum),
    excludeOwner: rule.excludeOwner ? "yes" : null,
    deadline: rule.deadline || null,
    onLapse: rule.onLapse || null,
    message: rule.message?.trim() || null,
  };
}

const listed = (names: readonly string[] | undefined): string | null =>
  names && names.length > 0 ? names.toSorted().join("\n") : null;

/** A piece of a text: on both sides, or on one. */
interface TextPiece {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Tokens of a condition or a sentence: words, blanks, single signs. */
const tokens = (text: string): string[] => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
/** Beyond this many comparisons the texts are simply shown one after the other. */
const MOST_COMPARISONS = 4_000_000;

/** The pieces by which two texts differ, word by word (longest common subsequence). */
export function diffText(before: string, after: string): TextPiece[] {
  const [a, b] = [tokens(before), tokens(after)];
  if (a.length * b.length > MOST_COMPARISONS) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: TextPiece[] = [];
  const push = (kind: TextPiece["kind"], text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, now] = [a[i], b[j]];
    if (old !== undefined && old === now) {
      push("same", old);
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      push("removed", old);
      i += 1;
    } else if (now !== undefined) {
      push("added", now);
      j += 1;
    }
  }
  return pieces;
}
