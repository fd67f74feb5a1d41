import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DEFAULT_DECIDING } from "@/lib/tiers/approval-settings";
import { authorityDifferences, authoritySettings, type AuthoritySettings } from "@/lib/tiers/authority-settings";
import {
  CARE_EFFECTS,
  DEFAULT_REVERSIBILITY,
  DEFAULT_TIERS,
  IMPACTS,
  KINDS,
  REVERSIBILITIES,
  TIER_EFFECTS,
  TIERS,
} from "@/lib/tiers/matrices";
import { loosened, settingsEffect, type EffectAction, type EffectAgent } from "@/lib/tiers/settings-effect";
import { DEFAULT_SETTINGS, settingsFrom, settingsSchema } from "@/lib/tiers/settings";

const grid = <R extends string, C extends string, V>(
  rows: readonly R[],
  columns: readonly C[],
  cell: fc.Arbitrary<V>,
) =>
  fc
    .array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
      minLength: rows.length,
      maxLength: rows.length,
    })
    .map(
      (values) =>
        Object.fromEntries(
          rows.map((row, i) => [row, Object.fromEntries(columns.map((column, j) => [column, values[i]?.[j]]))]),
        ) as Record<R, Record<C, V>>,
    );

const minutes = fc.integer({ min: 1, max: 10_000 });
const anySettings: fc.Arbitrary<AuthoritySettings> = fc.record({
  tiers: grid(TIERS, KINDS, fc.constantFrom(...TIER_EFFECTS)),
  reversibility: grid(REVERSIBILITIES, IMPACTS, fc.constantFrom(...CARE_EFFECTS)),
  evidence: fc.record({
    confidenceFloor: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
    kinds: fc.subarray([...KINDS]),
  }),
  approvals: fc.record({
    deadlineMinutes: fc.record({ low: minutes, medium: minutes, high: minutes }),
    nextContactMinutes: fc.record({ low: minutes, medium: minutes, high: minutes }),
    validMinutes: minutes,
    undoSeconds: fc.integer({ min: 0, max: 60 }),
    minimumSeconds: fc.record({ high: fc.integer({ min: 0, max: 600 }) }),
    rejectReasons: fc.constantFrom(DEFAULT_DECIDING.rejectReasons, [], [{ id: "no", label: "No", text: "No." }]),
  }),
  reviewMinutes: minutes,
  rollbackMinutes: minutes,
  delegation: fc.record({ maxDepth: fc.integer({ min: 0, max: 64 }) }),
  autonomy: fc.constantFrom(DEFAULT_SETTINGS.autonomy, { ...DEFAULT_SETTINGS.autonomy, minRuns: 3 }),
  budgets: fc.constantFrom(DEFAULT_SETTINGS.budgets, {
    windDownAt: 0.5,
    estimates: { read: { usd: 0.01 }, execute: { tokens: 5 } },
  }),
});

describe("what is stored of settings", () => {
  it("is what differs, and gives the same settings back", () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const stored = authorityDifferences(settings);
        expect(settingsSchema.safeParse(stored).success).toBe(true);
        expect(authoritySettings(settingsFrom(stored).settings)).toEqual(settings);
      }),
    );
    expect(authorityDifferences(authoritySettings(DEFAULT_SETTINGS))).toEqual({});
    const one = { ...DEFAULT_TIERS, observe: { ...DEFAULT_TIERS.observe, draft: "allow" as const } };
    expect(authorityDifferences({ ...authoritySettings(DEFAULT_SETTINGS), tiers: one })).toEqual({
      tiers: { observe: { draft: "allow" } },
    });
  });
});

const action = (id: string, more: Partial<EffectAction> = {}): EffectAction => ({
  id,
  title: null,
  kind: "execute",
  reversibility: "irreversible",
  impact: "high",
  ...more,
});
const agent = (slug: string, tier: EffectAgent["tier"], ...patterns: string[]): EffectAgent => ({
  slug,
  name: slug,
  tier,
  patterns,
});

describe("the effect of new settings", () => {
  const actions = [
    action("crm.delete", { title: "Delete" }),
    action("crm.read", { kind: "read" }),
    action("mail.send"),
  ];
  const agents = [
    agent("a", "execute", "crm.*"),
    agent("b", "execute", "mail.send"),
    agent("c", "observe", "*"),
    agent("d", "execute", "other.*"),
  ];

  it("counts agents by what their grants name", () => {
    const bold = {
      ...DEFAULT_SETTINGS,
      reversibility: {
        ...DEFAULT_REVERSIBILITY,
        irreversible: { ...DEFAULT_REVERSIBILITY.irreversible, high: "allow" as const },
      },
      tiers: { ...DEFAULT_TIERS, observe: { ...DEFAULT_TIERS.observe, read: "escalate" as const } },
    };
    expect(settingsEffect(DEFAULT_SETTINGS, bold, actions, agents)).toEqual([
      {
        from: "escalate",
        to: "allow",
        looser: true,
        agents: 2,
        actions: 2,
        samples: [
          { agent: "a", slug: "a", action: "Delete" },
          { agent: "b", slug: "b", action: "mail.send" },
        ],
      },
      {
        from: "allow",
        to: "escalate",
        looser: false,
        agents: 1,
        actions: 1,
        samples: [{ agent: "c", slug: "c", action: "crm.read" }],
      },
    ]);
    expect(loosened(authoritySettings(DEFAULT_SETTINGS), authoritySettings(bold))).toEqual([
      "irreversible × high: escalate → allow",
    ]);
  });

  it("nothing changes by the same settings, and a change and its way back are looser one way only", () => {
    fc.assert(
      fc.property(anySettings, anySettings, (one, other) => {
        const a = { ...DEFAULT_SETTINGS, ...one };
        const b = { ...DEFAULT_SETTINGS, ...other };
        expect(settingsEffect(a, a, actions, agents)).toEqual([]);
        expect(loosened(one, one)).toEqual([]);
        const there = settingsEffect(a, b, actions, agents);
        const back = settingsEffect(b, a, actions, agents);
        const looser = (changes: typeof there, way: boolean) =>
          changes.filter((change) => change.looser === way).reduce((sum, change) => sum + change.agents, 0);
        expect(looser(there, true)).toBe(looser(back, false));
        if (there.some((change) => change.looser)) expect(loosened(one, other)).not.toEqual([]);
      }),
    );
  });
});
