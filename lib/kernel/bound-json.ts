import type { Json, JsonObject } from "@/lib/kernel/json";

export interface JsonBounds {
  /** Characters of one text. */
  text: number;
  /** Entries of one list or object. */
  items: number;
  /** Characters of everything together, roughly. */
  total: number;
}

/**
 * A value small enough to be shown: long texts, long lists and everything after `total` are cut, each with a word about how much was
 * left out. `cut` says whether anything was. Total for any JSON that was parsed.
 */
export function boundJson(value: Json, bounds: JsonBounds): { value: Json; cut: boolean } {
  const state = { left: bounds.total, cut: false };
  return { value: bounded(value, bounds, state), cut: state.cut };
}

/** An object, as an object. */
export function boundObject(object: JsonObject, bounds: JsonBounds): { value: JsonObject; cut: boolean } {
  const { value, cut } = boundJson(object, bounds);
  const kept = typeof value === "object" && value !== null && !Array.isArray(value);
  return { value: kept ? value : {}, cut };
}

interface State {
  left: number;
  cut: boolean;
}

function bounded(value: Json, bounds: JsonBounds, state: State): Json {
  if (typeof value === "string") return boundedText(value, Math.min(bounds.text, Math.max(state.left, 0)), state);
  state.left -= 8;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const kept: Json[] = [];
    for (const one of value) {
      if (kept.length >= bounds.items || state.left <= 0) return ended(state, kept, value.length - kept.length);
      kept.push(bounded(one, bounds, state));
    }
    return kept;
  }
  const entries: [string, Json][] = [];
  const all = Object.entries(value);
  for (const [key, one] of all) {
    if (entries.length >= bounds.items || state.left <= 0) {
      state.cut = true;
      entries.push(["…", `${all.length - entries.length} more`]);
      break;
    }
    entries.push([boundedText(key, Math.min(200, bounds.text), state), bounded(one, bounds, state)]);
  }
  return Object.fromEntries(entries);
}

function ended(state: State, kept: Json[], more: number): Json[] {
  state.cut = true;
  return [...kept, `… ${more} more`];
}

function boundedText(text: string, longest: number, state: State): string {
  state.left -= Math.min(text.length, longest) + 2;
  if (text.length <= longest) return text;
  state.cut = true;
  return `${text.slice(0, longest)}… (${(text.length - longest).toLocaleString("en-GB")} characters more)`;
}
