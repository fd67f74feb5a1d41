import type { Json } from "@/lib/kernel/json";

/** Deeper values than any that a boundary lets in are not evaluated. */
const DEPTH_MAX = 128;

/**
 * A JSON value as CEL reads it; numbers stay doubles, as in CEL's own mapping of JSON. The library tells maps by their
 * `constructor`, so that an object with a key of that name would not count as one: such an object becomes a Map.
 * Everything else is passed on as it is. Throws a RangeError for what is too deep.
 */
export function toCel(value: Json, depth = 0): unknown {
  if (value === null || typeof value !== "object") return value;
  if (depth > DEPTH_MAX) throw new RangeError("the value is nested too deeply");
  if (Array.isArray(value)) return mapped(value, depth);
  if (Object.hasOwn(value, "constructor")) {
    return new Map(Object.entries(value).map(([key, one]) => [key, toCel(one, depth + 1)]));
  }
  let copy: { [key: string]: unknown } | null = null;
  for (const key of Object.keys(value)) {
    const own = value[key] ?? null;
    if (own === null || typeof own !== "object") continue;
    const converted = toCel(own, depth + 1);
    if (converted === own) continue;
    copy ??= Object.assign(Object.create(null) as { [key: string]: unknown }, value);
    copy[key] = converted;
  }
  return copy ?? value;
}

function mapped(list: Json[], depth: number): unknown[] {
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const own = list[index];
    if (own === null || typeof own !== "object") continue;
    const converted = toCel(own, depth + 1);
    if (converted === own) continue;
    copy ??= [...list];
    copy[index] = converted;
  }
  return copy ?? list;
}

/** What a CEL expression yielded, as JSON: for facts. Throws a TypeError for what JSON has no word for. */
export function fromCel(value: unknown, depth = 0): Json {
  if (depth > DEPTH_MAX) throw new RangeError("the value is nested too deeply");
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("not a JSON number");
      return value;
    case "bigint":
      return Number(value);
    case "object":
      break;
    default:
      throw new TypeError("not a JSON value");
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((one: unknown) => fromCel(one, depth + 1));
  if (value instanceof Date) return value.toISOString();
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, one]) => [String(key), fromCel(one, depth + 1)]));
}
