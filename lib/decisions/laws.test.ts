import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { action, grant, node, NOTHING_USED, NOW, request, rows } from "@/lib/decisions/sample";
import type { GrantRow, NodeRow, PolicyRow, SnapshotRows } from "@/lib/decisions/rows";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import { CHECKS, type DelegatingRun, type Effect, type Facts, type Request, type Usage } from "@/lib/decisions/types";
import type { Json, JsonObject } from "@/lib/kernel/json";

const CASES = { numRuns: 10_000 };
const AGENTS = ["a0", "a1", "a2", "a3", "a4"];
const ACTIONS = ["crm.read_account", "crm.update_account", "crm.delete_account", "mail.send", "mail.unheard_of"];
const STRICTNESS: Record<Effect, number> = { allow: 0, escalate: 1, deny: 2 };

const pattern = fc.constantFrom("*", "*", "*", "crm.*", "crm.*", "mail.*", "crm.read_*", "crm.up*", ...ACTIONS);
const when = fc.option(
  fc.constantFrom(
    "true",
    "false",
    "args.n > 5.0",
    "args.gone == 1",
    'facts["crm.read_account"]["k"].x == 1.0',
    "run.depth > 0",
    'agent.slug == "a1"',
  ),
  { nil: undefined },
);
const ruleOf = (effects: string[]) =>
  fc
    .record(
      {
        effect: fc.constantFrom(...effects),
        ask: fc.option(fc.constantFrom("approval", "reauthentication"), { nil: undefined }),
        match: fc.record(
          {
            actions: fc.array(pattern, { minLength: 1, maxLength: 1 }),
            agents: fc.array(fc.constantFrom(...AGENTS), { minLength: 1, maxLength: 1 }),
          },
          { requiredKeys: ["actions"] },
        ),
        when,
      },
      { requiredKeys: ["effect", "match"] },
    )
    .map(({ ask, ...rule }) => (rule.effect === "escalate" && ask ? { ...rule, ask } : rule));
const grants: fc.Arbitrary<GrantRow[]> = fc
  .uniqueArray(
    fc.record({
      agent: fc.constantFrom(...AGENTS),
      pattern,
      expiresAt: fc.constantFrom(null, null, null, null, NOW, new Date(NOW.getTime() + 1)),
    }),
    { minLength: 3, maxLength: 14, selector: (one) => `${one.agent}${one.pattern}` },
  )
  .map((all) => all.map((one) => grant(one.agent, one.pattern, { expiresAt: one.expiresAt })));

/** Five agents: each stands below the root or below an agent before it. */
const nodes: fc.Arbitrary<NodeRow[]> = fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }).map((parents) => [
  node("root", null, "team", "root"),
  ...AGENTS.map((id, index) => {
    const above = (parents[index] ?? 0) % (index + 1);
    return node(id, above === 0 ? "root" : `a${above - 1}`, "agent", id);
  }),
]);

const policy = (rules: readonly object[]): PolicyRow[] => [
  { id: "p", version: 1, rules: rules.map((rule, index) => ({ id: `r${index}`, ...rule })) },
];

interface World {
  nodes: NodeRow[];
  grants: GrantRow[];
  rules: object[];
  tiers: number[];
  /** How often a run may ask. */
  rate: string;
}
const world: fc.Arbitrary<World> = fc.record({
  nodes,
  grants,
  rules: fc.array(ruleOf(["allow", "review", "escalate", "allow", "review", "deny"]), { maxLength: 3 }),
  tiers: fc.array(fc.nat(6), { minLength: 5, maxLength: 5 }),
  rate: fc.constantFrom("unlimited", "unlimited", "2/m"),
});
const TIERS = ["execute", "execute", "execute", "execute", "escalate", "recommend", "observe"] as const;

const snapshotOf = ({ nodes: chart, grants: held, rules, tiers, rate }: World, more: Partial<SnapshotRows> = {}) =>
  compileSnapshot(
    rows({
      configuration: { ...rows().configuration, settings: { rates: { run: rate } } },
      people: [],
      bindings: [],
      nodes: chart,
      agents: AGENTS.map((id, index) => ({
        id,
        ownerId: "p",
        status: "active",
        tier: TIERS[tiers[index] ?? 0] ?? "execute",
        version: 1,
      })),
      grants: held,
      actions: ACTIONS.slice(0, 4).map((id) => action(id, { kind: id.includes("read") ? "read" : "execute" })),
      policies: policy(rules),
      ...more,
    }),
  );

