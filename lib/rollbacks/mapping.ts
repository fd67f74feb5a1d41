import type { Json, JsonObject } from "@/lib/kernel/json";

/**
 * How the arguments of a rollback follow from what was done: an object whose texts may be references (`$.args.reservation_id`,
 * `$.result.items[0].id`, `$.resource.id`, `$.decision.id`, `$.run.id`); `$$` begins a text with a dollar. "$.args" as a whole passes the
 * arguments on as they were.
 */
export type Mapping = JsonObject | "$.args";

/** What references read. `result`: of the agent's report on the call; undefined where there is none. */
export interface Done {
  args: JsonObject;
  result: Json | undefined;
  resource: Json;
  decision: { id: string; action: string; at: string };
  run: { id: string };
}

const ROOTS = ["args", "result", "resource", "decision", "run"] as const;
type Root = (typeof ROOTS)[number];

interface Reference {
  root: Root;
  path: (string | number)[];
}

const STEP = /\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6})\]|\["((?:[^"\\]|\\.)*)"\]/y;
/** Deeper templates are nobody's intention. */
const DEPTH_MAX = 20;

/** Reads a text of a mapping: a reference, a literal (null), or why it is neither. */
export function parseReference(
  text: string,
): { ok: true; reference: Reference | null } | { ok: false; message: string } {
  if (!text.startsWith("$") || text.startsWith("$$")) return { ok: true, reference: null };
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text);
    if (!found) return { ok: false, message: `${text} is not a reference: write $.args.name, $.result.items[0].id` };
    const [, name, index, quoted] = found;
    steps.push(name ?? (index === undefined ? unquoted(quoted ?? "") : Number(index)));
  }
  const [root, ...path] = steps;
  const known = ROOTS.find((one) => one === root);
  return known
    ? { ok: true, reference: { root: known, path } }
    : { ok: false, message: `${text} begins with none of ${ROOTS.map((one) => `$.${one}`).join(", ")}` };
}

/** The arguments that a mapping makes of what was done. `missing`: references that lead nowhere, by the property that they were for. */
export function fill(mapping: Mapping, done: Done): { args: JsonObject; missing: { at: string; reference: string }[] } {
  if (mapping === "$.args") return { args: done.args, missing: [] };
  const missing: { at: string; reference: string }[] = [];
  const value = (template: Json, at: string, depth: number): Json | undefined => {
    if (depth > DEPTH_MAX) return undefined;
    if (typeof template === "string") {
      const parsed = parseReference(template);
      if (!parsed.ok || parsed.reference === null) return template.startsWith("$$") ? template.slice(1) : template;
      const found = resolve(parsed.reference, done);
      if (found === undefined) missing.push({ at, reference: template });
      return found;
    }
    if (Array.isArray(template)) return template.map((one, index) => value(one, `${at}[${index}]`, depth + 1) ?? null);
    if (typeof template !== "object" || template === null) return template;
    return object(template, at, depth);
  };
  const object = (template: JsonObject, at: string, depth: number): JsonObject =>
    Object.fromEntries(
      Object.entries(template).flatMap(([name, one]): [string, Json][] => {
        const made = value(one, at === "" ? name : `${at}.${name}`, depth + 1);
        return made === undefined ? [] : [[name, made]];
      }),
    );
  return { args: object(mapping, "", 0), missing };
}

/** Every reference of a mapping with the property that it is for, and what is wrong with those that cannot be read. */
export function referencesOf(
  mapping: Mapping,
): { at: string; text: string; reference: Reference | null; fault: string | null }[] {
  if (mapping === "$.args") return [];
  const found: ReturnType<typeof referencesOf> = [];
  const look = (template: Json, at: string, depth: number): void => {
    if (depth > DEPTH_MAX) found.push({ at, text: "", reference: null, fault: "is nested too deep" });
    else if (typeof template === "string") {
      const parsed = parseReference(template);
      if (!parsed.ok) found.push({ at, text: template, reference: null, fault: parsed.message });
      else if (parsed.reference) found.push({ at, text: template, reference: parsed.reference, fault: null });
    } else if (Array.isArray(template)) template.forEach((one, index) => look(one, `${at}[${index}]`, depth + 1));
    else if (typeof template === "object" && template !== null)
      for (const [name, one] of Object.entries(template)) look(one, at === "" ? name : `${at}.${name}`, depth + 1);
  };
  look(mapping, "", 0);
  return found;
}

function resolve({ root, path }: Reference, done: Done): Json | undefined {
  let value: Json | undefined = done[root];
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    // Own properties only: what an agent sent must not lead into what every object has.
    value = Object.hasOwn(value, step) ? (value as { [key: string | number]: Json })[step] : undefined;
  }
  return value;
}

const unquoted = (text: string): string => text.replaceAll(/\\(.)/g, "$1");
