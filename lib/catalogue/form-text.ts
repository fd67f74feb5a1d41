import { isObject } from "@/lib/catalogue/infer-schema";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import type { Mapping } from "@/lib/rollbacks/mapping";

/** A JSON object as a person typed it; nothing typed is null. Errors: `invalid_input` at `field`, with the line where it breaks off. */
export function objectFromText(text: string, field: string): Result<JsonObject | null> {
  if (text.trim() === "") return ok(null);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    return fail("invalid_input", jsonFault(text, cause), field);
  }
  return isObject(value) ? ok(value) : fail("invalid_input", "A JSON Schema is an object: { … }", field);
}

/** How a rollback's arguments follow, as typed: nothing (null), all of them as they were, or an object with references. */
export function mappingFromText(text: string): Result<Mapping | null> {
  if (text.trim() === "") return ok(null);
  if (text.trim() === "$.args") return ok("$.args");
  const read = objectFromText(text, "rollbackArgs");
  return read.ok || !read.error.message.startsWith("A JSON Schema")
    ? read
    : fail("invalid_input", 'Write an object: {"name": "$.args.name"}', "rollbackArgs");
}

/** Why a text is no JSON, with the line where it breaks off. Engines word it in their own ways, most with a position. */
export function jsonFault(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : "";
  const position = /position (\d+)/.exec(message)?.[1];
  const line = /line (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `This is no JSON: line ${text.slice(0, Number(position)).split("\n").length}.`;
  if (line !== undefined) return `This is no JSON: line ${line}.`;
  return /end|unterminated/i.test(message) ? "This is no JSON: it ends too early." : "This is no JSON.";
}

/** Words between commas, spaces or lines, each once. */
export const wordsFromText = (text: string): string[] => [
  ...new Set(text.split(/[\s,]+/).filter((word) => word !== "")),
];