const scope = fc.oneof(fc.constant([]), fc.array(pattern, { maxLength: 2 }));
const delegating: fc.Arbitrary<DelegatingRun> = fc.record({
  runId: fc.uuid(),
  agentId: fc.constantFrom(...AGENTS),
  scope,
  status: fc.constant("running" as const),
  tokenRevoked: fc.constant(false),
  onBehalfOf: fc.constant(null),
});
const asked: fc.Arbitrary<Request> = fc
  .record({
    id: fc.constantFrom(...ACTIONS),
    agentId: fc.constantFrom(...AGENTS),
    parents: fc.oneof(fc.constant([]), fc.array(delegating, { maxLength: 2 })),
    scope,
    n: fc.integer({ min: 0, max: 10 }),
    facts: fc.constantFrom<Facts>({}, { "crm.read_account": { k: { x: 1 } } }),
    signedIn: fc.constantFrom(null, NOW, new Date(NOW.getTime() - 3_600_000)),
  })
  .map(({ id, n, agentId, parents, scope: own, facts, signedIn }) => {
    const onBehalfOf = signedIn && { subject: "customer", authenticatedAt: signedIn };
    return request(id, { n }, { run: { agentId, parents, scope: own, facts, onBehalfOf, depth: parents.length } });
  });
/** Now with a bucket at rest, now with a full one: the same for the same request, so that laws compare like with like. */
const used = ({ args }: Request): Usage => ({
  ...NOTHING_USED,
  rate: { runTatUs: args.n === 7 ? (NOW.getTime() + 60_000) * 1_000 : 0, agent: null },
});
const effectOf = (snapshot: ReturnType<typeof snapshotOf>, one: Request): Effect =>
  decide(snapshot, one, used(one), NOW).effect;
const grantedTo = (snapshot: ReturnType<typeof snapshotOf>, one: Request): boolean =>
  decide(snapshot, one, used(one), NOW).checks.find((check) => check.check === "authority")?.outcome === "pass";

describe("laws of decide", () => {
  it("are tried on worlds in which every answer is common", () => {
    const seen = { allow: 0, escalate: 0, deny: 0 };
    for (const [organisation, one] of fc.sample(fc.tuple(world, asked), 2_000))
      seen[effectOf(snapshotOf(organisation), one)] += 1;
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
  });

  it("I4: an agent is granted nothing that an agent above it in the chart is not", () => {
    fc.assert(
      fc.property(world, asked, (organisation, one) => {
        const snapshot = snapshotOf(organisation);
        const own = { ...one, run: { ...one.run, parents: [], scope: [] } };
        if (!grantedTo(snapshot, one)) return;
        const above = snapshot.agents.get(one.run.agentId)?.ancestorIds.filter((id) => snapshot.agents.has(id)) ?? [];
        const all = above.every((agentId) => grantedTo(snapshot, { ...own, run: { ...own.run, agentId } }));
        expect(all).toBe(true);
      }),
      CASES,
    );
  });

  it("I4: a delegated run is granted nothing that a run that delegated to it is not", () => {
    fc.assert(
      fc.property(world, asked, (organisation, one) => {
        const snapshot = snapshotOf(organisation);
        if (!grantedTo(snapshot, one)) return;
        one.run.parents.forEach((parent, index) => {
          const run = {
            ...one.run,
            agentId: parent.agentId,
            scope: parent.scope,
            parents: one.run.parents.slice(index + 1),
          };
          expect(grantedTo(snapshot, { ...one, run })).toBe(true);
        });
      }),
      CASES,
    );
  });

  it("I5: adding a deny rule never allows anything, nor makes any answer milder", () => {
    fc.assert(
      fc.property(world, ruleOf(["deny"]), fc.nat(4), asked, (organisation, deny, at, one) => {
        const before = effectOf(snapshotOf(organisation), one);
        const after = effectOf(snapshotOf({ ...organisation, rules: organisation.rules.toSpliced(at, 0, deny) }), one);
        expect(STRICTNESS[after]).toBeGreaterThanOrEqual(STRICTNESS[before]);
      }),
      CASES,
    );
  });

  it("I5: taking a grant away never allows anything", () => {
    fc.assert(
      fc.property(world, fc.nat(11), asked, (organisation, at, one) => {
        const before = effectOf(snapshotOf(organisation), one);
        const after = effectOf(snapshotOf({ ...organisation, grants: organisation.grants.toSpliced(at, 1) }), one);
        expect(STRICTNESS[after]).toBeGreaterThanOrEqual(STRICTNESS[before]);
      }),
      CASES,
    );
  });

  it("I9: a suspended agent, subtree or organisation is denied, whatever else holds", () => {
    fc.assert(
      fc.property(world, asked, fc.constantFrom("agent", "subtree", "everything"), (organisation, one, what) => {
        const base = snapshotOf(organisation);
        const halted = snapshotOf(organisation, {
          ...(what === "agent" && {
            agents: [...base.agents.values()].map((agent) => ({
              ...agent,
              status: agent.id === one.run.agentId ? "suspended" : "active",
            })),
          }),
          ...(what === "subtree" && {
            nodes: organisation.nodes.map((each) => ({
              ...each,
              suspended: each.id === one.run.agentId || each.parentId === null,
            })),
          }),
          ...(what === "everything" && { configuration: { ...rows().configuration, killSwitch: true } }),
        });
        expect(effectOf(halted, one)).toBe("deny");
      }),
      CASES,
    );
  });

  it("an error never allows: what a rule can not read is at least as strict as its effect", () => {
    fc.assert(
      fc.property(world, fc.constantFrom("deny", "escalate"), asked, (organisation, effect, one) => {
        const errs = { effect, match: { actions: ["*"] }, when: "args.gone.deeper == 1" };
        expect(effectOf(snapshotOf({ ...organisation, rules: [...organisation.rules, errs] }), one)).not.toBe("allow");
      }),
      { numRuns: 2_000 },
    );
  });
});

