import type { Json, JsonObject } from "@/lib/kernel/json";

/** An action of the catalogue, as templates look at it. */
export interface TemplateAction {
  id: string;
  title: string | null;
  kind: "read" | "draft" | "propose" | "execute";
  reversibility: "reversible" | "compensable" | "irreversible";
  impact: "low" | "medium" | "high";
  dataClasses: readonly string[];
  /** JSON Schema of its arguments. */
  args: Json;
}

/** The argument that a template's condition is about. */
export interface Subject {
  /** `args.amount` */
  expression: string;
  /** `fraction`: a number of which the schema says that it is at most 1. */
  type: "number" | "integer" | "fraction" | "list" | "text";
  /** The schema does not require it. */
  isOptional: boolean;
}

type Wanted = readonly Subject["type"][];

/** The first argument whose name says what is wanted and whose type fits; names are tried in the order given, best first. */
export function findArgument(action: TemplateAction, names: readonly RegExp[], types: Wanted): Subject | null {
  const properties = Object.entries(objectAt(action.args, "properties"));
  const required = isObject(action.args) && Array.isArray(action.args.required) ? action.args.required : [];
  for (const name of names) {
    for (const [key, schema] of properties) {
      const type = name.test(key) ? typeOf(schema) : null;
      const isOptional = !required.includes(key);
      // Whether an optional one is there can only be asked of names that CEL writes with a dot.
      if (type !== null && types.includes(type) && !(isOptional && !IDENTIFIER.test(key)))
        return { expression: memberOf(key), type, isOptional };
    }
  }
  return null;
}

function typeOf(schema: Json): Subject["type"] | null {
  if (!isObject(schema)) return null;
  const { type, maximum } = schema;
  if (type === "integer") return "integer";
  if (type === "number") return typeof maximum === "number" && maximum <= 1 ? "fraction" : "number";
  if (type === "string") return "text";
  return type === "array" ? "list" : null;
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const memberOf = (key: string): string => (IDENTIFIER.test(key) ? `args.${key}` : `args[${JSON.stringify(key)}]`);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectAt(schema: Json, key: string): JsonObject {
  const inner = isObject(schema) ? schema[key] : undefined;
  return isObject(inner) ? inner : {};
}

/** Whether an action is called something like it, by its verb or its title: words begin with one of these. */
export function isCalled(action: TemplateAction, words: readonly string[]): boolean {
  const verb = action.id.slice(action.id.indexOf(".") + 1);
  const said = `${verb} ${action.title ?? ""}`.toLowerCase().split(/[^a-z0-9]+/);
  return said.some((one) => words.some((word) => one.startsWith(word)));
}

/** Whether it changes something, or asks that it be changed. */
export const acts = (action: TemplateAction): boolean => action.kind === "execute" || action.kind === "propose";
