import { formatCount, formatPercent, formatPlural } from "@/components/ui/format/number";
import { SUGGEST_DAYS, type Suggestion, type SuggestionKind } from "@/lib/measures/suggest";

/** What is suggested, as a heading. */
export const SUGGESTION_TITLES: Readonly<Record<SuggestionKind, string>> = {
  relax: "Ask less: let it through, and review it afterwards",
  refuse: "Stop asking: deny it",
  ask: "Ask before: it is rolled back too often",
  permit: "Ask instead of denying",
};

/** What stands behind it, in one sentence. */
export function suggestionGrounds({ kind, count, of, people }: Suggestion): string {
  const days = `in the last ${SUGGEST_DAYS} days`;
  switch (kind) {
    case "relax":
      return `${formatPlural(people, "person", "people")} approved ${formatCount(count)} of ${formatPlural(of, "request")} ${days} (${formatPercent(count / of)}), and nothing later spoke against one of them.`;
    case "refuse":
      return `People rejected ${formatCount(count)} of the ${formatPlural(of, "request")} that they decided ${days} (${formatPercent(count / of)}).`;
    case "ask":
      return `${formatCount(count)} of ${formatPlural(of, "action")} that it let through ${days} had to be rolled back.`;
    case "permit":
      return `${formatCount(count)} of ${formatPlural(of, "appeal")} against it ${days} ${count === 1 ? "was" : "were"} granted.`;
  }
}
