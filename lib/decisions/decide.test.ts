import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import {
  action,
  grant,
  ids,
  minutesFromNow,
  node,
  NOTHING_USED,
  NOW,
  policyOf,
  request,
  rows,
} from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { SnapshotRows } from "@/lib/decisions/rows";
import { CHECKS, type CheckName, type DelegatingRun } from "@/lib/decisions/types";

type Asked = Parameters<typeof request>;

const decided = (more: Partial<SnapshotRows>, ...asked: Asked) =>
  decide(compileSnapshot(rows(more)), request(...asked), NOTHING_USED, NOW);
const check = (decision: ReturnType<typeof decide>, name: CheckName) =>
  decision.checks.find((one) => one.check === name);
const configuration = (more: Partial<SnapshotRows["configuration"]>) => ({
  configuration: { ...rows().configuration, ...more },
});
const withAgent = (more: Partial<SnapshotRows["agents"][number]>) => ({
  agents: rows().agents.map((agent) => (agent.id === ids.desk ? { ...agent, ...more } : agent)),
});

describe("decide", () => {
  it("allows what nothing speaks against, and keeps every check", () => {
    const decision = decided({}, "crm.update_account", { id: "a", amount: 1 });
    expect(decision).toMatchObject({
      effect: "allow",
      code: "allowed",
      message: "Allowed.",
      grantIds: [`${ids.desk}:crm.*`],
    });
    expect(decision.checks.map((one) => one.check)).toEqual([...CHECKS]);
  });

  it("keeps every check also when the first denies", () => {
    const decision = decided({ ...configuration({ killSwitch: true }) }, "mail.send");
    expect(decision.code).toBe("everything_halted");
    expect(check(decision, "authority")).toMatchObject({ outcome: "deny", code: "not_granted" });
  });

  it("does not change what it is given", () => {
    const asked = request("crm.update_account", { id: "a", tags: ["x"] });
    const before = structuredClone(asked);
    decide(compileSnapshot(rows()), asked, NOTHING_USED, NOW);
    expect(asked).toEqual(before);
  });
});

describe("identity", () => {
  it("I9: the kill switch denies everything", () => {
    expect(decided(configuration({ killSwitch: true, killSwitchReason: "drill" }), "crm.read_account").code).toBe(
      "everything_halted",
    );
  });

  it("denies everything while the stored settings do not parse", () => {
    expect(decided(configuration({ settings: { tiers: "all" } }), "crm.read_account").code).toBe("everything_halted");
  });

  it.each([ids.desk, ids.support, ids.root])("I9: a suspended subtree denies all agents in it (%s)", (id) => {
    const nodes = rows().nodes.map((one) => (one.id === id ? { ...one, suspended: true } : one));
    expect(decided({ nodes }, "crm.read_account")).toMatchObject({ effect: "deny", code: "subtree_suspended" });
  });

  it("I9: a suspended or retired agent is denied", () => {
    expect(decided(withAgent({ status: "suspended" }), "crm.read_account").code).toBe("agent_suspended");
    expect(decided(withAgent({ status: "retired" }), "crm.read_account").code).toBe("agent_retired");
    expect(decided({ agents: [] }, "crm.read_account").code).toBe("agent_unknown");
  });

  it.each([
    ["credential_revoked", { credentialRevoked: true }],
    ["token_revoked", { tokenRevoked: true }],
    ["token_expired", { tokenExpiresAt: NOW }],
    ["run_lease_lost", { leaseUntil: NOW }],
    ["run_ended", { status: "succeeded" as const }],
  ])("denies with %s", (code, run) => {
    expect(decided({}, "crm.read_account", {}, { run })).toMatchObject({ effect: "deny", code });
  });

  const parent: DelegatingRun = {
    runId: "parent",
    agentId: ids.desk,
    scope: [],
    status: "running",
    tokenRevoked: false,
    onBehalfOf: null,
  };
  const delegated = (more: Partial<DelegatingRun>, rest: Partial<SnapshotRows> = {}) =>
    decided(
      rest,
      "crm.read_account",
      {},
      { run: { agentId: ids.junior, depth: 1, parents: [{ ...parent, ...more }] } },
    );

  it("ends a delegated run with what delegated to it", () => {
    expect(delegated({}).effect).toBe("allow");
    expect(delegated({ status: "succeeded" }).effect).toBe("allow");
    expect(delegated({ status: "halted" }).code).toBe("delegation_ended");
    expect(delegated({ tokenRevoked: true }).code).toBe("delegation_ended");
    expect(delegated({}, withAgent({ status: "suspended" })).code).toBe("delegation_ended");
    expect(delegated({}, configuration({ settings: { delegation: { maxDepth: 0 } } })).code).toBe("delegation_ended");
  });
});

