import type { Json, JsonObject } from "@/lib/kernel/json";

const DEPTH_MAX = 6;
const PROPERTIES_MAX = 60;

/**
 * A JSON Schema that all of these arguments fit: types as seen, required what each of them has. It stays open to more properties, because
 * a few samples do not show all that an agent may send. Null when there are none. Total for any JSON.
 */
export function inferSchema(samples: readonly JsonObject[]): JsonObject | null {
  return samples.length === 0 ? null : objectSchema(samples, 0);
}

function objectSchema(objects: readonly JsonObject[], depth: number): JsonObject {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  // Too many names are data, not a shape.
  if (depth >= DEPTH_MAX || names.length > PROPERTIES_MAX || names.includes("__proto__")) return { type: "object" };
  const required = names.filter((name) => objects.every((object) => Object.hasOwn(object, name))).toSorted();
  const properties = Object.fromEntries(
    names.map((name) => [
      name,
      valueSchema(
        objects.flatMap((object) => {
          const value = Object.hasOwn(object, name) ? object[name] : undefined;
          return value === undefined ? [] : [value];
        }),
        depth + 1,
      ),
    ]),
  );
  return { type: "object", ...(required.length > 0 ? { required } : {}), properties };
}

function valueSchema(values: readonly Json[], depth: number): JsonObject {
  const types = [...new Set(values.map(typeOf))];
  const merged = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  const [only, ...more] = merged.toSorted();
  if (only === undefined) return {};
  if (more.length > 0) return { type: [only, ...more] };
  if (only === "object") return objectSchema(values.filter(isObject), depth);
  if (only !== "array") return { type: only };
  const items = values.flatMap((value) => (Array.isArray(value) ? value.slice(0, 50) : []));
  return items.length === 0 || depth >= DEPTH_MAX
    ? { type: "array" }
    : { type: "array", items: valueSchema(items, depth + 1) };
}

export const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