const hostileKey = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "", "id", "a.b"),
  fc.string({ unit: "binary" }),
);
const hostile: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(
      null,
      true,
      0,
      -0,
      1e308,
      -1e308,
      5e-324,
      2 ** 53 + 2,
      9_223_372_036_854_775_808,
      "\ud800",
      "\udfff",
      "",
      "x",
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(hostileKey, tie("value")), { maxLength: 4 }).map(objectOf),
  ),
})).value;

/** As JSON.parse makes it: `__proto__` is a key like any other. */
function objectOf(entries: [string, Json][]): JsonObject {
  const text = `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
  return JSON.parse(text) as JsonObject;
}

describe("decide is total", () => {
  const SCHEMA: Json = {
    type: "object",
    properties: {
      id: { type: "string" },
      constructor: { type: "integer" },
      list: { type: "array", items: { type: "object", properties: { n: { type: "integer" } } } },
    },
  };
  const conditions = [
    'args.id == "x"',
    "args.constructor > 1",
    "args.list.exists(one, one.n > 3)",
    "args == args",
    "args.x.y.z == 1",
    "args.x in args.y",
    "args.x > args.y",
    "args.x + args.y == args.z",
    'args.id.matches("^x+$")',
    'args["__proto__"] == 1',
    'args["toString"] != null',
    "args.map(k, args[k]) == []",
    "size(args) > 0",
    'facts["crm.read_account"][args.id].constructor == 1',
    "resource.constructor == 1",
    "evidence.confidence < 0.5",
  ];
  const snapshot = compileSnapshot(
    rows({
      actions: [action("crm.typed", { args: SCHEMA }), action("crm.open")],
      policies: policy(
        conditions.flatMap((text) => [
          { match: { actions: ["crm.typed"] }, effect: "review", when: text },
          { match: { actions: ["crm.*"] }, effect: "review", when: text },
        ]),
      ),
    }),
  );

  it("for any JSON in arguments, resource, evidence and facts", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("crm.typed", "crm.open", "__proto__", "constructor"),
        fc.array(fc.tuple(hostileKey, hostile), { maxLength: 5 }),
        hostile,
        (id, entries, value) => {
          const args = objectOf(entries);
          const more = {
            resource: objectOf([["constructor", value]]),
            evidence: { reason: "x", sources: [value], proposedAction: value },
            run: {
              facts: {
                "crm.read_account": objectOf([
                  ["x", value],
                  ["constructor", value],
                  ["__proto__", value],
                ]),
              } as Request["run"]["facts"],
            },
          };
          const one: Request = { ...request("crm.open", {}, more), action: id, args };
          const first = decide(snapshot, one, NOTHING_USED, NOW);
          expect(first.checks).toHaveLength(CHECKS.length);
          expect(decide(snapshot, one, NOTHING_USED, NOW)).toEqual(first);
          expect(() => JSON.stringify(first.checks)).not.toThrow();
        },
      ),
      CASES,
    );
  });

  it("for arguments nested as deep as any boundary lets in, and deeper", () => {
    for (const depth of [100, 129, 5_000]) {
      const nested = JSON.parse(`{"id":${"[".repeat(depth)}${"]".repeat(depth)}}`) as JsonObject;
      const one: Request = { ...request("crm.open"), args: nested };
      expect(decide(snapshot, one, NOTHING_USED, NOW).checks).toHaveLength(CHECKS.length);
    }
  });
});
