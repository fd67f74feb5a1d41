import type { Json, JsonObject } from "@/lib/kernel/json";
import type { EventSummary } from "@/lib/runs/timeline";

const PREVIEW = 240;
/** Where the gist of an event usually stands, by importance. */
const GIST = ["error", "message", "text", "content", "completion", "output", "result", "data", "prompt"];
const METADATA = new Set([
  "model",
  "temperature",
  "inputTokens",
  "outputTokens",
  "cachedTokens",
  "costUsd",
  "ok",
  "decisionId",
]);

/** One line of what an event carried. `head` is the start of a payload too large to read whole. Never throws. */
export function eventSummary(payload: Json, head: string | null): EventSummary {
  const fields: JsonObject = isObject(payload) ? payload : {};
  return {
    preview: head === null ? previewOf(payload) : line(head),
    model: typeof fields.model === "string" ? line(fields.model) : null,
    inputTokens: count(fields.inputTokens),
    outputTokens: count(fields.outputTokens),
    ok: typeof fields.ok === "boolean" ? fields.ok : null,
  };
}

function previewOf(payload: Json): string | null {
  if (!isObject(payload)) return payload === null ? null : line(plain(payload));
  for (const key of GIST) {
    const value = payload[key];
    if (value !== undefined && value !== null && value !== "") return line(plain(value));
  }
  const rest = Object.fromEntries(Object.entries(payload).filter(([key]) => !METADATA.has(key)));
  return Object.keys(rest).length === 0 ? null : line(JSON.stringify(rest));
}

/** A message says itself; a list of chat messages is told by its last one. */
function plain(value: Json): string {
  if (typeof value === "string") return value;
  const last = Array.isArray(value) ? value.at(-1) : value;
  if (isObject(last)) {
    for (const key of ["message", "content", "text"]) {
      const text = last[key];
      if (typeof text === "string" && text !== "") return text;
    }
  }
  return JSON.stringify(value);
}

function line(text: string): string {
  const flat = text
    .slice(0, 4 * PREVIEW)
    .replaceAll(/\s+/g, " ")
    .trim();
  return flat.length > PREVIEW ? `${flat.slice(0, PREVIEW - 1)}…` : flat;
}

const count = (value: Json | undefined): number | null => (typeof value === "number" && value >= 0 ? value : null);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
