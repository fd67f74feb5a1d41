import { isObject } from "@/lib/catalogue/infer-schema";
import { resolve } from "@/lib/catalogue/json-schema";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** One argument of an action, as people read its JSON Schema. */
export interface ArgumentRow {
  /** With the way to it: `customer.email`, `items[].sku`. */
  name: string;
  /** `string`, `number or null`, `list of string`; `any` where the schema leaves it open. */
  type: string;
  required: boolean;
  /** What it must keep to, each in words: `more than 0`, `one of: EUR, USD`. */
  limits: string[];
  description: string | null;
}

/** Fields further inside than this, and what only combinations of schemas say, stand in the schema alone. */
const DEPTH = 3;

/** The arguments that a schema names, those that are required first; null when it names none. */
export function argumentRows(schema: Json): ArgumentRow[] | null {
  const rows = isObject(schema) ? fieldsOf(schema, schema, "", 1) : [];
  return rows.length === 0 ? null : rows;
}

function fieldsOf(root: JsonObject, schema: JsonObject, prefix: string, depth: number): ArgumentRow[] {
  const { properties, required } = schema;
  if (properties === undefined || !isObject(properties)) return [];
  const needed = new Set(Array.isArray(required) ? required : []);
  const named = Object.entries(properties).map(([key, value]) => ({ key, value, required: needed.has(key) }));
  return [...named.filter((one) => one.required), ...named.filter((one) => !one.required)].flatMap((one) => {
    const field = partOf(root, one.value);
    const name = `${prefix}${one.key}`;
    const description = typeof field.description === "string" ? field.description : null;
    const row = { name, type: typeOf(root, field), required: one.required, limits: limitsOf(field), description };
    if (depth === DEPTH) return [row];
    const inside =
      field.items === undefined
        ? fieldsOf(root, field, `${name}.`, depth + 1)
        : fieldsOf(root, partOf(root, field.items), `${name}[].`, depth + 1);
    return [row, ...inside];
  });
}

/** A field's schema, where it refers to another part of the whole that part. */
function partOf(root: JsonObject, value: Json): JsonObject {
  if (!isObject(value)) return {};
  const part = typeof value.$ref === "string" ? (resolve(root, value.$ref) as Json | undefined) : value;
  return part !== undefined && isObject(part) ? part : {};
}

function typeOf(root: JsonObject, field: JsonObject): string {
  const { type, items } = field;
  if (type === "array" && items !== undefined) return `list of ${typeOf(root, partOf(root, items))}`;
  if (typeof type === "string") return type === "array" ? "list" : type;
  if (Array.isArray(type)) return type.join(" or ");
  return "any";
}

const BOUNDS: readonly [key: string, words: (value: string) => string][] = [
  ["minimum", (value) => `at least ${value}`],
  ["exclusiveMinimum", (value) => `more than ${value}`],
  ["maximum", (value) => `at most ${value}`],
  ["exclusiveMaximum", (value) => `less than ${value}`],
  ["multipleOf", (value) => `a multiple of ${value}`],
  ["minLength", (value) => `${value} characters or more`],
  ["maxLength", (value) => `${value} characters at most`],
  ["minItems", (value) => `${value} items or more`],
  ["maxItems", (value) => `${value} items at most`],
  ["pattern", (value) => `matches ${value}`],
  ["format", (value) => value],
];

function limitsOf(field: JsonObject): string[] {
  const bounds = BOUNDS.flatMap(([key, words]) => {
    const value = field[key];
    return typeof value === "number" || typeof value === "string" ? [words(String(value))] : [];
  });
  const choices = Array.isArray(field.enum) ? field.enum : field.const === undefined ? [] : [field.const];
  const shown = choices.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  return shown.length === 0 ? bounds : [`one of: ${shown.join(", ")}`, ...bounds];
}
