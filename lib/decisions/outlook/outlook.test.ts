import { describe, expect, it } from "vitest";

import { outlookOf, type Outlook } from "@/lib/decisions/outlook/outlook";
import { action, grant, ids, minutesFromNow, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { SnapshotRows } from "@/lib/decisions/rows";
import type { Usage } from "@/lib/decisions/types";
import type { JsonObject } from "@/lib/kernel/json";

type More = Parameters<typeof request>[2];

const look = (
  world: Partial<SnapshotRows>,
  id: string,
  args: JsonObject = {},
  more: More = {},
  usage: Usage = NOTHING_USED,
) => outlookOf({ snapshot: compileSnapshot(rows(world)), request: request(id, args, more), usage, now: NOW });
const alone = (outlook: Outlook): string[] =>
  outlook.alone.map(({ changes, answer }) => `${changes.map((one) => one.words).join(" + ")} → ${answer}`);

const refund = action("crm.refund", {
  args: {
    type: "object",
    properties: {
      amount: { type: "number" },
      count: { type: "integer" },
      cabin: { type: "string" },
      urgent: { type: "boolean" },
      note: { type: "string" },
      to: { type: "array", items: { type: "string" } },
    },
  },
});
const denied = (when: string, more: object = {}) => ({
  actions: [refund],
  policies: [policyOf({ id: "limit", match: { actions: ["crm.refund"] }, when, effect: "deny", ...more })],
});
const under = (when: string, args: JsonObject): string[] => alone(look(denied(when), "crm.refund", args));
const RULE = "Without the rule p/limit → allow";

describe("what would have to change", () => {
  it.each<[string, JsonObject, string[]]>([
    ["args.amount > 1000.0", { amount: 1250 }, ["Amount at most 1,000 → allow"]],
    ["1000.0 < args.amount", { amount: 1250 }, ["Amount at most 1,000 → allow"]],
    ["args.count >= 5", { count: 7 }, ["Count less than 5 → allow"]],
    ["args.amount <= 2.5", { amount: 1 }, ["Amount more than 2.5 → allow"]],
    ["args.amount < 2.5", { amount: 1 }, ["Amount at least 2.5 → allow"]],
    ["args.count == 5", { count: 5 }, ["Count other than 5 → allow"]],
    ["args.count != 5", { count: 7 }, ["Count 5 → allow"]],
    ['args.cabin == "basic"', { cabin: "basic" }, ["Cabin other than “basic” → allow"]],
    ['args.cabin != "first"', { cabin: "basic" }, ["Cabin “first” → allow"]],
    ['args.cabin in ["basic", "light"]', { cabin: "light" }, ["Cabin other than “basic”, “light” → allow"]],
    ['!(args.cabin in ["first", "business"])', { cabin: "x" }, ["Cabin one of “first”, “business” → allow"]],
    ["args.count in [1, 2]", { count: 2 }, ["Count other than 1, 2 → allow"]],
    ['"all" in args.to', { to: ["all", "x"] }, ["To without “all” → allow"]],
    ['!("audit" in args.to)', { to: ["x"] }, ["To with “audit” → allow"]],
    ["size(args.to) > 2", { to: ["a", "b", "c"] }, ["To with at most 2 entries → allow"]],
    ["args.to.size() >= 2", { to: ["a", "b", "c"] }, ["To with at most 1 entry → allow"]],
    ["args.urgent", { urgent: true }, ["Urgent: no → allow"]],
    ["args.urgent == false", { urgent: false }, ["Urgent: yes → allow"]],
    ["has(args.note)", { note: "x" }, ["No note → allow"]],
    [
      "args.amount > 5.0 && args.urgent",
      { amount: 9, urgent: true },
      ["Amount at most 5 → allow", "Urgent: no → allow"],
    ],
    ["args.amount > 5.0 || args.urgent", { amount: 9, urgent: true }, []],
    ["args.amount > args.count", { amount: 9, count: 1 }, []],
  ])("%s", (when, args, expected) => expect(under(when, args)).toEqual([...expected, RULE]));

  it("names only what was tried: a change that another rule denies is not offered", () => {
    const rules = [
      { id: "most", match: { actions: ["crm.refund"] }, when: "args.amount > 1000.0", effect: "deny" },
      { id: "least", match: { actions: ["crm.refund"] }, when: "args.amount > 500.0", effect: "deny" },
    ];
    const outlook = look({ actions: [refund], policies: [policyOf(...rules)] }, "crm.refund", { amount: 1250 });
    expect(alone(outlook)).toEqual(["Amount at most 500 → allow"]);
  });

  it("names a grant, to every agent that lacks it", () => {
    expect(alone(look({}, "mail.send"))).toEqual(["A grant for mail.send to desk → allow"]);
    const junior = { run: { agentId: ids.junior } };
    expect(alone(look({}, "mail.send", {}, junior))).toEqual(["A grant for mail.send to desk → allow"]);
    const none = { grants: [grant(ids.desk, "crm.read_*")] };
    expect(alone(look(none, "mail.send", {}, junior))).toEqual(["A grant for mail.send to junior and to desk → allow"]);
  });

  it("names the arguments at which a conditional grant holds", () => {
    const grants = [grant(ids.desk, "crm.update_account", { condition: "args.amount < 10.0" })];
    const outlook = look({ grants }, "crm.update_account", { id: "a", amount: 50 });
    expect(alone(outlook)).toEqual(["Amount less than 10 → allow", "A grant for crm.update_account to desk → allow"]);
  });

  it("names the scope", () => {
    const outlook = look({}, "crm.update_account", { id: "a" }, { run: { scope: ["crm.read_*"] } });
    expect(alone(outlook)).toEqual(["The scope of the run includes crm.update_account → allow"]);
  });

  it("names the lowest tier that includes it, or who approves", () => {
    const agents = rows().agents.map((agent) => ({ ...agent, tier: "recommend" as const }));
    const draft = { agents, actions: [action("crm.x", { kind: "draft" })] };
    expect(alone(look(draft, "crm.x"))).toEqual(["Ana or Bob approves → allow", "Tier at least Prepare → allow"]);
    expect(alone(look({ agents }, "crm.update_account", { id: "a" }))).toEqual(["Tier at least Execute → allow"]);
  });

  it("says when a person would then be asked only", () => {
    const agents = rows().agents.map((agent) => ({ ...agent, tier: "prepare" as const }));
    expect(alone(look({ agents }, "crm.delete_account"))).toEqual(["Tier at least Execute → escalate"]);
  });

  it("names evidence and confidence", () => {
    const actions = [action("crm.x", { evidence: ["reason", "confidence"] })];
    expect(alone(look({ actions }, "crm.x"))).toEqual(["Evidence given: reason, confidence → allow"]);
    const unsure = look({}, "crm.update_account", { id: "a" }, { evidence: { confidence: 0.3 } });
    expect(alone(unsure)).toEqual(["Confidence of at least 0.6 → allow", "Ana or Bob approves → allow"]);
  });

  it("names the sign-in that a rule wants", () => {
    const world = denied("args.amount > 100.0", { effect: "escalate", ask: "reauthentication" });
    const run = { onBehalfOf: { subject: "customer 7", authenticatedAt: minutesFromNow(-60) } };
    expect(alone(look(world, "crm.refund", { amount: 200 }, { run }))).toEqual([
      "Amount at most 100 → allow",
      "customer 7 signs in again → allow",
      RULE,
    ]);
    expect(alone(look(world, "crm.refund", { amount: 200 }))).toContain(
      "Done for a person who has just signed in → allow",
    );
  });

  it("names the time to wait", () => {
    const configuration = { ...rows().configuration, settings: { rates: { run: "1/m" } } };
    const usage = { ...NOTHING_USED, rate: { runTatUs: (NOW.getTime() + 60_000) * 1_000, agent: null } };
    expect(alone(look({ configuration }, "crm.read_account", {}, {}, usage))).toEqual(["Asked 60 s later → allow"]);
  });

  it("puts together what is needed where nothing alone is enough, and nothing more", () => {
    const agents = rows().agents.map((agent) => ({ ...agent, tier: "prepare" as const }));
    const outlook = look({ ...denied("args.amount > 10.0"), agents }, "crm.refund", { amount: 50 });
    expect(outlook.alone).toEqual([]);
    expect(outlook.together).toEqual({
      answer: "allow",
      changes: [
        { kind: "argument", words: "Amount at most 10" },
        { kind: "tier", words: "Tier at least Execute" },
      ],
    });
  });

  it("needs both sides of an `or`", () => {
    const outlook = look(denied("args.amount > 5.0 || args.urgent", { effect: "deny" }), "crm.refund", {
      amount: 9,
      urgent: true,
    });
    expect(outlook.alone.map((one) => one.changes[0]?.kind)).toEqual(["rule"]);
  });

  it("says what has to come first where nobody can know what follows", () => {
    const policies = [
      policyOf({
        id: "gold",
        match: { actions: ["crm.update_account"] },
        when: 'facts["crm.read_account"][args.id].tier == "gold"',
        effect: "escalate",
      }),
    ];
    const outlook = look({ policies }, "crm.update_account", { id: "a" });
    expect(outlook).toMatchObject({
      answer: "deny",
      code: "missing_source",
      first: ["crm.read_account is read in this run"],
    });
    expect(look({}, "crm.update_account", { id: 5 }).first).toEqual(["The arguments fit what the action takes"]);
    expect(look({}, "crm.frobnicate").first).toEqual(["Somebody puts the action into the catalogue"]);
  });

  it("has nothing to say of what is allowed", () => {
    expect(look({}, "crm.update_account", { id: "a" })).toMatchObject({
      answer: "allow",
      alone: [],
      together: null,
      first: [],
    });
  });

  it("has nothing to say while everything is halted", () => {
    const configuration = { ...rows().configuration, killSwitch: true };
    expect(look({ configuration }, "crm.read_account")).toMatchObject({ answer: "deny", alone: [], together: null });
  });
});
