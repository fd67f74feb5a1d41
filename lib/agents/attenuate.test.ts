import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { attenuate, intersectAuthority, withinAuthority, type HeldGrant, type Level } from "@/lib/agents/attenuate";
import { coversPattern, intersectPatterns, isActionPattern, matchesAction } from "@/lib/catalogue/match";

const CASES = { numRuns: 10_000 };
const NOW = 1_000;

const actionId = fc.constantFrom(
  "crm.read_account",
  "crm.read_note",
  "crm.update",
  "crm.delete",
  "mail.send",
  "mail.read_all",
  "db.x",
);
const pattern = fc.oneof(
  actionId,
  fc.constantFrom("*", "crm.*", "mail.*", "crm.read_*", "crm.r*", "mail.read*", "db.*", "crm.update*"),
);
const grant: fc.Arbitrary<HeldGrant> = fc.record({
  id: fc.uuid(),
  pattern,
  expiresAtMs: fc.option(fc.integer({ min: 0, max: 2_000 }), { freq: 2 }),
});
const level: fc.Arbitrary<Level> = fc.oneof(
  fc.record({ kind: fc.constant("agent" as const), agentId: fc.uuid(), grants: fc.array(grant, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant("scope" as const),
    runId: fc.uuid(),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  }),
);
const agentLevel = level.filter((one) => one.kind === "agent");
const always = (): boolean => true;
const until = (expiresAtMs: number): Level[] => [
  { kind: "agent", agentId: "a", grants: [{ id: "g", pattern: "*", expiresAtMs }] },
];
const granted = (levels: Level[], id: string, holds: (one: HeldGrant) => boolean = always): boolean =>
  attenuate(levels, id, NOW, holds).granted;

describe("patterns", () => {
  it("match everything, a system, a prefix or one action", () => {
    expect(matchesAction("*", "crm.read_account")).toBe(true);
    expect(matchesAction("crm.*", "crm.read_account")).toBe(true);
    expect(matchesAction("crm.*", "crmx.read_account")).toBe(false);
    expect(matchesAction("crm.read_*", "crm.read_account")).toBe(true);
    expect(matchesAction("crm.read_*", "crm.write_account")).toBe(false);
    expect(matchesAction("crm.read", "crm.read_account")).toBe(false);
  });

  it.each(["", "crm", "cr*m.x", "crm.*x", "**", "*.read", "crm.", ".x", "CRM.x", "crm.a b", `crm.${"a".repeat(200)}`])(
    "%j is no pattern",
    (text) => expect(isActionPattern(text)).toBe(false),
  );

  it("cover exactly what they match", () => {
    fc.assert(
      fc.property(pattern, pattern, actionId, (outer, inner, id) => {
        expect(!coversPattern(outer, inner) || !matchesAction(inner, id) || matchesAction(outer, id)).toBe(true);
        const both = intersectPatterns(outer, inner);
        expect(both !== null && matchesAction(both, id)).toBe(matchesAction(outer, id) && matchesAction(inner, id));
      }),
      CASES,
    );
  });
});

describe("attenuate", () => {
  it("I4: whatever is below or delegated never exceeds what is above it", () => {
    fc.assert(
      fc.property(
        fc.array(level, { maxLength: 4 }),
        fc.array(level, { minLength: 1, maxLength: 4 }),
        actionId,
        (below, above, id) => {
          // Scopes alone grant nothing: there must be somebody above to exceed.
          const somebody = above.some((one) => one.kind === "agent");
          expect(!somebody || !granted([...below, ...above], id) || granted(above, id)).toBe(true);
        },
      ),
      CASES,
    );
  });

  it("I4: adding a level anywhere never grants", () => {
    fc.assert(
      fc.property(
        fc.array(level, { maxLength: 5 }),
        agentLevel,
        level,
        fc.nat(5),
        actionId,
        (levels, own, more, at, id) => {
          const all = [own, ...levels];
          const place = 1 + (at % all.length);
          expect(!granted(all.toSpliced(place, 0, more), id) || granted(all, id)).toBe(true);
        },
      ),
      CASES,
    );
  });

  it("I5: removing a grant never grants", () => {
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        fc.nat(3),
        actionId,
        (levels, l, g, id) => {
          const fewer = levels.map((one, index) =>
            index === l % levels.length && one.kind === "agent"
              ? { ...one, grants: one.grants.filter((_, i) => i !== g) }
              : one,
          );
          expect(!granted(fewer, id) || granted(levels, id)).toBe(true);
        },
      ),
      CASES,
    );
  });

  it("I5: a grant whose condition does not hold counts for nothing", () => {
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 1, maxLength: 4 }),
        fc.func(fc.boolean()),
        actionId,
        (levels, holds, id) => {
          const stripped = levels.map((one) =>
            one.kind === "agent" ? { ...one, grants: one.grants.filter((held) => holds(held)) } : one,
          );
          expect(granted(levels, id, holds)).toBe(granted(stripped, id));
        },
      ),
      CASES,
    );
  });

  it("ends with the instant of expiry", () => {
    expect(granted(until(NOW + 1), "crm.delete")).toBe(true);
    expect(granted(until(NOW), "crm.delete")).toBe(false);
    const refused = attenuate(until(NOW), "crm.delete", NOW, always);
    expect(refused).toMatchObject({ granted: false, expired: [{ id: "g" }] });
  });

  it("grants nothing without an agent's own grant", () => {
    expect(granted([], "crm.delete")).toBe(false);
    expect(granted([{ kind: "scope", runId: "r", patterns: ["*"] }], "crm.delete")).toBe(false);
  });

  it("names the agent's own grants that carried it", () => {
    const own: Level = { kind: "agent", agentId: "a", grants: [{ id: "own", pattern: "crm.*", expiresAtMs: null }] };
    const above: Level = { kind: "agent", agentId: "b", grants: [{ id: "above", pattern: "*", expiresAtMs: null }] };
    expect(attenuate([own, above], "crm.delete", NOW, always)).toMatchObject({ granted: true, by: [{ id: "own" }] });
  });
});

