import { describe, expect, it } from "vitest";

import type { PolicyRow } from "@/lib/decisions/rows";
import type { Json } from "@/lib/kernel/json";
import { UNTYPED } from "@/lib/policies/cel/typing";
import { bindRule, compileRules, indexRules, type CompiledRule, type RuleNames } from "@/lib/policies/compile";

const AGENTS: Readonly<Record<string, string>> = { desk: "agent-desk", clerk: "agent-clerk" };
const PEOPLE: Readonly<Record<string, string>> = { "ana@example.com": "person-ana", "bo@example.com": "person-bo" };
const names: RuleNames = {
  agentIdOf: (slug) => AGENTS[slug],
  agentsBelow: (slug) => (slug === "support" ? ["agent-desk", "agent-junior"] : []),
  nodeIdOf: (slug) => (slug === "support" ? "node-support" : undefined),
  personIdOf: (email) => PEOPLE[email],
};
const policy = (id: string, rules: Json[], version = 1): PolicyRow => ({ id, version, rules });
/** Who is asked after them: the word that manifests use. */
// oxlint-disable-next-line unicorn/no-thenable -- a list is never called
const followedBy = (...next: Json[]): { then: Json[] } => ({ then: next });
const MATCH = { actions: ["crm.*"] };
function compiled(more: Record<string, Json>, id = "it"): CompiledRule {
  const [rule] = compileRules([policy("p", [{ id, match: MATCH, effect: "escalate", ...more }])], names);
  if (!rule) throw new Error("no rule");
  return rule;
}

describe("a rule in force", () => {
  it("says what is left unsaid: one person of anybody, nobody next, no deadline of its own, what was done stands", () => {
    expect(compiled({})).toEqual({
      policy: "p",
      version: 1,
      rule: "it",
      effect: "escalate",
      patterns: ["crm.*"],
      agentIds: null,
      when: null,
      to: null,
      next: [],
      quorum: 1,
      excludeOwner: false,
      deadlineMs: null,
      signedInWithinMs: null,
      onLapse: "accept",
      message: null,
      question: expect.stringMatching(/^p\/it@[0-9a-f]{12}$/),
      broken: null,
    });
  });

  it("keeps what it says, with its names resolved", () => {
    const said = {
      to: ["ana@example.com", "role:reviewer@support"],
      ...followedBy({ to: ["rotation:first-line"], after: "5m" }, { to: ["bo@example.com"], after: "1h" }),
      quorum: 2,
      excludeOwner: true,
      deadline: "8h",
      when: "true",
      message: "Ask.",
    };
    expect(compiled(said)).toMatchObject({
      to: [{ person: "person-ana" }, { role: "reviewer", nodeId: "node-support" }],
      next: [
        { to: [{ rotation: "first-line" }], afterMs: 300_000 },
        { to: [{ person: "person-bo" }], afterMs: 3_600_000 },
      ],
      quorum: 2,
      excludeOwner: true,
      deadlineMs: 28_800_000,
      when: "true",
      message: "Ask.",
    });
    expect(compiled({ effect: "review", onLapse: "rollback", deadline: "2d" })).toMatchObject({
      onLapse: "rollback",
      deadlineMs: 172_800_000,
    });
    expect(compiled({ ask: "reauthentication" }).signedInWithinMs).toBe(300_000);
    expect(compiled({ ask: "reauthentication", maxAge: "30m" }).signedInWithinMs).toBe(1_800_000);
  });

  it("is about the agents that it names and those below its nodes; a name that is gone is about nobody", () => {
    const about = (more: Record<string, Json>) => {
      const { agentIds } = compiled({ match: { ...MATCH, ...more } });
      return agentIds && [...agentIds].toSorted();
    };
    expect(about({})).toBeNull();
    expect(about({ agents: ["clerk"] })).toEqual(["agent-clerk"]);
    expect(about({ nodes: ["support"] })).toEqual(["agent-desk", "agent-junior"]);
    expect(about({ agents: ["clerk", "gone"], nodes: ["support", "gone"] })).toEqual([
      "agent-clerk",
      "agent-desk",
      "agent-junior",
    ]);
    expect(about({ agents: ["gone"] })).toEqual([]);
    expect(about({ nodes: ["gone"] })).toEqual([]);
  });

  it("stands in the order of policies by name, and of rules within each, however they were stored", () => {
    const rule = (id: string): Json => ({ id, match: MATCH, effect: "deny" });
    const stored = [policy("m", [rule("2"), rule("1")]), policy("z", [rule("z")]), policy("a", [rule("a")])];
    const order = (rows: PolicyRow[]) => compileRules(rows, names).map((one) => `${one.policy}/${one.rule}`);
    const expected = ["a/a", "m/2", "m/1", "z/z"];
    for (const rows of [stored, stored.toReversed(), [...stored.slice(1), ...stored.slice(0, 1)]])
      expect(order(rows)).toEqual(expected);
  });
});

