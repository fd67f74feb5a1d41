import { actionTitle } from "@/lib/decisions/words";
import { conditionWords } from "@/lib/policies/builder/words";
import type { DraftRule } from "@/lib/policies/draft-schemas";
import type { RuleNames } from "@/lib/policies/rule-names";

/** A rule in words for people, in parts that a page can weigh differently. */
export interface RuleWords {
  /** `every agent`, `Returns Desk and every agent of Support` */
  who: string;
  /** `Refund a payment or any action of crm` */
  what: string;
  /** `amount is more than 500`; null when it always holds. */
  when: string | null;
  /** What happens then, as the rest of the sentence. */
  outcome: string;
}

/** Says what a rule does. Names that do not exist stay as they are written. */
export function ruleWords(rule: DraftRule, names: RuleNames): RuleWords {
  return {
    who: whoWords(rule.match, names),
    what:
      rule.match.actions.length === 0
        ? "no action yet"
        : listed(
            rule.match.actions.map((one) => patternWords(one, names)),
            "or",
          ),
    when: conditionWords(rule.when?.trim() ? rule.when : null),
    outcome: outcomeWords(rule, names),
  };
}

function whoWords({ agents = [], nodes = [] }: DraftRule["match"], names: RuleNames): string {
  const named = [
    ...agents.map((slug) => names.nodes[slug] ?? slug),
    ...nodes.map((slug) => `every agent of ${names.nodes[slug] ?? slug}`),
  ];
  return named.length === 0 ? "every agent" : listed(named, "and");
}

/** `*` → any action, `crm.*` → any action of crm, `crm.read_*` → crm actions that begin with read_. */
export function patternWords(pattern: string, names: Pick<RuleNames, "actions">): string {
  if (pattern === "*") return "any action";
  if (!pattern.endsWith("*")) return actionTitle(pattern, names.actions[pattern] ?? null);
  const [system = "", ...rest] = pattern.slice(0, -1).split(".");
  const verb = rest.join(".");
  return verb === "" ? `any action of ${system}` : `any ${system} action that begins with ${verb}`;
}

function outcomeWords({ effect, ask, maxAge, to = [], deadline }: DraftRule, names: RuleNames): string {
  switch (effect) {
    case "deny":
      return "it is denied.";
    case "allow":
      return "it is allowed, unless another rule is stricter.";
    case "review":
      return `it is allowed, and a person looks at it afterwards${deadline ? `, within ${deadline}` : ""}.`;
    case "escalate": {
      if (ask === "reauthentication")
        return `the person whom the agent acts for must have signed in within ${maxAge || "5m"}.`;
      const people = listed(
        to.map((email) => names.people[email.toLowerCase()] ?? email),
        "or",
      );
      const within = deadline ? `, within ${deadline}` : "";
      return `it waits for ${people === "" ? "the nearest person above the agent" : people}${within}.`;
    }
  }
}

function listed(words: readonly string[], last: "and" | "or"): string {
  if (words.length > 6) return `${words.slice(0, 5).join(", ")} ${last} ${words.length - 5} more`;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
