import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { evidenceView } from "@/lib/decisions/evidence-view";
import type { Json } from "@/lib/kernel/json";

describe("evidenceView", () => {
  it("is null where nothing was sent", () => {
    for (const nothing of [null, {}, [], "text", 3] as Json[]) expect(evidenceView(nothing)).toBeNull();
  });

  it("reads sources of either form, and keeps what it does not know", () => {
    const view = evidenceView({
      reason: "The customer asked for it.",
      confidence: 0.82,
      sources: [
        "Ticket 4711",
        { title: "Fare rules", url: "https://fares.example/be", excerpt: "No refunds.", page: 3 },
      ],
      references: "https://crm.example/4711",
      alternatives: [{ option: "Offer a voucher", why: "Declined by the customer" }],
      proposedAction: { cancel: "4WQ150" },
      weather: "fine",
    });
    expect(view).toEqual({
      reason: "The customer asked for it.",
      confidence: 0.82,
      sources: [
        { text: "Ticket 4711", href: null, note: null, rest: null },
        { text: "Fare rules", href: "https://fares.example/be", note: "No refunds.", rest: { page: 3 } },
      ],
      references: [{ text: "https://crm.example/4711", href: "https://crm.example/4711", note: null, rest: null }],
      alternatives: [{ text: "Offer a voucher", href: null, note: "Declined by the customer", rest: null }],
      proposedAction: { cancel: "4WQ150" },
      more: { weather: "fine" },
    });
  });

  it("offers no link that could run or mislead, and shows the text instead", () => {
    const view = evidenceView({ sources: ["javascript:alert(1)", { title: "Click", url: "data:text/html,x" }] });
    expect(view?.sources).toEqual([
      { text: "javascript:alert(1)", href: null, note: null, rest: null },
      { text: "Click", href: null, note: null, rest: { url: "data:text/html,x" } },
    ]);
  });

  it("takes a confidence only between 0 and 1", () => {
    expect(evidenceView({ confidence: 40 })?.confidence).toBeNull();
    expect(evidenceView({ confidence: "high" })?.confidence).toBeNull();
    expect(evidenceView({ confidence: 0 })?.confidence).toBe(0);
  });

  it("never throws, and every link it offers is http or https", () => {
    const kinds = fc.constantFrom("sources", "references", "alternatives", "reason", "x");
    const text = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom("javascript:alert(1)", "data:text/html,x"));
    const value = fc
      .dictionary(kinds, fc.jsonValue({ stringUnit: "grapheme" }))
      .chain((one) => fc.record({ ...constants(one), sources: fc.array(text) }));
    const links = fc.sample(value, 300).flatMap((one) => {
      const view = evidenceView(JSON.parse(JSON.stringify(one)) as Json);
      return [...(view?.sources ?? []), ...(view?.references ?? []), ...(view?.alternatives ?? [])].flatMap(
        (item) => item.href ?? [],
      );
    });
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !/^https?:\/\//.test(link))).toEqual([]);
  });
});

const constants = (one: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(one).map(([key, value]) => [key, fc.constant(value)]));
