import { actionTitle } from "@/lib/decisions/words";
import { conditionWords } from "@/lib/policies/builder/words";
import { readContact } from "@/lib/policies/contact";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { RuleNames } from "@/lib/policies/rule-names";

/** A rule in words for people, in parts that a page can weigh differently. */
interface RuleWords {
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

function outcomeWords(rule: DraftRule, names: RuleNames): string {
  const { effect, ask, maxAge, deadline } = rule;
  switch (effect) {
    case "deny":
      return "it is denied.";
    case "allow":
      return "it is allowed, unless another rule is stricter.";
    case "review":
      return `it is allowed, and a person looks at it afterwards${deadline ? `, within ${deadline}` : ""}${lapseWords(rule.onLapse)}.`;
    case "escalate": {
      if (ask === "reauthentication")
        return `the person whom the agent acts for must have signed in within ${maxAge || "5m"}.`;
      const within = deadline ? `, within ${deadline}` : "";
      return `it waits for ${peopleWords(rule, names)}${within}.`;
    }
  }
}

/** What happens if nobody does; that it then stands goes without saying. */
const lapseWords = (onLapse: string | undefined): string =>
  onLapse === "rollback"
    ? "; if nobody does, it is rolled back"
    : onLapse === "escalate"
      ? "; if nobody does, everybody above is asked once more"
      : "";

/** `two of Ana Reyes, the reviewers of Support or who is on call for Desk; after 10m Ben Okoro` */
function peopleWords({ to = [], then = [], quorum, excludeOwner }: DraftRule, names: RuleNames): string {
  const several = quorum !== undefined && quorum > 1;
  const named = listed(
    to.map((text) => contactWords(text, names)),
    several ? "and" : "or",
  );
  const first =
    named === ""
      ? several
        ? `the ${quorum} nearest people above the agent`
        : "the nearest person above the agent"
      : several
        ? `${quorum} of ${named}`
        : named;
  const next = then.map(
    (step) =>
      `after ${step.after} ${listed(
        step.to.map((text) => contactWords(text, names)),
        "or",
      )}`,
  );
  const owner = excludeOwner ? ", but not for the agent’s owner" : "";
  return [first, ...next].join(", ") + owner;
}

/** `Ana Reyes`, `a reviewer of Support`, `who is on call for Desk`. */
function contactWords(text: string, names: Pick<RuleNames, "people" | "nodes" | "rotations">): string {
  const contact = readContact(text);
  switch (contact?.kind) {
    case undefined:
      return text;
    case "person":
      return names.people[contact.email] ?? text;
    case "role":
      return `${contact.role === "admin" ? "an" : "a"} ${contact.role} of ${names.nodes[contact.node] ?? contact.node}`;
    case "rotation":
      return `who is on call for ${names.rotations[contact.slug] ?? contact.slug}`;
  }
}

function listed(words: readonly string[], last: "and" | "or"): string {
  if (words.length > 6) return `${words.slice(0, 5).join(", ")} ${last} ${words.length - 5} more`;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