describe("catalogue", () => {
  it("escalates what nobody has classified to the agent's owner", () => {
    const decision = decided({}, "crm.frobnicate");
    expect(decision).toMatchObject({ effect: "escalate", code: "unclassified" });
    expect(decision.escalation).toMatchObject({ approverIds: [ids.ana], risk: "high", code: "unclassified" });
  });

  it("names the path of an argument that does not fit", () => {
    const decision = decided({}, "crm.update_account", { id: "a", tags: ["x", 5] });
    expect(decision).toMatchObject({ effect: "deny", code: "args_invalid" });
    expect(decision.message).toContain("/tags/1");
  });

  it("denies a retired action, and one whose schema does not compile", () => {
    expect(decided({ actions: [action("crm.x", { retiredAt: NOW })] }, "crm.x").code).toBe("action_retired");
    expect(decided({ actions: [action("crm.x", { args: { type: "nonsense" } })] }, "crm.x").code).toBe("args_invalid");
  });
});

describe("authority", () => {
  it("I4: an agent has at most what the agents above it have", () => {
    const junior = { run: { agentId: ids.junior } };
    expect(decided({}, "crm.read_account", {}, junior).effect).toBe("allow");
    expect(decided({}, "mail.send", {}, junior)).toMatchObject({ effect: "deny", code: "not_granted" });
  });

  it("I4: a run has at most its scope, and what the run that delegated to it has", () => {
    expect(decided({}, "crm.update_account", { id: "a" }, { run: { scope: ["crm.read_*"] } }).code).toBe("not_granted");
    const mailer = "00000000-0000-7000-8000-00000000000c";
    const more = {
      nodes: [...rows().nodes, node(mailer, ids.support, "agent", "mailer")],
      agents: [
        ...rows().agents,
        { id: mailer, ownerId: ids.ana, status: "active" as const, tier: "execute" as const, version: 1 },
      ],
      grants: [...rows().grants, grant(mailer, "mail.*"), grant(mailer, "crm.read_*")],
    };
    const by = (scope: string[]) => ({
      run: {
        agentId: mailer,
        parents: [
          { runId: "p", agentId: ids.desk, scope, status: "running" as const, tokenRevoked: false, onBehalfOf: null },
        ],
      },
    });
    expect(decided(more, "mail.send", {}, { run: { agentId: mailer } }).effect).toBe("allow");
    expect(decided(more, "mail.send", {}, by([])).code).toBe("not_granted");
    expect(decided(more, "crm.read_account", {}, by([])).effect).toBe("allow");
    expect(decided(more, "crm.read_account", {}, by(["crm.update_*"])).code).toBe("not_granted");
  });

  it("holds a grant to its condition and its expiry", () => {
    const ask = (more: Parameters<typeof grant>[2], amount: number) =>
      decided({ grants: [grant(ids.desk, "crm.update_account", more)] }, "crm.update_account", { id: "a", amount })
        .effect;
    expect(ask({ condition: "args.amount < 10.0" }, 5)).toBe("allow");
    expect(ask({ condition: "args.amount < 10.0" }, 50)).toBe("deny");
    expect(ask({ condition: "args.amount < " }, 5)).toBe("deny");
    expect(ask({ condition: 'args.note == "x"' }, 5)).toBe("deny");
    expect(ask({ expiresAt: minutesFromNow(1) }, 5)).toBe("allow");
    expect(ask({ expiresAt: NOW }, 5)).toBe("deny");
  });
});

describe("tier", () => {
  it.each([
    ["observe", "read", "allow"],
    ["observe", "draft", "deny"],
    ["recommend", "draft", "escalate"],
    ["recommend", "propose", "allow"],
    ["prepare", "draft", "allow"],
    ["prepare", "execute", "deny"],
    ["escalate", "execute", "escalate"],
    ["execute", "execute", "allow"],
  ] as const)("%s and %s: %s", (tier, kind, effect) => {
    expect(decided({ ...withAgent({ tier }), actions: [action("crm.x", { kind })] }, "crm.x").effect).toBe(effect);
  });

  it("follows the settings", () => {
    const settings = { tiers: { observe: { draft: "escalate" } } };
    const more = {
      ...withAgent({ tier: "observe" }),
      ...configuration({ settings }),
      actions: [action("crm.x", { kind: "draft" })],
    };
    expect(decided(more, "crm.x").code).toBe("tier_escalates");
  });
});

