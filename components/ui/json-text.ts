export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Pretty-printed JSON; what JSON has no word for becomes null. */
export function jsonText(value: Json): string {
  return JSON.stringify(value, null, 2) ?? "null";
}

/** One line about a value: a scalar as it is, or how much a container holds. */
export function jsonSummary(value: Json): string {
  if (Array.isArray(value)) return value.length === 1 ? "1 item" : `${value.length} items`;
  if (value !== null && typeof value === "object") {
    const count = Object.keys(value).length;
    return count === 1 ? "1 field" : `${count} fields`;
  }
  return JSON.stringify(value);
}

/** The entries of a container in order; empty for a scalar. */
export function jsonEntries(value: Json): [string, Json][] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).map(([key, child]) => [key, child ?? null]);
}
