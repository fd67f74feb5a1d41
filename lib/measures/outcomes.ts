/** What later spoke against what was decided, the gravest first. */
export const OVERTURNED = ["rolled_back", "incident", "undone"] as const;
export type Overturned = (typeof OVERTURNED)[number];

export const OVERTURNED_WORDS: Readonly<Record<Overturned, string>> = {
  rolled_back: "Rolled back",
  incident: "Incident in its run",
  undone: "Taken back",
};

export const isOverturned = (text: string | null): text is Overturned =>
  text !== null && (OVERTURNED as readonly string[]).includes(text);

/** Why a person was asked: a rule, or, where no rule asked, the code of the decision. */
export type Cause = { kind: "rule"; policy: string; rule: string } | { kind: "code"; code: string };

export function causeOf(text: string): Cause {
  if (text.startsWith("code:")) return { kind: "code", code: text.slice("code:".length) };
  const slash = text.indexOf("/");
  return { kind: "rule", policy: text.slice(0, slash), rule: text.slice(slash + 1) };
}
