import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { action, ids, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { JsonObject } from "@/lib/kernel/json";
import { compileCondition } from "@/lib/policies/cel/condition";
import { UNTYPED } from "@/lib/policies/cel/typing";
import { RULE_EFFECTS } from "@/lib/policies/schemas";

/** Every operator, function and macro of the language, around a hole. */
const OPERATORS = [
  "# == 1",
  "# != 1",
  "# < 1",
  "# <= 1",
  "# > 1",
  "# >= 1",
  "1 == #",
  "1 < #",
  "# + 1 == 2",
  "# - 1 == 2",
  "# * 2 == 2",
  "# / 2 == 1",
  "# % 2 == 1",
  "-# == 1",
  "!#",
  "# ? true : false",
  "true ? # : false",
  "true && #",
  "# && true",
  "false || #",
  "# || false",
  "# in [1, 2]",
  "1 in #",
  "#[0] == 1",
  '#["a"] == 1',
  "[1][#] == 1",
  "[#] == [1]",
  '{"a": #} == {"a": 1}',
  "size(#) == 1",
  "string(#) == 'a'",
  "int(#) == 1",
  "double(#) == 1.0",
  "bool(#)",
  "timestamp(#) < now",
  "duration(#) > duration('1s')",
  "#.startsWith('a')",
  "#.endsWith('a')",
  "#.contains('a')",
  "#.matches('a')",
  "'a'.startsWith(#)",
  "#.exists(x, x == 1)",
  "#.all(x, x == 1)",
  "#.exists_one(x, x == 1)",
  "#.map(x, x) == [1]",
  "#.filter(x, true) == [1]",
  "[1].exists(x, # == x)",
  "[1].all(x, # == x)",
  "[1].map(x, #) == [1]",
  "[1].filter(x, #) == [1]",
  "has(#.deeper)",
];

/** Everything that a request may leave out. */
const MISSING = [
  "args.gone",
  "args.gone.deeper",
  'args["gone"]',
  "args.list[7]",
  "args.text.gone",
  "args.nothing.gone",
  "resource.gone",
  "run.trigger.gone",
  "run.model",
  "run.instruction",
  "run.onBehalfOf.subject",
  "evidence.reason",
  "evidence.confidence",
  "evidence.sources",
  "evidence.proposedAction",
  'facts["crm.read_account"].gone',
  'facts["crm.read_account"][args.text].gone',
  "facts[args.text].gone",
];
const ARGS = { text: "t", list: [1], nothing: null, constructor: "c" };

const asked = request("mail.send", ARGS);
const snapshotOf = (effect: string, when: string, more: JsonObject[] = []) =>
  compileSnapshot(
    rows({
      actions: [
        action("mail.send"),
        action("crm.read_account", { kind: "read", fact: { key: "args.id", value: "result" } }),
      ],
      grants: [{ id: "g", agentId: ids.desk, pattern: "*", condition: null, expiresAt: null }],
      policies: [policyOf({ id: "r", match: { actions: ["mail.*"] }, effect, when }, ...more)],
    }),
  );

describe("a rule that errs", () => {
  const conditions = OPERATORS.flatMap((operator) => MISSING.map((missing) => operator.replaceAll("#", `${missing}`)));
  const erring = conditions.filter((when) => compileCondition(when, UNTYPED).ok);

  it("is met with every operator over every missing field", () => {
    expect(erring.length).toBeGreaterThan(600);
    const used = OPERATORS.filter((operator) =>
      erring.some((when) => MISSING.some((one) => operator.replaceAll("#", one) === when)),
    );
    expect(used.length).toBeGreaterThanOrEqual(OPERATORS.length - 1);
  });

  it.each(["deny", "escalate"])("never allows when its effect is %s", (effect) => {
    const allowed = erring.filter(
      (when) => decide(snapshotOf(effect, when), asked, NOTHING_USED, NOW).effect === "allow",
    );
    // `has` of something below what is missing is an error too: no condition of the table has a value.
    expect(allowed).toEqual([]);
  });

  it("is looked at afterwards when it reviews, and is no permission when it allows", () => {
    for (const when of erring) {
      const reviewed = decide(snapshotOf("review", when), asked, NOTHING_USED, NOW);
      expect([when, reviewed.effect === "allow" && reviewed.review === null]).toEqual([when, false]);
      const { checks } = decide(snapshotOf("allow", when), asked, NOTHING_USED, NOW);
      const rules = checks.find((check) => check.check === "policy")?.rules ?? [];
      expect([when, rules.map((rule) => rule.matched)]).toEqual([when, [false]]);
    }
  });

  it("weakens nothing that stands beside it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...erring), fc.constantFrom(...RULE_EFFECTS), (when, effect) => {
        const other = { id: "deny", match: { actions: ["mail.send"] }, effect: "deny" };
        expect(decide(snapshotOf(effect, when, [other]), asked, NOTHING_USED, NOW).effect).toBe("deny");
      }),
      { numRuns: 2_000 },
    );
  });

  it("carries no grant", () => {
    for (const condition of erring) {
      const grants = [{ id: "g", agentId: ids.desk, pattern: "mail.send", condition, expiresAt: null }];
      const snapshot = compileSnapshot(rows({ actions: [action("mail.send")], grants }));
      expect([condition, decide(snapshot, asked, NOTHING_USED, NOW).effect]).toEqual([condition, "deny"]);
    }
  });
});