describe("evidence", () => {
  const required = { actions: [action("crm.x", { evidence: ["reason", "sources"] })] };

  it("denies while required evidence is missing, and says what", () => {
    const decision = decided(required, "crm.x", {}, { evidence: { reason: " ", sources: ["ticket"] } });
    expect(decision).toMatchObject({ effect: "deny", code: "evidence_missing" });
    expect(decision.message).toContain("reason");
    expect(decided(required, "crm.x", {}, { evidence: { reason: "asked", sources: ["ticket"] } }).effect).toBe("allow");
  });

  it("asks a person when the agent is not sure", () => {
    expect(decided({}, "crm.update_account", { id: "a" }, { evidence: { confidence: 0.2 } }).code).toBe(
      "low_confidence",
    );
    expect(decided({}, "crm.update_account", { id: "a" }, { evidence: { confidence: 0.6 } }).effect).toBe("allow");
    expect(decided({}, "crm.read_account", {}, { evidence: { confidence: 0.2 } }).effect).toBe("allow");
  });

  it("denies when a rule needs a fact that the run has not read, naming the source", () => {
    const policies = [
      policyOf({
        id: "gold",
        match: { actions: ["crm.update_account"] },
        when: 'facts["crm.read_account"][args.id].tier == "gold"',
        effect: "escalate",
      }),
    ];
    const blind = decided({ policies }, "crm.update_account", { id: "a" });
    expect(blind).toMatchObject({ effect: "deny", code: "missing_source" });
    expect(blind.message).toContain("crm.read_account");
    expect(decided({ policies }, "crm.update_account", { id: "a" }, readTier("gold")).code).toBe("policy_escalates");
    expect(decided({ policies }, "crm.update_account", { id: "a" }, readTier("iron")).effect).toBe("allow");
  });

  it("does not deny for a fact that only an allow would need", () => {
    const policies = [
      policyOf({
        id: "a",
        match: { actions: ["crm.*"] },
        when: 'facts["crm.read_account"][args.id].ok == true',
        effect: "allow",
      }),
    ];
    expect(decided({ policies }, "crm.update_account", { id: "a" }).effect).toBe("allow");
  });
});

const rule = (id: string, effect: string, more: object = {}) => ({
  id,
  match: { actions: ["crm.update_account"] },
  effect,
  ...more,
});
const under = (...rules: Parameters<typeof policyOf>) =>
  decided({ policies: [policyOf(...rules)] }, "crm.update_account", { id: "a" });
const underMatch = (match: object) => under({ id: "a", match: { actions: ["*"], ...match }, effect: "deny" }).effect;
const reviewed = (when: string) => [policyOf({ id: "a", match: { actions: ["crm.*"] }, effect: "review", when })];
const readTier = (tier: string) => ({ run: { facts: { "crm.read_account": { a: { tier } } } } });
const tokenFor = (minutes: number) => ({ run: { tokenExpiresAt: minutesFromNow(minutes) } });

