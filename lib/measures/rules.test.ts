import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { changedRule } from "@/lib/measures/changed-rule";
import { causeOf } from "@/lib/measures/outcomes";
import { quantileMs, spanOf, SPANS, spanStartMs } from "@/lib/measures/spans";
import { suggestionFor, suggestionsFor, type RuleRecord } from "@/lib/measures/suggest";
import { looksUnread, NO_COUNTS, rowOf } from "@/lib/measures/tally";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { RULE_EFFECTS, ruleSchema } from "@/lib/policies/schemas";

const spansOf = (times: readonly number[]): Map<number, number> => {
  const spans = new Map<number, number>();
  for (const ms of times) spans.set(spanOf(ms), (spans.get(spanOf(ms)) ?? 0) + 1);
  return spans;
};

describe("spans of time", () => {
  it("hold every time between their beginning and the next one's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 86_400_000 }), (ms) => {
        const span = spanOf(ms);
        expect(span).toBeLessThan(SPANS);
        expect(spanStartMs(span)).toBeLessThanOrEqual(ms + 1e-6);
        if (span < SPANS - 1) expect(spanStartMs(span + 1)).toBeGreaterThan(ms - 1);
      }),
    );
  });

  it("tell a percentile to within a span of the exact one", () => {
    const times = fc.array(fc.integer({ min: 0, max: 20 * 86_400_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(times, fc.constantFrom(0.1, 0.5, 0.9, 1), (given, share) => {
        const sorted = given.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0;
        const told = quantileMs(spansOf(given), share) ?? -1;
        expect(told).toBeGreaterThanOrEqual(Math.floor(spanStartMs(spanOf(exact))));
        expect(told).toBeLessThanOrEqual(Math.ceil(Math.max(1_260, spanStartMs(spanOf(exact) + 1))));
      }),
    );
    expect(quantileMs(new Map(), 0.5)).toBeNull();
  });
});

describe("a tally", () => {
  const tally = { ...NO_COUNTS, waits: spansOf([60_000]), spent: spansOf([2_000]) };

  it("says nothing about quick approvals while few are timed", () => {
    expect(rowOf({ ...tally, approved: 9, timed: 9, quick: 9 }).quickShare).toBeNull();
    expect(rowOf({ ...tally, approved: 10, timed: 10, quick: 5 }).quickShare).toBe(0.5);
    expect(rowOf(tally).approvalRate).toBeNull();
  });

  it("marks approvals that look unread: nearly all approved, half of them at once", () => {
    const many = { ...tally, approved: 40, timed: 40, quick: 30 };
    expect(looksUnread(rowOf(many))).toBe(true);
    expect(looksUnread(rowOf({ ...many, quick: 10 }))).toBe(false);
    expect(looksUnread(rowOf({ ...many, rejected: 10 }))).toBe(false);
    expect(looksUnread(rowOf({ ...many, approved: 12, timed: 12, quick: 12 }))).toBe(false);
  });
});

const count = fc.nat(200);
const recordArb: fc.Arbitrary<RuleRecord> = fc
  .record({
    policy: fc.constantFrom("refunds", "mail"),
    rule: fc.constantFrom("a", "b", "c"),
    effect: fc.constantFrom(...RULE_EFFECTS),
    signIn: fc.boolean(),
    approved: count,
    rejected: fc.nat(30),
    expired: fc.nat(30),
    overturned: fc.nat(2),
    approvers: fc.nat(4),
    held: count,
    rolledBack: fc.nat(12),
    appealsGranted: fc.nat(8),
    appealsAnswered: fc.nat(12),
  })
  .map((record) => ({ ...record, appealsAnswered: record.appealsGranted + record.appealsAnswered }));

describe("suggestions", () => {
  it("relax a rule only where at least 30 were asked, 95 % of them approved by two people or more, none overturned", () => {
    fc.assert(
      fc.property(recordArb, (record) => {
        const relaxes = suggestionFor(record)?.kind === "relax";
        const asked = record.approved + record.rejected + record.expired;
        const may =
          record.effect === "escalate" &&
          !record.signIn &&
          asked >= 30 &&
          record.approved >= 0.95 * asked &&
          record.approvers >= 2 &&
          record.overturned === 0;
        expect(relaxes).toBe(may);
      }),
    );
  });

  it("never suggest what the rule does already, nor to leave out people altogether", () => {
    fc.assert(
      fc.property(recordArb, (record) => {
        const made = suggestionFor(record);
        if (!made) return;
        expect(made.to).not.toBe(record.effect);
        expect(made.to).not.toBe("allow");
        expect(made.count).toBeLessThanOrEqual(made.of);
      }),
    );
  });

  it("are not shaken by one more approval, rejection or rollback in their own direction", () => {
    fc.assert(
      fc.property(recordArb, (record) => {
        const kind = suggestionFor(record)?.kind;
        if (kind === "relax") expect(suggestionFor({ ...record, approved: record.approved + 1 })?.kind).toBe("relax");
        if (kind === "refuse") expect(suggestionFor({ ...record, rejected: record.rejected + 1 })?.kind).toBe("refuse");
        if (kind === "ask") expect(suggestionFor({ ...record, rolledBack: record.rolledBack + 1 })?.kind).toBe("ask");
      }),
    );
  });

  it("leave out what was put aside, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(recordArb, { maxLength: 12 }), (records) => {
        const all = suggestionsFor(records, () => false);
        const left = suggestionsFor(records, (kind, subject) => kind === "relax" && subject === "refunds/a");
        expect(left).toEqual(
          all.filter((one) => !(one.kind === "relax" && one.policy === "refunds" && one.rule === "a")),
        );
      }),
    );
  });
});

describe("a rule with another effect", () => {
  const full: DraftRule = {
    id: "large",
    match: { actions: ["refunds.*"], agents: ["desk"] },
    when: "args.amount > 100.0",
    effect: "escalate",
    to: ["ada@example.com"],
    quorum: 2,
    deadline: "2h",
    message: "Somebody looks at it.",
  };

  it.each(RULE_EFFECTS)("is a whole rule as %s, about the same", (effect) => {
    const changed = changedRule(full, effect);
    expect(ruleSchema.safeParse(changed).error).toBeUndefined();
    expect(changed).toMatchObject({ id: full.id, match: full.match, when: full.when, effect });
    expect(changedRule(full, "escalate")).toBe(full);
  });
});

it("reads why a person was asked", () => {
  expect(causeOf("refunds/large")).toEqual({ kind: "rule", policy: "refunds", rule: "large" });
  expect(causeOf("code:irreversible")).toEqual({ kind: "code", code: "irreversible" });
});
