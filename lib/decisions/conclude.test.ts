import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { action, grant, ids, minutesFromNow, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { SnapshotRows } from "@/lib/decisions/rows";
import type { ApprovalClaim, Decision } from "@/lib/decisions/types";
import type { Json } from "@/lib/kernel/json";

type More = Parameters<typeof request>[2];
type World = Partial<SnapshotRows>;

const decided = (world: World, id: string, args = {}, more: More = {}): Decision =>
  decide(compileSnapshot(rows(world)), request(id, args, more), NOTHING_USED, NOW);
const under = (...rules: Json[]): Decision =>
  decided({ policies: [policyOf(...rules)] }, "crm.update_account", { id: "a", count: 3, amount: 9 });
const rule = (id: string, effect: string, more: object = {}) => ({
  id,
  match: { actions: ["crm.update_account"] },
  effect,
  ...more,
});
const ERRS = { when: "args.gone == 1" };
const outcomeOf = (decision: Decision, name: string) => decision.checks.find((check) => check.check === name)?.outcome;

describe("what a decision carries", () => {
  it("an allow: its grants, and nothing else", () => {
    expect(under()).toMatchObject({
      effect: "allow",
      escalation: null,
      review: null,
      redeems: null,
      grantIds: [`${ids.desk}:crm.*`],
      conflict: null,
      budget: { windDown: false, remaining: {} },
      reserves: null,
      overBudget: false,
      retryAfterMs: null,
    });
  });

  it("a deny asks nobody, promises no review, uses no grant, even where other checks ask or review", () => {
    const decision = under(rule("a", "escalate"), rule("b", "review"), rule("c", "deny"));
    expect(decision).toMatchObject({ effect: "deny", escalation: null, review: null, grantIds: [] });
    const tier = { agents: rows().agents.map((agent) => ({ ...agent, tier: "escalate" as const })) };
    const asking = decided({ ...tier, policies: [policyOf(rule("c", "deny"))] }, "crm.update_account", { id: "a" });
    expect(outcomeOf(asking, "tier")).toBe("escalate");
    expect(asking).toMatchObject({ effect: "deny", code: "policy_denied", escalation: null });
  });

  it("an escalation promises no review, even where a rule reviews", () => {
    const tier = { agents: rows().agents.map((agent) => ({ ...agent, tier: "escalate" as const })) };
    const decision = decided({ ...tier, policies: [policyOf(rule("b", "review"))] }, "crm.update_account", { id: "a" });
    expect(decision).toMatchObject({ effect: "escalate", review: null, grantIds: [] });
  });

  it("the shortest of the deadlines that its rules give people", () => {
    const decision = under(rule("a", "escalate", { deadline: "2h" }), rule("b", "escalate", { deadline: "30m" }));
    expect(decision.escalation?.deadline).toEqual(minutesFromNow(30));
    const default8h = under(rule("a", "escalate", { deadline: "9h" }), rule("b", "escalate"));
    expect(default8h.escalation?.deadline).toEqual(minutesFromNow(480));
  });

  it("the shortest time for the review: of the rules, else of the settings", () => {
    const both = under(rule("a", "review", { deadline: "2h" }), rule("b", "review", { deadline: "30m" }));
    expect(both.review?.deadline).toEqual(minutesFromNow(30));
    expect(under(rule("a", "review")).review?.deadline).toEqual(minutesFromNow(24 * 60));
    const configuration = { ...rows().configuration, settings: { reviewMinutes: 90 } };
    const reviewed = decided({ configuration, actions: [action("crm.x", { impact: "high" })] }, "crm.x");
    expect(reviewed.review?.deadline).toEqual(minutesFromNow(90));
  });

  it("the message of the rule that decides, also of a review", () => {
    expect(under(rule("a", "review", { message: "Looked at on Monday." })).message).toBe("Looked at on Monday.");
    expect(under(rule("a", "review")).message).toBe("Allowed. A person reviews it afterwards.");
    const silent = under(rule("a", "review", { message: "Looked at." }), rule("b", "deny"));
    expect(silent.message).toBe("A policy denies this.");
  });
});

describe("a conflict", () => {
  it.each<[string, Json[], Decision["conflict"]]>([
    ["an allow beside a deny", [rule("a", "allow"), rule("b", "deny")], { allows: ["p/a"], denies: ["p/b"] }],
    ["an allow alone", [rule("a", "allow")], null],
    ["a deny alone", [rule("b", "deny")], null],
    ["an allow that does not hold", [rule("a", "allow", { when: "false" }), rule("b", "deny")], null],
    ["an allow that errs", [rule("a", "allow", ERRS), rule("b", "deny")], null],
    ["a deny that errs", [rule("a", "allow"), rule("b", "deny", ERRS)], null],
    ["a review beside a deny", [rule("a", "review"), rule("b", "deny")], null],
  ])("%s", (_, rules, conflict) => expect(under(...rules).conflict).toEqual(conflict));
});

describe("how conditions see arguments", () => {
  // Integers have a remainder; without a schema a number is a double, which has none.
  const odd = "args.count % 2 == 1";

  it("by their schema where the rule names the action, untyped under a pattern", () => {
    expect(under(rule("a", "deny", { when: odd })).code).toBe("policy_denied");
    expect(under({ ...rule("a", "deny", { when: odd }), match: { actions: ["crm.*"] } }).code).toBe("policy_error");
    const wide = { ...rule("a", "deny", { when: "args.amount > 5.0" }), match: { actions: ["crm.*"] } };
    expect(under(wide).code).toBe("policy_denied");
    expect(
      under(wide, rule("b", "deny", { when: odd })).checks.find((one) => one.check === "policy")?.rules,
    ).toHaveLength(2);
  });

  it("the same for grants", () => {
    const held = (pattern: string, condition: string): string =>
      decided({ grants: [grant(ids.desk, pattern, { condition })] }, "crm.update_account", {
        id: "a",
        count: 3,
        amount: 9,
      }).effect;
    expect(held("crm.update_account", odd)).toBe("allow");
    expect(held("crm.*", odd)).toBe("deny");
    expect(held("crm.*", "args.amount > 5.0")).toBe("allow");
    expect(held("crm.*", "args.amount > 50.0")).toBe("deny");
  });

  it("untyped for an action that nobody has catalogued, and only where a pattern is about it", () => {
    const unknown = (actions: string[], when = "args.count > 2.0"): string =>
      decided({ policies: [policyOf({ id: "a", match: { actions }, when, effect: "deny" })] }, "crm.new", { count: 3 })
        .code;
    expect(unknown(["crm.*"])).toBe("policy_denied");
    expect(unknown(["crm.new"])).toBe("policy_denied");
    expect(unknown(["mail.*", "crm.*"])).toBe("policy_denied");
    expect(unknown(["mail.*"])).toBe("unclassified");
    expect(unknown(["crm.*"], "args.count > 5.0")).toBe("unclassified");
  });
});

describe("an approval", () => {
  const asked = request("crm.update_account", { id: "a" });
  const claim: ApprovalClaim = {
    id: "approval",
    runId: ids.run,
    agentId: ids.desk,
    action: "crm.update_account",
    argsHash: asked.argsHash,
    state: "approved",
    validUntil: minutesFromNow(60),
    redeemedAt: null,
    questions: ["tier:escalate:execute"],
  };
  const tier = { agents: rows().agents.map((agent) => ({ ...agent, tier: "escalate" as const })) };
  const redeem = (change: Partial<ApprovalClaim>, world: World = tier): Decision =>
    decide(compileSnapshot(rows(world)), { ...asked, approval: { ...claim, ...change } }, NOTHING_USED, NOW);

  it("answers in the trace only when it holds", () => {
    expect(redeem({}).checks.find((check) => check.check === "tier")).toMatchObject({
      outcome: "pass",
      answered: true,
    });
    const rejected = redeem({ state: "rejected" });
    expect(outcomeOf(rejected, "tier")).toBe("escalate");
    expect(rejected).toMatchObject({ code: "approval_rejected", redeems: null });
  });

  it("leaves what asks nothing as it is", () => {
    const passed = redeem({}).checks.filter((check) => check.check !== "tier");
    expect(passed.filter((check) => check.answered)).toEqual([]);
  });

  it("answers all questions or none", () => {
    const two = { ...tier, policies: [policyOf(rule("a", "escalate"))] };
    const decision = redeem({}, two);
    expect(decision).toMatchObject({ effect: "escalate", code: "tier_escalates", redeems: null });
    expect(outcomeOf(decision, "tier")).toBe("escalate");
  });
});