describe("policy", () => {
  it("lets the strictest win", () => {
    expect(under(rule("a", "allow"), rule("b", "review")).code).toBe("allowed_with_review");
    expect(under(rule("a", "review"), rule("b", "escalate")).code).toBe("policy_escalates");
    expect(under(rule("a", "escalate"), rule("b", "deny")).code).toBe("policy_denied");
  });

  it("denies a contradiction, and says between which rules", () => {
    expect(under(rule("a", "allow"), rule("b", "deny"))).toMatchObject({
      effect: "deny",
      code: "policy_conflict",
      conflict: { allows: ["p/a"], denies: ["p/b"] },
    });
  });

  it("tells the agent the rule's message, and never its text", () => {
    const decision = under(rule("a", "deny", { message: "Not on Fridays.", when: 'args.id == "a"' }));
    expect(decision.message).toBe("Not on Fridays.");
    expect(JSON.stringify(decision.checks)).toContain("p/a");
  });

  it.each(["deny", "escalate", "review"])("fails closed: a %s whose condition errs counts as matched", (effect) => {
    const decision = under(rule("a", effect, { when: 'args.note == "x"' }));
    expect(check(decision, "policy")?.rules).toMatchObject([
      { matched: true, error: expect.stringContaining("note") as string },
    ]);
    expect(check(decision, "policy")?.outcome).toBe(effect);
  });

  it("fails closed: an allow whose condition errs does not count", () => {
    const decision = under(rule("a", "allow", { when: 'args.note == "x"' }));
    expect(check(decision, "policy")).toMatchObject({ outcome: "pass", rules: [{ matched: false }] });
  });

  it("fails closed: a stored rule that can not be read denies", () => {
    expect(under({ id: "a", match: { actions: ["mail.*"] }, effect: "forbid" })).toMatchObject({
      effect: "deny",
      code: "policy_error",
    });
    expect(decided({ policies: [{ id: "p", version: 1, rules: "none" }] }, "crm.read_account").effect).toBe("deny");
  });

  it("binds the agents and nodes that a rule names, and no others", () => {
    expect(underMatch({ agents: ["desk"] })).toBe("deny");
    expect(underMatch({ agents: ["junior"] })).toBe("allow");
    expect(underMatch({ nodes: ["support"] })).toBe("deny");
    expect(underMatch({ nodes: ["junior"] })).toBe("allow");
    expect(underMatch({ agents: ["junior"], nodes: ["root"] })).toBe("deny");
    expect(underMatch({ nodes: ["gone"] })).toBe("allow");
  });

  it("is about actions that nobody has classified, too", () => {
    const policies = [policyOf({ id: "a", match: { actions: ["crm.*"] }, effect: "deny" })];
    expect(decided({ policies }, "crm.frobnicate").code).toBe("policy_denied");
  });

  it("asks the people that the rule names, within its deadline", () => {
    const { escalation } = under(rule("a", "escalate", { to: ["bob@example.com"], deadline: "30m" }));
    expect(escalation).toMatchObject({
      approverIds: [ids.bob],
      deadline: minutesFromNow(30),
      code: "policy_escalates",
    });
  });

  it("asks whoever may when the people that it names may not", () => {
    const { escalation } = under(rule("a", "escalate", { to: ["eve@example.com"] }));
    expect(escalation?.approverIds).toEqual([ids.ana, ids.bob]);
  });
});

describe("reversibility", () => {
  it.each([
    ["reversible", "low", "allow", "allowed"],
    ["reversible", "high", "allow", "allowed_with_review"],
    ["compensable", "high", "escalate", "irreversible"],
    ["irreversible", "low", "allow", "allowed_with_review"],
    ["irreversible", "high", "escalate", "irreversible"],
  ] as const)("%s of %s impact: %s", (reversibility, impact, effect, code) => {
    expect(decided({ actions: [action("crm.x", { reversibility, impact })] }, "crm.x")).toMatchObject({ effect, code });
  });

  it("is only of acts", () => {
    const actions = [action("crm.x", { kind: "read", reversibility: "irreversible", impact: "high" })];
    expect(decided({ actions }, "crm.x").code).toBe("allowed");
  });

  it("gives way to a rule that holds, not to one that could not be evaluated", () => {
    expect(decided({ policies: reviewed("true") }, "crm.delete_account").code).toBe("allowed_with_review");
    expect(decided({ policies: reviewed("args.nope == 1") }, "crm.delete_account").code).toBe("irreversible");
  });

  it("gives a review its deadline", () => {
    const policies = [policyOf({ id: "a", match: { actions: ["crm.*"] }, effect: "review", deadline: "2h" })];
    expect(decided({ policies }, "crm.delete_account").review).toEqual({ deadline: minutesFromNow(120) });
  });
});

describe("who is asked", () => {
  it("I3: never the person that the run acts for, whoever delegated it", () => {
    const onBehalfOf = { subject: "Ana@Example.com" };
    const direct = decided({}, "crm.delete_account", {}, { run: { onBehalfOf } });
    expect(direct.escalation).toMatchObject({ approverIds: [ids.bob], excludedIds: [ids.ana] });
    const parents = [
      { runId: "p", agentId: ids.desk, scope: [], status: "running" as const, tokenRevoked: false, onBehalfOf },
    ];
    const child = decided({}, "crm.delete_account", {}, { run: { agentId: ids.junior, parents } });
    expect(child.escalation?.excludedIds).toEqual([ids.ana]);
  });

  it("I3: never the person who triggered the run", () => {
    const trigger = { kind: "person", source: "bob@example.com" };
    expect(decided({}, "crm.delete_account", {}, { run: { trigger } }).escalation?.excludedIds).toEqual([ids.bob]);
  });

  it("by the deadline of the action's risk, and not beyond the run's token", () => {
    expect(decided({}, "crm.delete_account", {}, tokenFor(600)).escalation?.deadline).toEqual(minutesFromNow(60));
    expect(decided({}, "crm.delete_account", {}, tokenFor(10)).escalation?.deadline).toEqual(minutesFromNow(10));
  });
});
