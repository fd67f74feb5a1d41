import { describe, expect, it } from "vitest";

import { matchesAction } from "@/lib/catalogue/match";
import { decide } from "@/lib/decisions/decide";
import { action, grant, ids, minutesFromNow, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Request, Usage } from "@/lib/decisions/types";
import { compileRules, indexRules, type RuleNames } from "@/lib/policies/compile";
import { ruleFaults, type RuleWorld } from "@/lib/policies/rule-faults";
import { ruleSchema, rulesSchema } from "@/lib/policies/schemas";
import type { Json, JsonObject } from "@/lib/kernel/json";

const ACTIONS = [
  action("shop.refund", {
    args: { type: "object", properties: { amount: { type: "number" }, recordCount: { type: "integer" } } },
  }),
  action("email.send", { dataClasses: ["pii"] }),
  action("airline.get_reservation_details", { kind: "read", fact: { key: "args.reservation_id", value: "result" } }),
  action("airline.cancel_reservation", {
    args: { type: "object", properties: { reservation_id: { type: "string" } } },
    reversibility: "irreversible",
    impact: "high",
  }),
];

/** The names of the rules that hold for a request. */
function holding(
  when: string,
  id: string,
  args: JsonObject,
  more: Parameters<typeof request>[2] = {},
  usage: Usage = NOTHING_USED,
): boolean {
  const rule = { id: "it", match: { actions: [id] }, when, effect: "escalate" };
  const snapshot = compileSnapshot(
    rows({ actions: ACTIONS, grants: [grant(ids.desk, "*")], policies: [policyOf(rule)] }),
  );
  const check = decide(snapshot, request(id, args, more), usage, NOW).checks.find((one) => one.check === "policy");
  const [trace] = check?.rules ?? [];
  expect(trace?.error).toBeUndefined();
  return trace?.matched ?? false;
}
const onBehalf = (minutes: number): Parameters<typeof request>[2] => ({
  run: { onBehalfOf: { subject: "customer", authenticatedAt: minutesFromNow(minutes) } },
});
const facts = (cabin: string): Partial<Request["run"]> => ({
  facts: { "airline.get_reservation_details": { NO6JO3: { cabin } } },
});

describe("what conditions read", () => {
  it("how long ago the person was authenticated", () => {
    const rule = 'args.amount > 1000.0 && now - run.onBehalfOf.authenticatedAt > duration("5m")';
    expect(holding(rule, "shop.refund", { amount: 2_000 }, onBehalf(-6))).toBe(true);
    expect(holding(rule, "shop.refund", { amount: 2_000 }, onBehalf(-4))).toBe(false);
    expect(holding(rule, "shop.refund", { amount: 500 }, onBehalf(-60))).toBe(false);
  });

  it("arguments by the types of their schema", () => {
    expect(holding("args.recordCount > 100", "shop.refund", { recordCount: 101 })).toBe(true);
    expect(holding("args.recordCount == 101 && args.recordCount % 2 == 1", "shop.refund", { recordCount: 101 })).toBe(
      true,
    );
  });

  it("what the run has touched", () => {
    const rule = '"pii" in run.dataClasses && action.id.startsWith("email.")';
    expect(holding(rule, "email.send", {}, { run: { dataClasses: ["pii"] } })).toBe(true);
    expect(holding(rule, "email.send", {})).toBe(false);
  });

  it("facts of earlier results", () => {
    const rule = 'facts["airline.get_reservation_details"][args.reservation_id].cabin == "basic_economy"';
    const ask = (cabin: string) =>
      holding(rule, "airline.cancel_reservation", { reservation_id: "NO6JO3" }, { run: facts(cabin) });
    expect(ask("basic_economy")).toBe(true);
    expect(ask("business")).toBe(false);
  });

  it("whether a fact has been read at all", () => {
    const rule = '!(args.reservation_id in facts["airline.get_reservation_details"])';
    expect(holding(rule, "airline.cancel_reservation", { reservation_id: "NO6JO3" })).toBe(true);
    expect(holding(rule, "airline.cancel_reservation", { reservation_id: "NO6JO3" }, { run: facts("x") })).toBe(false);
  });

  it.each([
    'agent.slug == "desk" && agent.tier == "execute" && agent.version == 1',
    'action.system == "shop" && action.kind == "execute" && action.reversibility == "reversible" && action.impact == "low"',
    "action.dataClasses == []",
    'run.mode == "live" && run.depth == 0 && now - run.startedAt == duration("5m")',
    'run.trigger.kind == "manual" && !has(run.onBehalfOf) && !has(run.model)',
    "usage.run.decisions == 3 && usage.run.costUsd == 1.5",
    'evidence.confidence >= 0.5 && evidence.reason == "asked" && size(evidence.sources) == 1 && !has(evidence.alternatives)',
    'resource.type == "account"',
  ])("%s", (rule) => {
    const usage: Usage = { run: { ...NOTHING_USED.run, decisions: 3, costMicroUsd: 1_500_000n } };
    const more = {
      evidence: { confidence: 0.5, reason: "asked", sources: ["ticket 5"] },
      resource: { type: "account" },
    };
    expect(holding(rule, "shop.refund", {}, more, usage)).toBe(true);
  });
});

const NAMES: RuleNames = {
  agentIdOf: (slug) => `id:${slug}`,
  agentsBelow: (slug) => [`below:${slug}`],
  nodeIdOf: (slug) => `node:${slug}`,
  personIdOf: (email) => `person:${email}`,
};
const rule = (id: string, actions: string[], more: object = {}) => ({
  id,
  match: { actions },
  effect: "deny",
  ...more,
});

