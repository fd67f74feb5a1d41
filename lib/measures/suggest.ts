import type { RuleEffect } from "@/lib/policies/schemas";

/** How far back suggestions look. */
export const SUGGEST_DAYS = 30;

/**
 * relax: people approve nearly everything that the rule asks. refuse: they reject nearly everything. ask: what the rule lets through is rolled
 * back again and again. permit: appeals against what it denies are granted again and again.
 */
export const SUGGESTION_KINDS = ["relax", "refuse", "ask", "permit"] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

export const isSuggestionKind = (text: string): text is SuggestionKind =>
  (SUGGESTION_KINDS as readonly string[]).includes(text);

/** What the last thirty days say of a rule in force. */
export interface RuleRecord {
  policy: string;
  rule: string;
  effect: RuleEffect;
  /** It asks that somebody signs in again, which nobody approves. */
  signIn: boolean;
  approved: number;
  rejected: number;
  expired: number;
  overturned: number;
  /** Distinct people who approved. */
  approvers: number;
  /** How often it held in a live run. */
  held: number;
  rolledBack: number;
  /** Appeals against its denials that were granted, and all that were answered. */
  appealsGranted: number;
  appealsAnswered: number;
}

export interface Suggestion {
  kind: SuggestionKind;
  policy: string;
  rule: string;
  /** What the rule does now, and what is suggested. */
  from: RuleEffect;
  to: RuleEffect;
  /** How many of how many led to it. */
  count: number;
  of: number;
  people: number;
}

/** Where each suggestion begins: enough of them that chance does not speak. */
const RELAX = { of: 30, share: 0.95, people: 2 };
const REFUSE = { of: 20, share: 0.9 };
const ASK = { count: 3, share: 0.05 };
const PERMIT = { count: 3, share: 0.5 };

/**
 * What the record of a rule suggests, if anything; the first that holds. A request that expired counts as not approved: nobody said that it was
 * fine. Nothing is changed by a suggestion, and none skips a step: from asking a rule is relaxed to a review afterwards, not to nothing.
 */
export function suggestionFor(record: RuleRecord): Suggestion | null {
  const { policy, rule, effect } = record;
  const about = { policy, rule, from: effect, people: record.approvers };
  switch (effect) {
    case "escalate": {
      if (record.signIn) return null;
      const decided = record.approved + record.rejected;
      const asked = decided + record.expired;
      if (
        asked >= RELAX.of &&
        record.approved / asked >= RELAX.share &&
        record.approvers >= RELAX.people &&
        record.overturned === 0
      )
        return { ...about, kind: "relax", to: "review", count: record.approved, of: asked };
      if (decided >= REFUSE.of && record.rejected / decided >= REFUSE.share)
        return { ...about, kind: "refuse", to: "deny", count: record.rejected, of: decided };
      return null;
    }
    case "allow":
    case "review":
      return record.rolledBack >= ASK.count && record.rolledBack >= ASK.share * record.held
        ? {
            ...about,
            kind: "ask",
            to: "escalate",
            count: record.rolledBack,
            of: Math.max(record.held, record.rolledBack),
          }
        : null;
    case "deny":
      return record.appealsGranted >= PERMIT.count && record.appealsGranted >= PERMIT.share * record.appealsAnswered
        ? { ...about, kind: "permit", to: "escalate", count: record.appealsGranted, of: record.appealsAnswered }
        : null;
  }
}

/** Names a suggestion: the rule and what is suggested of it. */
export const subjectOf = ({ policy, rule }: Pick<Suggestion, "policy" | "rule">): string => `${policy}/${rule}`;

/** All suggestions that nobody has put aside, what most stands behind first. */
export function suggestionsFor(
  records: readonly RuleRecord[],
  putAside: (kind: SuggestionKind, subject: string) => boolean,
): Suggestion[] {
  return records
    .flatMap((record) => suggestionFor(record) ?? [])
    .filter((one) => !putAside(one.kind, subjectOf(one)))
    .toSorted((a, b) => b.of - a.of || subjectOf(a).localeCompare(subjectOf(b)));
}
