import type { Json, JsonObject } from "@/lib/kernel/json";
import type { FieldType } from "@/lib/policies/builder/fields";

const FIELDS_MAX = 40;
const DEPTH_MAX = 2;

/**
 * What facts of one action held lately, as paths (names parted by a NUL, since a name may hold anything else) with their types;
 * "" is the fact itself. A value that has been of two types is `any`.
 */
export function factFieldsOf(samples: readonly Json[]): { path: string; type: FieldType }[] {
  const found = new Map<string, FieldType>();
  for (const sample of samples) {
    for (const [path, type] of pathsOf(sample, "", 0)) {
      const known = found.get(path);
      if (known === undefined && found.size >= FIELDS_MAX) continue;
      found.set(path, known === undefined || known === type ? type : "any");
    }
  }
  return [...found].map(([path, type]) => ({ path, type }));
}

function pathsOf(value: Json, path: string, depth: number): [string, FieldType][] {
  if (!isObject(value)) return [[path, typeOf(value)]];
  if (depth >= DEPTH_MAX) return [[path, "map"]];
  return Object.entries(value).flatMap(([key, inner]) =>
    pathsOf(inner, path === "" ? key : `${path}\0${key}`, depth + 1),
  );
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Facts are JSON without a schema: their numbers are doubles. */
function typeOf(value: Json): FieldType {
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return Array.isArray(value) ? "list" : "any";
  }
}
