import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import type { AgentRow, SnapshotRows } from "@/lib/decisions/rows";
import { grant, ids, minutesFromNow, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { ApprovalClaim, Decision, RunStatus } from "@/lib/decisions/types";
import { questionOf } from "@/lib/policies/compile";
import { ruleSchema } from "@/lib/policies/schemas";

const stop = { id: "stop", match: { actions: ["crm.update_account"] }, when: "args.amount > 10.0", effect: "deny" };
const ARGS = { id: "a", amount: 50 };
const nameOf = (rule: object): string => questionOf("p", ruleSchema.parse(rule));
const under = (...rules: Parameters<typeof policyOf>): Partial<SnapshotRows> => ({ policies: [policyOf(...rules)] });
const asked = (claim?: ApprovalClaim, run: object = {}) =>
  request("crm.update_account", ARGS, claim ? { approval: claim, run } : { run });
const permit = (overrides: string[], change: Partial<ApprovalClaim> = {}): ApprovalClaim => ({
  id: "permit",
  runId: ids.run,
  agentId: ids.desk,
  action: "crm.update_account",
  argsHash: asked().argsHash,
  state: "approved",
  validUntil: minutesFromNow(60),
  redeemedAt: null,
  questions: [],
  overrides,
  ...change,
});
const decided = (organisation: Partial<SnapshotRows>, claim?: ApprovalClaim, run: object = {}): Decision =>
  decide(compileSnapshot(rows(organisation)), asked(claim, run), NOTHING_USED, NOW);

describe("a permit", () => {
  it("overrides exactly the deny that it names, is used up, and the trace says so", () => {
    expect(decided(under(stop))).toMatchObject({ effect: "deny", code: "policy_denied" });
    const decision = decided(under(stop), permit([nameOf(stop)]));
    expect(decision).toMatchObject({ effect: "allow", code: "approved", redeems: "permit" });
    expect(decision.checks.find((one) => one.check === "policy")).toMatchObject({
      outcome: "pass",
      message: "A permit overrides p/stop this once.",
      rules: [{ rule: "stop", matched: true, overridden: true }],
    });
  });

  it("overrides the deny of a contradiction, and the contradiction is still told", () => {
    const vip = { id: "vip", match: { actions: ["crm.*"] }, effect: "allow" };
    const decision = decided(under(vip, stop), permit([nameOf(stop)]));
    expect(decision).toMatchObject({ effect: "allow", conflict: { allows: ["p/vip"], denies: ["p/stop"] } });
  });

  it.each([
    ["a rule that was changed since", { ...stop, when: "args.amount > 20.0" }],
    ["a rule of another name", { ...stop, id: "another" }],
  ])("does not override %s", (_, rule) => {
    expect(decided(under(rule), permit([nameOf(stop)]))).toMatchObject({ effect: "deny", redeems: null });
  });

  it("does not override a second deny beside the first", () => {
    const second = { id: "second", match: { actions: ["*"] }, effect: "deny" };
    const decision = decided(under(stop, second), permit([nameOf(stop)]));
    expect(decision).toMatchObject({ effect: "deny", code: "policy_denied", redeems: null });
  });

  it("does not override a rule that can not be evaluated", () => {
    const errs = { ...stop, when: "args.gone > 10.0" };
    expect(decided(under(errs), permit([nameOf(errs)]))).toMatchObject({ effect: "deny", redeems: null });
  });

  it("answers no question but those of the rules that it names: what asks a person still asks, and it is kept", () => {
    const asks = { id: "asks", match: { actions: ["*"] }, effect: "escalate" };
    const decision = decided(under(stop, asks), permit([nameOf(stop)]));
    expect(decision).toMatchObject({ effect: "escalate", code: "policy_escalates", redeems: null });
    const both = [nameOf(stop), nameOf(asks)];
    expect(decided(under(stop, asks), permit(both, { questions: both }))).toMatchObject({ effect: "allow" });
    const changed = { ...asks, when: "args.amount > 1.0" };
    expect(decided(under(stop, changed), permit(both, { questions: both }))).toMatchObject({ effect: "escalate" });
  });

  it.each([
    ["approval_redeemed", { redeemedAt: NOW }],
    ["approval_mismatch", { runId: "another" }],
    ["approval_mismatch", { agentId: ids.junior }],
    ["approval_mismatch", { action: "crm.delete_account" }],
    ["approval_mismatch", { argsHash: "00" }],
    ["approval_lapsed", { validUntil: NOW }],
    ["approval_rejected", { state: "rejected" as const }],
  ])("I2: that does not hold (%s: %j) overrides nothing", (code, change) => {
    const decision = decided(under(stop), permit([nameOf(stop)], change));
    expect(decision).toMatchObject({ effect: "deny", redeems: null });
    expect(decision.checks.filter((one) => one.outcome === "deny").map((one) => one.code)).toEqual([
      "policy_denied",
      code,
    ]);
  });
});

const rule = fc.record({
  effect: fc.constantFrom("deny", "deny", "allow", "review", "escalate"),
  match: fc.record({ actions: fc.constantFrom("*", "crm.*", "crm.update_account", "mail.send").map((one) => [one]) }),
  when: fc.constantFrom("true", "false", "args.amount > 10.0", "args.amount > 90.0", "args.gone == 1"),
});
const status = fc.constantFrom<AgentRow["status"]>("active", "active", "active", "active", "suspended", "retired");
const world = fc.record({
  rules: fc
    .array(rule, { minLength: 1, maxLength: 4 })
    .map((all) => all.map((one, index) => ({ id: `r${index}`, ...one }))),
  named: fc.array(fc.nat(3), { maxLength: 4 }),
  killSwitch: fc.nat(9).map((one) => one === 0),
  suspended: fc.nat(9).map((one) => one === 0),
  status,
  tier: fc.constantFrom<AgentRow["tier"]>("execute", "execute", "execute", "escalate", "observe"),
  grants: fc.constantFrom(["crm.*"], ["crm.*"], ["*"], ["mail.*"]),
  retired: fc.nat(9).map((one) => (one === 0 ? NOW : null)),
  run: fc.constantFrom<RunStatus>("running", "running", "running", "halted"),
});

describe("laws of a permit", () => {
  it("never allows what another check denies, nor what any other rule denies", () => {
    let allowed = 0;
    fc.assert(
      fc.property(world, ({ rules, named, killSwitch, suspended, status: agentStatus, tier, grants, retired, run }) => {
        const organisation = (kept: typeof rules): Partial<SnapshotRows> => {
          const base = rows();
          return {
            configuration: { ...base.configuration, killSwitch },
            nodes: base.nodes.map((node) => (node.id === ids.support ? { ...node, suspended } : node)),
            agents: base.agents.map((agent) => ({ ...agent, status: agentStatus, tier })),
            grants: grants.map((pattern) => grant(ids.desk, pattern)),
            actions: base.actions.map((action) => ({ ...action, retiredAt: retired })),
            policies: [policyOf(...kept)],
          };
        };
        const overrides = named.flatMap((index) => (rules[index] ? [nameOf(rules[index])] : []));
        const decision = decided(organisation(rules), permit(overrides, { questions: overrides }), { status: run });
        const without = decided(organisation(rules), undefined, { status: run });
        // Every check but policy and the permit's own comes to the same with it as without it.
        for (const check of decision.checks) {
          if (check.check === "policy" || check.check === "approval" || check.answered) continue;
          expect(check).toEqual(without.checks.find((one) => one.check === check.check));
        }
        expect(decision.redeems).toBe(decision.effect === "allow" ? "permit" : null);
        if (decision.effect !== "allow") return;
        allowed += 1;
        const others = rules.filter((one) => one.effect !== "deny" || !overrides.includes(nameOf(one)));
        expect(decided(organisation(others), undefined, { status: run }).effect).not.toBe("deny");
      }),
      { numRuns: 10_000 },
    );
    expect(allowed).toBeGreaterThan(500);
  });
});