describe("rules in force", () => {
  it("come in the order of policies, then of rules", () => {
    const compiled = compileRules(
      [
        { id: "z", version: 2, rules: [rule("a", ["*"])] },
        { id: "b", version: 5, rules: [rule("y", ["*"]), rule("x", ["*"])] },
      ],
      NAMES,
    );
    expect(compiled.map((one) => `${one.policy}/${one.rule}@${one.version}`)).toEqual(["b/y@5", "b/x@5", "z/a@2"]);
  });

  it("are found by action: each once, however many of its patterns match", () => {
    const compiled = compileRules(
      [
        {
          id: "p",
          version: 1,
          rules: [rule("all", ["*"]), rule("crm", ["crm.*", "crm.x"]), rule("x", ["crm.x", "gone.y"])],
        },
      ],
      NAMES,
    );
    const index = indexRules(compiled, ["crm.x", "crm.z", "mail.a"]);
    const found = (id: string) => index.get(id)?.map((one) => one.rule);
    expect(found("crm.x")).toEqual(["all", "crm", "x"]);
    expect(found("crm.z")).toEqual(["all", "crm"]);
    expect(found("mail.a")).toEqual(["all"]);
  });

  it("name people and agents by id", () => {
    const [one] = compileRules(
      [
        {
          id: "p",
          version: 1,
          rules: [
            {
              ...rule("a", ["*"], { effect: "escalate", to: ["Ana@example.com"], deadline: "2h" }),
              match: { actions: ["*"], agents: ["desk"], nodes: ["support"] },
            },
          ],
        },
      ],
      NAMES,
    );
    expect(one).toMatchObject({ to: [{ person: "person:ana@example.com" }], deadlineMs: 7_200_000 });
    expect(one?.agentIds).toEqual(new Set(["id:desk", "below:support"]));
  });
});

const fault = (value: Json): string | undefined => ruleSchema.safeParse(value).error?.issues[0]?.path.join(".");

describe("a rule as written", () => {
  it.each<[string, object, string]>([
    ["an unknown field", { unless: "true" }, ""],
    ["an unknown effect", { effect: "forbid" }, "effect"],
    ["people to ask of a deny", { to: ["ana@example.com"] }, "to"],
    ["a deadline of a deny", { deadline: "5m" }, "deadline"],
    ["a deadline that is none", { effect: "escalate", deadline: "soon" }, "deadline"],
    ["a deadline too far away", { effect: "escalate", deadline: "400d" }, "deadline"],
    ["an address that is none", { effect: "escalate", to: ["ana"] }, "to.0"],
    ["an action twice", { match: { actions: ["crm.x", "crm.x"] } }, "match.actions"],
    ["a pattern that is none", { match: { actions: ["crm"] } }, "match.actions.0"],
    ["no actions", { match: { actions: [] } }, "match.actions"],
  ])("is refused for %s", (_, more, path) => {
    expect(fault({ ...rule("a", ["crm.x"]), ...more } as Json)).toBe(path);
  });

  it("has an id of its own", () => {
    expect(rulesSchema.safeParse([rule("a", ["*"]), rule("a", ["*"])]).error?.issues[0]?.path).toEqual([1, "id"]);
  });
});

describe("what a rule names", () => {
  const world: RuleWorld = {
    argsOf: (id) => ACTIONS.find((one) => one.id === id)?.args,
    argsMatching: (pattern) => ACTIONS.flatMap((one) => (matchesAction(pattern, one.id) ? [one.args] : [])),
    hasAgent: (slug) => slug === "desk",
    hasNode: (slug) => slug === "support",
    hasPerson: (email) => email === "ana@example.com",
    hasRotation: () => false,
    hasRollback: (pattern) => pattern !== "shop.refund",
    reach: () => null,
  };
  const first = (more: object) => ruleFaults(ruleSchema.parse({ ...rule("a", ["shop.refund"]), ...more }), world)[0];

  it("must exist", () => {
    expect(first({ match: { actions: ["shop.refund"], agents: ["desk"], nodes: ["support"] } })).toBeUndefined();
    expect(first({ match: { actions: ["shop.refund"], agents: ["dsek"] } })?.path).toEqual(["match", "agents", 0]);
    expect(first({ match: { actions: ["shop.refund"], nodes: ["sup"] } })?.path).toEqual(["match", "nodes", 0]);
    expect(first({ effect: "escalate", to: ["eve@example.com"] })?.path).toEqual(["to", 0]);
    expect(first({ effect: "review", onLapse: "rollback" })?.path).toEqual(["match", "actions", 0]);
    expect(first({ effect: "review", onLapse: "escalate" })).toBeUndefined();
  });

  it("a condition fits the arguments of its action, and reads facts of actions that there are", () => {
    expect(first({ when: "args.amount > 5.0" })).toBeUndefined();
    expect(first({ when: "args.amuont > 5.0" })?.message).toContain("character 6");
    expect(first({ when: 'facts["airline.get_reservation_details"]["x"].y == 1' })).toBeUndefined();
    expect(first({ when: 'true ||\n facts["airline.get_reservation"]["x"].y == 1' })).toEqual({
      path: ["when"],
      message: "there is no action airline.get_reservation (line 2, character 2 of the condition)",
      condition: { line: 2, column: 2, message: "there is no action airline.get_reservation" },
    });
  });
});
