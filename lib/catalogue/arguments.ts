import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { schemaFault } from "@/lib/catalogue/json-schema";
import { canonical, type Json, type JsonObject } from "@/lib/kernel/json";
import { memo } from "@/lib/kernel/memo";
import { compileRegex } from "@/lib/policies/cel/regex";

/** Where arguments do not fit: a JSON pointer (`/passengers/0/dob`, empty for the whole) and why. */
interface ArgumentsFault {
  path: string;
  message: string;
}

type ArgumentsCheck = (args: JsonObject) => ArgumentsFault | null;
export type CompiledArguments = { ok: true; check: ArgumentsCheck } | { ok: false; message: string };

const ajv = makeAjv();

/** Compiles an action's JSON Schema (draft 2020-12, without remote or circular references). The same schema is compiled once. */
export function compileArgsSchema(schema: Json): CompiledArguments {
  if (schema === null) return { ok: true, check: () => null };
  if (typeof schema !== "object" || Array.isArray(schema)) return { ok: false, message: "a JSON Schema is an object" };
  try {
    return compiled(canonical(schema));
  } catch {
    return { ok: false, message: "not a JSON value" };
  }
}

const compiled = memo<CompiledArguments>(5_000, (text) => {
  const schema = JSON.parse(text) as JsonObject;
  const fault = schemaFault(schema);
  if (fault) return { ok: false, message: fault };
  if (schema.type !== undefined && schema.type !== "object") return { ok: false, message: "arguments are an object" };
  // What a schema calls itself must not meet another schema of the same name.
  const { $id: _id, $schema: _draft, ...anonymous } = schema;
  try {
    const validate = ajv.compile(anonymous);
    ajv.removeSchema(anonymous);
    return { ok: true, check: (args) => firstFault(validate, args) };
  } catch (cause) {
    return { ok: false, message: cause instanceof Error ? cause.message : "not a JSON Schema" };
  }
});

function firstFault(validate: ValidateFunction, args: JsonObject): ArgumentsFault | null {
  try {
    if (validate(args)) return null;
  } catch {
    return { path: "", message: "could not be checked" };
  }
  const error = validate.errors?.[0];
  return { path: (error?.instancePath ?? "").slice(0, 200), message: wording(error) };
}

function wording(error: ErrorObject | undefined): string {
  if (!error) return "does not fit";
  if (error.keyword === "additionalProperties") {
    return `has no property ${JSON.stringify(String(error.params.additionalProperty).slice(0, 64))}`;
  }
  return (error.message ?? "does not fit").slice(0, 200);
}

/**
 * Strict about keywords, so that a typo in a schema is found; nothing is fetched, coerced or filled in. Patterns run on RE2, and
 * `uniqueItems` compares canonical texts, because the usual way of either takes more than linear time.
 */
function makeAjv(): Ajv2020 {
  const engine = Object.assign(
    (pattern: string) => {
      const regex = compileRegex(pattern);
      if (!regex.ok) throw new Error(`pattern ${JSON.stringify(pattern)}: ${regex.message}`);
      // Ajv keeps patterns apart by their text form.
      return { test: (text: string): boolean => regex.regex.test(text), toString: () => `re2:${pattern}` };
    },
    { code: "require('@/lib/policies/cel/regex')" },
  );
  const instance = new Ajv2020({
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    ownProperties: true,
    addUsedSchema: false,
    validateFormats: true,
    logger: false,
    code: { regExp: engine },
  });
  addFormats.default(instance, { mode: "fast" });
  instance.addVocabulary(["example", "discriminator", "xml", "externalDocs"]);
  instance.removeKeyword("uniqueItems");
  instance.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    validate: (wanted: boolean, items: Json[]) => !wanted || new Set(items.map(textOf)).size === items.length,
    error: { message: "must NOT have duplicate items" },
  });
  return instance;
}

const textOf = (item: Json): string =>
  item !== null && typeof item === "object" ? JSON.stringify(sorted(item)) : typeof item + String(item);

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const pairs = Object.keys(value)
    .toSorted()
    .map((key) => [key, sorted(value[key] ?? null)]);
  return { "": pairs };
}
