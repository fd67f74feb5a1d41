import { expect, it } from "vitest";

import { decisiveChecks, storedChecks } from "@/lib/decisions/stored-checks";

it("reads a trace, and leaves out what cannot be read", () => {
  const checks = storedChecks([
    { check: "identity", outcome: "pass", code: "allowed", message: "Active.", saw: { status: "active" } },
    "nonsense",
    {
      check: "policy",
      outcome: "escalate",
      code: "policy_escalates",
      message: "A rule asks.",
      saw: null,
      rules: [{ policy: "p", version: 2, rule: "r", effect: "escalate", matched: true }],
    },
    { check: "of-the-future", outcome: "defer" },
  ]);
  expect(checks.map((check) => [check.check, check.outcome, check.code])).toEqual([
    ["identity", "pass", "allowed"],
    ["policy", "escalate", "policy_escalates"],
    ["of-the-future", "defer", ""],
  ]);
  expect(checks[1]?.saw).toEqual({});
  expect(checks[1]?.rules).toEqual([
    { policy: "p", version: 2, rule: "r", effect: "escalate", matched: true, error: null },
  ]);
  expect(decisiveChecks(checks).map((check) => check.check)).toEqual(["policy"]);
  expect(storedChecks({ not: "a trace" })).toEqual([]);
});
