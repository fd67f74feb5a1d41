import { matchesAction } from "@/lib/catalogue/match";
import { keyLabel } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { quoted } from "@/lib/policies/builder/quoted";
import { STANDARD_FIELDS } from "@/lib/policies/builder/standard-fields";

/** `number` is compared by decimals, `integer` by integers; an `object` is there or not; of `any` nothing is known before the request comes. */
export type FieldType =
  | "text"
  | "integer"
  | "number"
  | "boolean"
  | "time"
  | "list"
  | "map"
  | "object"
  | "clock"
  | "any";

export const FIELD_GROUPS = [
  "Arguments",
  "Facts",
  "Person it acts for",
  "Time",
  "Run",
  "Used so far",
  "Evidence",
  "Agent",
  "Action",
  "Resource",
] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/** Something that a row can look at. */
export interface Field {
  /** CEL */
  expression: string;
  label: string;
  group: FieldGroup;
  type: FieldType;
  /** What it is, or why it may be missing. */
  hint?: string;
  /** The only values that it has. */
  options?: readonly string[];
}

/** An action as far as conditions are concerned. */
export interface FieldAction {
  id: string;
  title: string;
  /** JSON Schema; null takes any object. */
  args: Json;
  fact: { key: string; value: string } | null;
  /** What its facts held lately; empty: none has been seen. */
  factFields: readonly { path: string; type: FieldType }[];
}

const DEPTH_MAX = 3;

/** What a condition of a rule about these patterns can look at. */
export function fieldsFor(patterns: readonly string[], actions: readonly FieldAction[]): Field[] {
  const matched = actions.filter((action) => patterns.some((pattern) => matchesAction(pattern, action.id)));
  const isExact = patterns.every((pattern) => !pattern.endsWith("*"));
  const args = argumentFields(matched, isExact);
  return [...args, ...factFields(actions, args), ...STANDARD_FIELDS];
}

function argumentFields(matched: readonly FieldAction[], isExact: boolean): Field[] {
  const found = new Map<string, { field: Field; of: FieldAction[] }>();
  for (const action of matched) {
    for (const field of ofSchema(action.args, "args", "", isExact, 0)) {
      const known = found.get(field.expression);
      if (!known) found.set(field.expression, { field, of: [action] });
      else {
        known.of.push(action);
        if (known.field.type !== field.type) known.field = { ...known.field, type: "any" };
      }
    }
  }
  return [...found.values()].map(({ field, of }) =>
    of.length === matched.length ? field : { ...field, hint: `Only of ${of.map((one) => one.title).join(", ")}` },
  );
}

function ofSchema(schema: Json, path: string, label: string, isExact: boolean, depth: number): Field[] {
  if (!isObject(schema) || !isObject(schema.properties) || depth >= DEPTH_MAX) return [];
  return Object.entries(schema.properties).flatMap(([key, inner]) => {
    const expression = member(path, key);
    const title = isObject(inner) && typeof inner.title === "string" ? inner.title : keyLabel(key);
    const name = label === "" ? title : `${label}: ${title}`;
    const base = { expression, group: "Arguments" as const, ...described(inner) };
    const type = typeOf(inner, isExact);
    const nested = ofSchema(inner, expression, name, isExact, depth + 1);
    if (type === "map" && nested.length > 0) return nested;
    const size: Field[] =
      type === "list"
        ? [{ ...base, expression: `size(${expression})`, label: `Number of ${name.toLowerCase()}`, type: "integer" }]
        : [];
    return [{ ...base, label: name, type, ...optionsOf(inner) }, ...size, ...nested];
  });
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Words of the language, which can not stand behind a dot. */
const RESERVED = new Set([
  "in",
  "true",
  "false",
  "null",
  "as",
  "break",
  "const",
  "continue",
  "else",
  "for",
  "function",
  "if",
  "import",
  "let",
  "loop",
  "package",
  "namespace",
  "return",
  "var",
  "void",
  "while",
]);

/** `args.amount`, or `args["the amount"]` where a dot can not be followed by the name. */
const member = (of: string, key: string): string =>
  /^[A-Za-z_]\w*$/.test(key) && !RESERVED.has(key) ? `${of}.${key}` : `${of}[${quoted(key)}]`;

const TYPES: Readonly<Record<string, FieldType>> = {
  string: "text",
  boolean: "boolean",
  array: "list",
  object: "map",
};

/** Numbers that no schema types when the decision is made are doubles. */
function typeOf(schema: Json | undefined, isExact: boolean): FieldType {
  if (!isObject(schema)) return "any";
  if (schema.type === "integer") return isExact ? "integer" : "number";
  if (schema.type === "number") return "number";
  if (typeof schema.type === "string") return TYPES[schema.type] ?? "any";
  return Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === "string") ? "text" : "any";
}

function optionsOf(schema: Json | undefined): Pick<Field, "options"> {
  const values = isObject(schema) && Array.isArray(schema.enum) ? schema.enum : [];
  const texts = values.filter((one) => typeof one === "string");
  return texts.length > 0 && texts.length === values.length ? { options: texts } : {};
}

const described = (schema: Json | undefined): Pick<Field, "hint"> =>
  isObject(schema) && typeof schema.description === "string" ? { hint: schema.description.slice(0, 160) } : {};

const KEY = /^(args(?:\.\w+)+|"[^"\\]*")$/;

/** Facts under a key that the rule's own actions have, or that is written out. */
function factFields(actions: readonly FieldAction[], args: readonly Field[]): Field[] {
  const known = new Set(args.map((field) => field.expression));
  return actions.flatMap((action): Field[] => {
    if (!action.fact) return [];
    const all = `facts[${quoted(action.id)}]`;
    const whole: Field = {
      expression: all,
      label: action.title,
      group: "Facts",
      type: "map",
      hint: "What the run has read so far, by key",
    };
    const key = KEY.exec(action.fact.key)?.[1];
    if (key === undefined || (key.startsWith("args") && !known.has(key))) return [whole];
    const base = `${all}[${key}]`;
    return [
      whole,
      ...action.factFields.map(({ path, type }): Field => {
        const expression = path === "" ? base : path.split("\0").reduce(member, base);
        const label = path === "" ? action.title : `${action.title}: ${keyLabel(path.replaceAll("\0", " "))}`;
        return { expression, label, group: "Facts", type, hint: "From an earlier result in the run" };
      }),
    ];
  });
}
