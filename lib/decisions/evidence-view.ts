import type { Json, JsonObject } from "@/lib/kernel/json";
import { webLink } from "@/lib/kernel/web-link";

/** Evidence as a person reads it. All of it is the agent's word: show it as text, and offer `href` only as a marked outside link. */
export interface EvidenceView {
  reason: string | null;
  /** 0 to 1. */
  confidence: number | null;
  sources: EvidenceItem[];
  references: EvidenceItem[];
  alternatives: EvidenceItem[];
  proposedAction: Json;
  /** Kinds that this version has no place for. */
  more: JsonObject | null;
}

export interface EvidenceItem {
  text: string;
  /** http or https, checked. */
  href: string | null;
  /** What else was said about it in plain words: an excerpt, why an alternative was not chosen. */
  note: string | null;
  /** Whatever is left. */
  rest: JsonObject | null;
}

const MOST_ITEMS = 50;
const TITLES = ["title", "name", "label", "action", "option", "summary", "document", "system", "id", "url", "href"];
const NOTES = [
  "excerpt",
  "quote",
  "snippet",
  "note",
  "why",
  "reason",
  "rejectedBecause",
  "text",
  "content",
  "description",
];
const ADDRESSES = ["url", "href", "link", "uri"];

/** Reads stored evidence, whatever its shape; null when there is none. Never throws. */
export function evidenceView(stored: Json): EvidenceView | null {
  if (!isObject(stored) || Object.keys(stored).length === 0) return null;
  const { reason, confidence, sources, references, alternatives, proposedAction, ...more } = stored;
  return {
    reason: text(reason),
    confidence: typeof confidence === "number" && confidence >= 0 && confidence <= 1 ? confidence : null,
    sources: items(sources),
    references: items(references),
    alternatives: items(alternatives),
    proposedAction: proposedAction ?? null,
    more: Object.keys(more).length === 0 ? null : more,
  };
}

function items(value: Json | undefined): EvidenceItem[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).slice(0, MOST_ITEMS).map(item);
}

function item(value: Json): EvidenceItem {
  if (!isObject(value)) {
    const plain = typeof value === "string" ? value : JSON.stringify(value);
    return { text: plain, href: webLink(plain), note: null, rest: null };
  }
  const title = first(value, TITLES);
  const note = first(
    value,
    NOTES.filter((key) => key !== title?.key),
  );
  const address = first(value, ADDRESSES);
  const href = address ? webLink(address.text) : null;
  const used = new Set([title?.key, note?.key, href === null ? undefined : address?.key]);
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !used.has(key)));
  return {
    text: title?.text ?? note?.text ?? JSON.stringify(value),
    href,
    note: title ? (note?.text ?? null) : null,
    rest: Object.keys(rest).length === 0 || (!title && !note) ? null : rest,
  };
}

function first(value: JsonObject, keys: readonly string[]): { key: string; text: string } | null {
  for (const key of keys) {
    const found = text(value[key]);
    if (found !== null) return { key, text: found };
  }
  return null;
}

const text = (value: Json | undefined): string | null =>
  typeof value === "string" && value.trim() !== "" ? value : typeof value === "number" ? String(value) : null;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
