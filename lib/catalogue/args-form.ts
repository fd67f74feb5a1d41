import { jsonFault } from "@/lib/catalogue/form-text";
import { isObject } from "@/lib/catalogue/infer-schema";
import { resolve } from "@/lib/catalogue/json-schema";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** One argument as a control: what its schema says of it, as far as a form can help; the server checks the whole schema. */
export interface ArgsField {
  name: string;
  /** `choice`: one of `choices`, by place. `json`: whatever has no control of its own. */
  kind: "text" | "number" | "integer" | "choice" | "json";
  required: boolean;
  /** Where nothing is entered it is null, not absent. */
  nullable: boolean;
  description: string | null;
  choices: Json[];
  minimum: number | null;
  maximum: number | null;
  maxLength: number | null;
}

/** Arguments that differ from the schema's are shown, too; more than this are edited as JSON. */
const MOST_FIELDS = 40;

/** The controls for an action's arguments: those of its schema in order, then what else was sent. Null: only JSON will do. */
export function argsFields(schema: JsonObject | null, args: JsonObject): ArgsField[] | null {
  const properties = isObject(schema?.properties ?? null) ? (schema?.properties as JsonObject) : {};
  const required = Array.isArray(schema?.required) ? schema.required : [];
  const names = [...new Set([...Object.keys(properties), ...Object.keys(args)])];
  if (names.length > MOST_FIELDS) return null;
  return names.map((name) => fieldOf(name, partOf(schema, properties, name), own(args, name), required.includes(name)));
}

/** What a control holds for a value; an absent one is empty. */
export function fieldText(field: ArgsField, value: Json | undefined): string {
  if (value === undefined) return "";
  switch (field.kind) {
    case "choice": {
      const place = field.choices.indexOf(value);
      return place === -1 ? "" : String(place);
    }
    case "text":
      return typeof value === "string" ? value : "";
    case "number":
    case "integer":
      return typeof value === "number" ? String(value) : "";
    case "json":
      return JSON.stringify(value, null, 2);
  }
}

export type ArgsEdit = { ok: true; args: JsonObject } | { ok: false; field: string; message: string };

/**
 * The arguments as edited. What a control was not touched for stays exactly as it was asked for, so that nothing changes by being
 * shown; an emptied control leaves its argument out.
 */
export function argsFromFields(
  fields: readonly ArgsField[],
  args: JsonObject,
  textOf: (name: string) => string,
): ArgsEdit {
  const edited: [string, Json][] = [];
  for (const field of fields) {
    const before = own(args, field.name);
    const text = textOf(field.name);
    if (text === fieldText(field, before)) {
      if (before !== undefined) edited.push([field.name, before]);
      continue;
    }
    const value = valueOf(field, text);
    if (!value.ok) return { ok: false, field: field.name, message: value.message };
    if (value.value !== undefined) edited.push([field.name, value.value]);
  }
  return { ok: true, args: Object.fromEntries(edited) };
}

/** The arguments as a person wrote them as JSON. */
export function argsFromText(text: string, field: string): ArgsEdit {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value)
      ? { ok: true, args: value }
      : { ok: false, field, message: "Arguments are an object: { … }" };
  } catch (cause) {
    return { ok: false, field, message: jsonFault(text, cause) };
  }
}

function fieldOf(name: string, part: JsonObject, value: Json | undefined, required: boolean): ArgsField {
  const types = Array.isArray(part.type) ? part.type : part.type === undefined ? [] : [part.type];
  const nullable = types.includes("null");
  const choices = choicesOf(part, types);
  const [only, ...more] = types.filter((type) => type !== "null");
  const kind = choices.length > 0 ? "choice" : more.length > 0 ? "json" : kindOf(only, value);
  const field: ArgsField = {
    name,
    kind,
    required,
    nullable,
    description: typeof part.description === "string" ? part.description.slice(0, 300) : null,
    choices,
    minimum: number(part.minimum),
    maximum: number(part.maximum),
    maxLength: number(part.maxLength),
  };
  // A value that its control could not show would be lost by being shown: it is edited as it is.
  const shown = value === undefined || value === null || fieldText(field, value) !== "" || value === "";
  return shown ? field : { ...field, kind: "json", choices: [] };
}

function kindOf(type: Json | undefined, value: Json | undefined): ArgsField["kind"] {
  switch (type) {
    case "string":
      return "text";
    case "number":
    case "integer":
      return type;
    case undefined:
      return typeof value === "string" ? "text" : typeof value === "number" ? "number" : "json";
    default:
      return "json";
  }
}

function choicesOf(part: JsonObject, types: readonly Json[]): Json[] {
  if (part.const !== undefined) return [part.const];
  if (Array.isArray(part.enum)) return part.enum.every((one) => !isContainer(one)) ? part.enum.slice(0, 200) : [];
  return types.length === 1 && types[0] === "boolean" ? [true, false] : [];
}

function valueOf(
  field: ArgsField,
  text: string,
): { ok: true; value: Json | undefined } | { ok: false; message: string } {
  if (text.trim() === "" && !(field.kind === "text" && text !== "")) {
    if (field.nullable) return { ok: true, value: null };
    return field.required ? { ok: false, message: "This is needed." } : { ok: true, value: undefined };
  }
  switch (field.kind) {
    case "text":
      return { ok: true, value: text };
    case "choice":
      return { ok: true, value: field.choices[Number(text)] };
    case "number":
    case "integer":
      return numberOf(field, text.trim());
    case "json":
      try {
        return { ok: true, value: JSON.parse(text) as Json };
      } catch (cause) {
        return { ok: false, message: jsonFault(text, cause) };
      }
  }
}

function numberOf(field: ArgsField, text: string): { ok: true; value: number } | { ok: false; message: string } {
  const value = Number(text);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(value)) {
    return { ok: false, message: "This is no number." };
  }
  if (field.kind === "integer" && !Number.isSafeInteger(value))
    return { ok: false, message: "This is a whole number." };
  if (field.minimum !== null && value < field.minimum) return { ok: false, message: `At least ${field.minimum}.` };
  if (field.maximum !== null && value > field.maximum) return { ok: false, message: `At most ${field.maximum}.` };
  return { ok: true, value };
}

function partOf(schema: JsonObject | null, properties: JsonObject, name: string): JsonObject {
  const part = own(properties, name);
  if (part === undefined || !isObject(part)) return {};
  const target = typeof part.$ref === "string" && schema !== null ? (resolve(schema, part.$ref) as Json) : part;
  return target !== undefined && isObject(target) ? target : {};
}

const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
const number = (value: Json | undefined): number | null => (typeof value === "number" ? value : null);
const isContainer = (value: Json): boolean => value !== null && typeof value === "object";
