import type { Json, JsonObject } from "@/lib/kernel/json";

/** What the run learned from a tool's result, as it is stored. */
export interface KnownFact {
  /** The action whose result it was. */
  action: string;
  key: string;
  value: Json;
  origin: "reported" | "observed";
  /** ISO */
  at: string;
}

/** Where the present values come from: a tool's result within the run, or the agent's own word in its evidence. */
type PresentSource = { kind: "fact"; action: string; origin: KnownFact["origin"]; at: string } | { kind: "agent" };

export interface PresentState {
  source: PresentSource;
  /** By the name of the argument, `changes.cabin` for one inside: what stands there now. */
  before: { [argument: string]: Json };
}

interface PresentStateInput {
  args: JsonObject;
  resource: Json;
  /** `evidence.proposedAction` */
  proposed: Json;
  facts: readonly KnownFact[];
}

/** Arguments that hold the changed fields of a record. */
const CHANGES = new Set(["changes", "patch", "fields", "values", "update", "updates", "set", "data"]);

/**
 * The present values of what the arguments would change, or null where nobody said them. A fact of the run about the same record (its
 * key is one of the arguments, or the resource) comes first, the latest of them: it is a tool's result. Else the agent's own word in
 * its evidence, `proposedAction.before` or `.current`. A record counts when it knows at least one argument beside what identifies it.
 */
export function presentState({ args, resource, proposed, facts }: PresentStateInput): PresentState | null {
  const ids = identifiers(args, resource);
  const about = facts.filter((fact) => ids.has(fact.key)).toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  for (const { key, value, action, origin, at } of about) {
    const before = isObject(value) ? known(args, value, key) : null;
    if (before) return { source: { kind: "fact", action, origin, at }, before };
  }
  const said = isObject(proposed) ? (own(proposed, "before") ?? own(proposed, "current")) : undefined;
  const before = isObject(said) ? known(args, said, null) : null;
  return before && { source: { kind: "agent" }, before };
}

/** Texts that may name the record: what an index of facts is asked for. */
export function identifiers(args: JsonObject, resource: Json): Set<string> {
  const texts = [...Object.values(args), ...(isObject(resource) ? Object.values(resource) : [resource])];
  return new Set(
    texts.flatMap((value) =>
      typeof value === "number" || (typeof value === "string" && value.length <= 512) ? [String(value)] : [],
    ),
  );
}

function known(args: JsonObject, record: JsonObject, key: string | null): PresentState["before"] | null {
  const fields = new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]));
  const found: [string, Json][] = [];
  for (const [name, value] of Object.entries(args)) {
    if (key !== null && String(value) === key) continue;
    const present = fields.get(plainName(name)) ?? fields.get(plainName(name).replace(/^new/, ""));
    if (present !== undefined) found.push([name, present]);
    else if (isObject(value) && CHANGES.has(plainName(name))) {
      for (const inner of Object.keys(value)) {
        const one = fields.get(plainName(inner));
        if (one !== undefined) found.push([`${name}.${inner}`, one]);
      }
    }
  }
  return found.length === 0 ? null : Object.fromEntries(found);
}

/** `dueDate`, `due_date` and `Due-Date` are one field. */
const plainName = (name: string): string => name.replaceAll(/[_\-\s]/g, "").toLowerCase();

const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