describe("intersectAuthority", () => {
  it("I4: the patterns shown allow exactly what each set allows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(pattern, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        actionId,
        (sets, id) => {
          const shown = intersectAuthority(sets);
          const each = sets.every((set) => set.some((one) => matchesAction(one, id)));
          expect(shown.some((one) => matchesAction(one, id))).toBe(each);
        },
      ),
      CASES,
    );
  });

  it("leaves out what another pattern covers", () => {
    expect(intersectAuthority([["crm.*", "crm.read_*", "mail.send"]])).toEqual(["crm.*", "mail.send"]);
  });

  it("I4: a scope within an authority allows nothing more", () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 4 }),
        fc.array(pattern, { maxLength: 4 }),
        actionId,
        (outer, inner, id) => {
          const allows = (set: string[]): boolean => set.some((one) => matchesAction(one, id));
          expect(!withinAuthority(outer, inner) || !allows(inner) || allows(outer)).toBe(true);
        },
      ),
      CASES,
    );
  });
});

describe("a level by example", () => {
  const own: Level = { kind: "agent", agentId: "a", grants: [{ id: "g", pattern: "crm.*", expiresAtMs: null }] };
  const scope = (...patterns: string[]): Level => ({ kind: "scope", runId: "r", patterns });

  it("of scope lets through what any of its patterns names, and nothing else", () => {
    expect(attenuate([own, scope("mail.*", "crm.read_*")], "crm.read_note", NOW, always).granted).toBe(true);
    const stopped = scope("mail.*", "crm.read_*");
    expect(attenuate([own, stopped], "crm.delete", NOW, always)).toEqual({ granted: false, at: stopped, expired: [] });
  });

  it("alone, of scope, grants nothing", () => {
    expect(attenuate([scope("*")], "crm.delete", NOW, always)).toMatchObject({ granted: false, expired: [] });
  });

  it("of an agent names the grants that expired, and not those whose condition is false", () => {
    const late = { id: "late", pattern: "crm.*", expiresAtMs: NOW };
    const untrue = { id: "false", pattern: "crm.*", expiresAtMs: null };
    const at: Level = { kind: "agent", agentId: "a", grants: [late, untrue] };
    expect(attenuate([at], "crm.delete", NOW, () => false)).toEqual({ granted: false, at, expired: [late] });
  });

  it("that delegates covers every pattern of what lies within it", () => {
    expect(withinAuthority(["crm.*", "mail.send"], ["crm.read_*", "mail.send"])).toBe(true);
    expect(withinAuthority(["crm.*"], ["crm.read_*", "mail.send"])).toBe(false);
    expect(withinAuthority([], ["crm.*"])).toBe(false);
    expect(intersectAuthority([["crm.*", "mail.send"], ["crm.read_*"]])).toEqual(["crm.read_*"]);
  });
});
