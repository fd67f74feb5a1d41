import type { EvidenceItem, EvidenceView } from "@/lib/decisions/evidence-view";
import { boundJson, boundObject, type JsonBounds } from "@/lib/kernel/bound-json";
import type { JsonObject } from "@/lib/kernel/json";

const BOUNDS: JsonBounds = { text: 10_000, items: 100, total: 40_000 };

/** Evidence small enough to be fetched before anybody asks for it: an agent may send a mebibyte. What is cut says so. */
export function boundEvidence(evidence: EvidenceView): EvidenceView {
  return {
    ...evidence,
    reason: evidence.reason === null ? null : text(evidence.reason),
    sources: evidence.sources.map(item),
    references: evidence.references.map(item),
    alternatives: evidence.alternatives.map(item),
    proposedAction: boundJson(evidence.proposedAction, BOUNDS).value,
    more: evidence.more === null ? null : object(evidence.more),
  };
}

const item = (one: EvidenceItem): EvidenceItem => ({
  text: text(one.text, 2_000),
  href: one.href,
  note: one.note === null ? null : text(one.note, 2_000),
  rest: one.rest === null ? null : object(one.rest, 2_000),
});

const text = (value: string, longest = BOUNDS.text): string =>
  String(boundJson(value, { ...BOUNDS, text: longest }).value);

const object = (value: JsonObject, total = BOUNDS.total): JsonObject => boundObject(value, { ...BOUNDS, total }).value;
