import { describe, expect, it } from "vitest";

import { faultOf, isExpected, type Call } from "@/lib/cli/replay/expected";
import type { Played } from "@/lib/cli/replay/play";
import { ALL, measure, reportText } from "@/lib/cli/replay/report";

const isWrite = (name: string): boolean => name !== "look";

describe("what was expected", () => {
  const expected: Call[] = [
    { name: "look", args: { id: "A" } },
    { name: "pay", args: { id: "A", amount: 5, lines: [{ a: 1, b: 2 }] } },
  ];

  it("is met by the same name and arguments, in whatever order", () => {
    expect(isExpected({ name: "pay", args: { lines: [{ b: 2, a: 1 }], amount: 5, id: "A" } }, expected)).toBe(true);
    expect(isExpected({ name: "pay", args: { id: "A", amount: 5 } }, expected)).toBe(false);
    expect(isExpected({ name: "refund", args: { id: "A", amount: 5, lines: [{ a: 1, b: 2 }] } }, expected)).toBe(false);
  });

  it("says how a wrong call is wrong", () => {
    const other = { name: "pay", args: { id: "A", amount: 6, lines: [] } };
    expect(faultOf(other, expected, isWrite)).toEqual({ kind: "other_values", arguments: ["amount", "lines"] });
    expect(faultOf({ name: "pay", args: { id: "B" } }, expected, isWrite)).toEqual({ kind: "not_expected" });
    expect(faultOf({ name: "cancel", args: { id: "A" } }, expected, isWrite)).toEqual({ kind: "not_expected" });
    expect(faultOf(other, expected.slice(0, 1), isWrite)).toEqual({ kind: "nothing_expected" });
    expect(faultOf(other, [], isWrite)).toEqual({ kind: "nothing_expected" });
  });
});

describe("the report", () => {
  const call = (id: string, effect: Played["effect"], right: boolean): Played => ({
    action: "a.pay",
    effect,
    code: effect === "deny" ? "policy_denied" : effect,
    message: "",
    review: false,
    decisionId: id,
    line: Number(id),
    judged: right ? { right: true } : { right: false, fault: { kind: "other_values", arguments: ["amount"] } },
  });
  const writes = [
    call("1", "deny", false),
    call("2", "escalate", false),
    call("3", "allow", false),
    call("4", "refused", false),
    call("5", "allow", true),
    call("6", "escalate", true),
  ];

  it("counts what is stopped of the wrong and of the right", () => {
    const counted = { wrong: { made: 4, denied: 2, escalated: 1 }, right: { made: 2, denied: 0, escalated: 1 } };
    expect(measure(writes)).toEqual([
      { action: "a.pay", ...counted },
      { action: ALL, ...counted },
    ]);
  });

  it("names the rules, and what no rule saw", () => {
    const text = reportText(writes, new Map([["1", ["limits/much", "limits/late"]]]));
    expect(text).toContain("75.0 %");
    expect(text).toMatch(/1 {6}0 {2}limits\/much \(policy_denied\)/);
    expect(text).toMatch(/1 {6}1 {2}no rule \(escalate\)/);
    expect(text).toContain("Wrong writes that no rule stopped (1):");
    expect(text).toMatch(/other amount .* 3$/m);
    expect(reportText([], new Map())).toMatch(/^No write/);
  });
});
