import { dataClassesOf, wordsOf } from "@/lib/catalogue/data-classes";
import { inferSchema } from "@/lib/catalogue/infer-schema";
import type { EvidenceKind } from "@/lib/catalogue/schemas";
import { OPPOSITES, UNKNOWN_VERB, verbOf, type Verb } from "@/lib/catalogue/verbs";
import type { JsonObject } from "@/lib/kernel/json";
import { IMPACTS, type Impact, type Kind, type Reversibility } from "@/lib/tiers/matrices";

/** How an action that nobody has classified might be: for a person to check, never in force by itself. */
export interface Suggestion {
  systemId: string;
  title: string;
  kind: Kind;
  reversibility: Reversibility;
  impact: Impact;
  dataClasses: string[];
  args: JsonObject | null;
  evidence: EvidenceKind[];
  rollback: string | null;
  /** Why, a sentence each. */
  reasons: string[];
  /** The verb is known: false means that the worst was assumed. */
  sure: boolean;
}

const CONNECTORS = new Set(["and", "or", "then"]);
const PEOPLE = new Set(["human", "humans", "person", "people", "operator", "supervisor"]);
const HANDING = new Set(["transfer", "escalate", "handoff", "handover", "hand", "forward", "assign", "route"]);
const WIDE = new Set(["all", "bulk", "batch", "mass", "many", "everything", "production", "prod"]);
const SMALL = new Set([
  "note",
  "notes",
  "comment",
  "comments",
  "label",
  "labels",
  "tag",
  "tags",
  "draft",
  "drafts",
  "reminder",
]);
const STRICTNESS: Record<Kind, number> = { read: 0, draft: 1, propose: 2, execute: 3 };

/**
 * A classification by the words of the action's name and what agents sent. Where words speak of several acts (`find_and_delete`) the
 * gravest counts; a name without a known verb is taken for irreversible and of high impact. `known` are the ids of the catalogue.
 */
export function suggestAction(id: string, samples: readonly JsonObject[], known: readonly string[] = []): Suggestion {
  const dot = id.indexOf(".");
  const systemId = id.slice(0, dot);
  const words = wordsOf(id.slice(dot + 1));
  const { verb, word } = gravest(words);
  const reasons = [`“${word}” ${verb.because}.`];
  let { kind, impact } = verb;
  let { reversibility } = verb;
  if (words.some((one) => HANDING.has(one)) && words.some((one) => PEOPLE.has(one))) {
    ({ kind, reversibility, impact } = { kind: "propose", reversibility: "reversible", impact: "low" });
    reasons.splice(0, 1, "It hands the work to a person.");
  } else if (kind === "execute") {
    const small = words.find((one) => SMALL.has(one));
    const wide = words.find((one) => WIDE.has(one));
    if (small !== undefined && !wide && reversibility !== "irreversible") {
      impact = "low";
      reasons.push(`A ${small.replace(/s$/, "")} is a small thing.`);
    }
    if (wide !== undefined) {
      impact = IMPACTS[Math.min(IMPACTS.indexOf(impact) + 1, 2)] ?? "high";
      reasons.push(`“${wide}” makes it far-reaching.`);
    }
  }
  const dataClasses = dataClassesOf(words, samples);
  if (dataClasses.length > 0) reasons.push(`Names and values look like ${dataClasses.join(", ")}.`);
  const args = inferSchema(samples);
  if (args)
    reasons.push(`The arguments are those of ${samples.length === 1 ? "one request" : `${samples.length} requests`}.`);
  const rollback = kind === "execute" ? opposite(systemId, id, words, known) : null;
  if (rollback) reasons.push(`${rollback} undoes it.`);
  const needsReason = kind === "execute" && reversibility === "irreversible" && impact === "high";
  return {
    systemId,
    title: titleOf(words, id),
    kind,
    reversibility,
    impact,
    dataClasses,
    args,
    evidence: needsReason ? ["reason"] : [],
    rollback,
    reasons,
    sure: verb !== UNKNOWN_VERB,
  };
}

/** The verb is the first word that is one; after `and` another may follow. Nouns that are verbs elsewhere (`get_order`) do not count. */
function gravest(words: readonly string[]): { verb: Verb; word: string } {
  const starts = words.flatMap((_, i) => (i === 0 || CONNECTORS.has(words[i - 1] ?? "") ? [i] : []));
  let result: { verb: Verb; word: string } | null = null;
  for (const start of starts) {
    const word = words[start] ?? "";
    const verb = verbOf(word);
    if (verb && (!result || weight(verb) > weight(result.verb))) result = { verb, word };
  }
  if (result) return result;
  // `reservation_cancel`: some put the verb last.
  const last = words.at(-1) ?? "";
  const verb = words.length > 1 ? verbOf(last) : undefined;
  return verb ? { verb, word: last } : { verb: UNKNOWN_VERB, word: words[0] ?? "" };
}

const weight = (verb: Verb): number => STRICTNESS[verb.kind] * 10 + IMPACTS.indexOf(verb.impact);

function opposite(systemId: string, id: string, words: readonly string[], known: readonly string[]): string | null {
  const [first = "", ...rest] = words;
  const wanted = (OPPOSITES.get(first) ?? []).map((word) => [word, ...rest].join(" "));
  const match = known.find(
    (other) =>
      other !== id &&
      other.startsWith(`${systemId}.`) &&
      wanted.includes(wordsOf(other.slice(systemId.length + 1)).join(" ")),
  );
  return match ?? null;
}

function titleOf(words: readonly string[], id: string): string {
  const text = words.join(" ");
  return text === "" ? id : (text.charAt(0).toUpperCase() + text.slice(1)).slice(0, 120);
}
