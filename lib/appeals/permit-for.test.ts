import { describe, expect, it } from "vitest";

import { appealSubject } from "@/lib/appeals/appealable";
import { permitFor } from "@/lib/appeals/permit-for";
import { DECISION_CODES } from "@/lib/decisions/codes";
import { storedChecks } from "@/lib/decisions/stored-checks";
import type { Json } from "@/lib/kernel/json";

const STOP = { id: "stop", match: { actions: ["crm.*"] }, when: "args.amount > 10.0", effect: "deny" };
const AUDIT = { id: "audit", match: { actions: ["*"] }, effect: "deny" };
const spoke = (rule: string, more: object = {}) => ({
  policy: "p",
  version: 3,
  rule,
  effect: "deny",
  matched: true,
  ...more,
});
const trace = (rules: object[], others: object[] = []) =>
  storedChecks([
    { check: "identity", outcome: "pass" },
    { check: "tier", outcome: "pass" },
    ...others,
    { check: "policy", outcome: "deny", code: "policy_denied", rules },
    { check: "approval", outcome: "skip" },
  ] as Json);
const version = (number: number, ...rules: object[]) => ({ policy: "p", version: number, rules });
const ASKS = { id: "asks", match: { actions: ["*"] }, effect: "escalate" };
const NAMES = { ...ASKS, id: "names", to: ["Cara@example.com"] };
const SIGNS = { ...ASKS, id: "signs", ask: "reauthentication" };
const ALL = version(3, STOP, AUDIT, ASKS, NAMES, SIGNS);
const possible = (rules: object[], others: object[] = [], inForce = [ALL], giver = "ana@example.com") =>
  permitFor(trace(rules, others), [ALL], inForce, giver);

describe("when there can be a permit", () => {
  it("names every rule that denied, as it is", () => {
    const both = possible([spoke("stop"), spoke("audit"), spoke("quiet", { matched: false })]);
    expect(both).toEqual({
      ok: true,
      overrides: [expect.stringMatching(/^p\/stop@[0-9a-f]{12}$/), expect.stringMatching(/^p\/audit@[0-9a-f]{12}$/)],
    });
  });

  it("answers, too, what the giver may: a rule that asks whoever may decide, or them by name", () => {
    const asks = [spoke("stop"), spoke("asks", { effect: "escalate" })];
    expect(possible(asks)).toEqual({ ok: true, overrides: [expect.any(String), expect.stringMatching(/^p\/asks@/)] });
    const names = [spoke("stop"), spoke("names", { effect: "escalate" })];
    expect(possible(names, [], [ALL], "cara@example.com")).toMatchObject({ ok: true });
  });

  it("does not mind a newer version that has the rule unchanged, nor a reworded message", () => {
    expect(possible([spoke("stop")], [], [version(4, { ...STOP, message: "No." })])).toEqual(possible([spoke("stop")]));
  });

  it.each([
    ["other_checks", [spoke("stop")], [{ check: "authority", outcome: "deny" }]],
    ["other_checks", [spoke("stop")], [{ check: "reversibility", outcome: "escalate" }]],
    ["other_checks", [], []],
    ["rule_error", [spoke("stop"), spoke("audit", { error: "no such field" })], []],
    ["rule_asks", [spoke("stop"), spoke("names", { effect: "escalate" })], []],
    ["rule_asks", [spoke("stop"), spoke("signs", { effect: "escalate" })], []],
    ["rule_changed", [spoke("stop"), spoke("gone", { effect: "escalate" })], []],
    ["other_checks", [spoke("asks", { effect: "escalate" })], []],
    ["rule_changed", [spoke("gone")], []],
  ])("is none: %s", (fault, rules, others) => expect(possible(rules, others)).toEqual({ ok: false, fault }));

  it("is none once the rule was changed or its policy retired", () => {
    const changed = version(4, { ...STOP, when: "args.amount > 99.0" });
    expect(possible([spoke("stop")], [], [changed])).toEqual({ ok: false, fault: "rule_changed" });
    expect(possible([spoke("stop")], [], [])).toEqual({ ok: false, fault: "rule_changed" });
  });

  it("is none for a decision that no rule denied, or that cannot be read", () => {
    expect(permitFor(storedChecks([{ check: "policy", outcome: "pass" }]), [], [], "")).toMatchObject({ ok: false });
    expect(permitFor([], [], [], "")).toMatchObject({ ok: false });
  });
});

describe("what can be appealed", () => {
  it("is what somebody judged: a rule, a grant, a tier", () => {
    const subjects = Object.keys(DECISION_CODES).map((code) => [code, appealSubject(code)]);
    expect(Object.fromEntries(subjects.filter(([, subject]) => subject !== null))).toEqual({
      not_granted: "authority",
      tier_denies: "authority",
      missing_source: "policy",
      policy_denied: "policy",
      policy_conflict: "policy",
      policy_error: "policy",
    });
    expect(appealSubject("toString")).toBeNull();
  });
});