describe("a rule that cannot be read", () => {
  it("denies everything to everybody, asks nobody, and says why", () => {
    const [one] = compileRules([policy("p", [{ id: "it", match: { actions: [] }, effect: "deny" }], 3)], names);
    expect(one).toEqual({
      policy: "p",
      version: 3,
      rule: "unreadable",
      effect: "deny",
      patterns: ["*"],
      agentIds: null,
      when: null,
      to: null,
      next: [],
      quorum: 1,
      excludeOwner: false,
      deadlineMs: null,
      signedInWithinMs: null,
      onLapse: "accept",
      message: null,
      question: "p/unreadable",
      broken: "names no action",
    });
    // Not a list at all: one rule stands for all that could not be read.
    const none = compileRules([{ id: "q", version: 1, rules: "none" }], names);
    expect(none).toMatchObject([
      { policy: "q", rule: "unreadable", broken: expect.stringContaining("expected object") },
    ]);
    if (!one) throw new Error("no rule");
    expect(bindRule(one, "crm.read", () => UNTYPED).says({})).toEqual({
      kind: "error",
      message: "the stored rule can not be read: names no action",
      missingFact: false,
      missingFactOf: null,
    });
  });

  it("and one whose condition does not compile is an error each time, with its place", () => {
    const bound = bindRule(compiled({ when: "1 +" }), "crm.read", () => UNTYPED);
    for (let times = 0; times < 2; times += 1)
      expect(bound.says({})).toMatchObject({
        kind: "error",
        message: expect.stringMatching(/^line 1, column \d+: /),
        missingFact: false,
        missingFactOf: null,
      });
  });
});

describe("the name of a question", () => {
  const question = (more: Record<string, Json>) => compiled(more).question;
  const plain = question({});

  it("is the same for what only words or deadlines tell apart", () => {
    expect(question({ message: "Other words.", description: "And more.", deadline: "1h" })).toBe(plain);
  });

  it("is another one for whatever is asked, and of whom: each of them by itself", () => {
    const others: Record<string, Json>[] = [
      { match: { actions: ["crm.read"] } },
      { match: { ...MATCH, agents: ["desk"] } },
      { when: "true" },
      { effect: "deny" },
      { to: ["ana@example.com"] },
      { to: ["bo@example.com"] },
      { to: ["ana@example.com"], ...followedBy({ to: ["bo@example.com"], after: "1h" }) },
      { to: ["ana@example.com"], ...followedBy({ to: ["bo@example.com"], after: "2h" }) },
      { quorum: 2 },
      { quorum: 3 },
      { excludeOwner: true },
      { quorum: 2, excludeOwner: true },
    ];
    expect(new Set([plain, ...others.map(question)]).size).toBe(others.length + 1);
  });

  it("is what it was when approvals were stored under it: a release may not undo what waits", () => {
    // Changing one of these makes every approval that waits at the time ask again.
    expect([
      plain,
      question({ quorum: 2 }),
      question({ excludeOwner: true }),
      question({ to: ["ana@example.com"], ...followedBy({ to: ["bo@example.com"], after: "1h" }) }),
    ]).toMatchInlineSnapshot(`
      [
        "p/it@18a5aa5f468f",
        "p/it@da47bcfcc591",
        "p/it@3c9419161e36",
        "p/it@2eb0f732dc45",
      ]
    `);
  });
});

describe("the index by action", () => {
  it("holds each rule once under every action that one of its patterns reaches, in order", () => {
    const rules = [
      compiled({ match: { actions: ["crm.read", "crm.*", "*"] } }, "all"),
      compiled({ match: { actions: ["crm.read"] } }, "exact"),
      // Ends like a pattern's beginning, and names nothing that exists.
      compiled({ match: { actions: ["crm.re"] } }, "short"),
      compiled({ match: { actions: ["crm.re*", "mail.send"] } }, "prefix"),
    ];
    const index = indexRules(rules, ["crm.read", "crm.delete", "mail.send"]);
    expect(Object.fromEntries([...index].map(([id, list]) => [id, list.map((one) => one.rule)]))).toEqual({
      "crm.read": ["all", "exact", "prefix"],
      "crm.delete": ["all"],
      "mail.send": ["all", "prefix"],
    });
  });
});
