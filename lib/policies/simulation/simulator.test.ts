import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { action, grant, ids, NOTHING_USED, NOW, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Json } from "@/lib/kernel/json";
import { differingRules } from "@/lib/policies/simulation/differ";
import { outcomeOf } from "@/lib/policies/simulation/outcome";
import { RunReplay } from "@/lib/policies/simulation/rebuild";
import { Simulator } from "@/lib/policies/simulation/simulator";
import { withRules } from "@/lib/policies/simulation/standing";
import type { RunPast, StoredDecision } from "@/lib/policies/simulation/stored";
import { SAMPLES_EACH, type Tally } from "@/lib/policies/simulation/tally";

const ACTIONS = ["crm.read_account", "crm.update_account", "crm.delete_account", "mail.send", "mail.unheard_of"];
const AGENTS = ["desk", "junior"] as const;

const rule = fc.record(
  {
    effect: fc.constantFrom("allow", "review", "escalate", "deny"),
    match: fc.record(
      {
        actions: fc.uniqueArray(fc.constantFrom("*", "crm.*", "mail.*", "crm.up*", ...ACTIONS), {
          minLength: 1,
          maxLength: 2,
        }),
        agents: fc.array(fc.constantFrom(...AGENTS), { minLength: 1, maxLength: 1 }),
      },
      { requiredKeys: ["actions"] },
    ),
    when: fc.constantFrom("true", "args.n > 5.0", "args.gone == 1", "usage.run.decisions > 2", "run.depth > 0"),
    message: fc.constantFrom("no", "ask first"),
  },
  { requiredKeys: ["effect", "match"] },
);
/** Ids are given by place, so that rules of two sets share theirs. */
const ruleSet = fc
  .array(fc.option(rule, { nil: null }), { maxLength: 4 })
  .map((list) => list.flatMap((one, index): Json[] => (one ? [{ id: `r${index}`, ...one } as Json] : [])));

const asked = fc.record({
  action: fc.constantFrom(...ACTIONS),
  agent: fc.constantFrom(...AGENTS),
  n: fc.integer({ min: 0, max: 10 }),
});
type Asked = { action: string; agent: (typeof AGENTS)[number]; n: number };

const world = rows({
  grants: [grant(ids.desk, "*"), grant(ids.junior, "crm.*")],
  actions: ACTIONS.slice(0, 4).map((id) => action(id, { kind: id.includes("read") ? "read" : "execute" })),
  policies: [{ id: "other", version: 3, rules: [{ id: "o", match: { actions: ["mail.send"] }, effect: "review" }] }],
});

const simulatorOf = (before: readonly Json[], after: readonly Json[]): { simulator: Simulator; sides: Sides } => {
  const sides = {
    before: compileSnapshot(withRules(world, "p", before)),
    after: compileSnapshot(withRules(world, "p", after)),
  };
  const simulator = new Simulator({ policy: "p", ...sides, differing: differingRules(before, after), version: 7n });
  return { simulator, sides };
};
interface Sides {
  before: ReturnType<typeof compileSnapshot>;
  after: ReturnType<typeof compileSnapshot>;
}

const requestOf = ({ action: id, agent, n }: Asked) => request(id, { n }, { run: { agentId: ids[agent] } });

function storedOf(one: Asked, index: number): { decision: StoredDecision; past: RunPast } {
  const { run, action: id, args, argsHash } = requestOf(one);
  return {
    decision: {
      id: `019aa000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`,
      runId: run.id,
      agentId: run.agentId,
      action: id,
      at: NOW,
      effect: "allow",
      reviewed: false,
      code: "allowed",
      configVersion: 7n,
      argsHash,
      asked: { args, resource: null, evidence: null, estimate: null },
      redeemed: null,
    },
    past: { run, facts: [], usage: [], classes: [], before: [], factsIncomplete: false },
  };
}

/** Each request in a run of its own. */
function simulate(before: readonly Json[], after: readonly Json[], requests: readonly Asked[]): Tally {
  const { simulator, sides } = simulatorOf(before, after);
  for (const [index, one] of requests.entries()) {
    const { decision, past } = storedOf(one, index);
    simulator.beginRun();
    if (simulator.needs(decision)) simulator.take(decision, new RunReplay(past, new Map()), sides.before, false);
    else simulator.pass(decision);
  }
  return simulator.state().tally;
}

/** As somebody would who decides everything anew, and leaves nothing out. */
function brute(before: readonly Json[], after: readonly Json[], requests: readonly Asked[]): Record<string, number> {
  const { sides } = simulatorOf(before, after);
  const moves: Record<string, number> = {};
  for (const one of requests) {
    const [was, is] = [sides.before, sides.after].map((side) =>
      outcomeOf(decide(side, requestOf(one), NOTHING_USED, NOW)),
    );
    if (was !== is) moves[`${was} ${is}`] = (moves[`${was} ${is}`] ?? 0) + 1;
  }
  return moves;
}
const movesOf = (tally: Tally): Record<string, number> =>
  Object.fromEntries(
    tally.transitions.filter((one) => one.from !== one.to).map((one) => [`${one.from} ${one.to}`, one.count]),
  );

describe("laws of simulation", () => {
  it("are tried on drafts of which many change something, and many decisions concern nobody", () => {
    const seen = { moved: 0, unconcerned: 0, decided: 0 };
    for (const [before, after, requests] of fc.sample(
      fc.tuple(ruleSet, ruleSet, fc.array(asked, { maxLength: 8 })),
      500,
    )) {
      const tally = simulate(before, after, requests);
      seen.moved += Number(Object.keys(movesOf(tally)).length > 0);
      seen.unconcerned += tally.unconcerned;
      seen.decided += tally.decided;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
  });

  it("a draft that says what is in force changes nothing and decides nothing", () => {
    fc.assert(
      fc.property(ruleSet, fc.array(asked, { maxLength: 8 }), (rules, requests) => {
        const tally = simulate(rules, structuredClone(rules), requests);
        expect(tally).toMatchObject({ decided: 0, transitions: [], rules: [], unconcerned: requests.length });
      }),
    );
  });

  it("leaving out decisions that no differing rule is about finds all that deciding everything anew finds", () => {
    fc.assert(
      fc.property(ruleSet, ruleSet, fc.array(asked, { minLength: 1, maxLength: 8 }), (before, after, requests) => {
        expect(movesOf(simulate(before, after, requests))).toEqual(brute(before, after, requests));
      }),
      { numRuns: 5_000 },
    );
  });

  it("there and back again is what was gained and what was lost", () => {
    fc.assert(
      fc.property(ruleSet, ruleSet, fc.array(asked, { maxLength: 8 }), (before, after, requests) => {
        const [there, back] = [simulate(before, after, requests), simulate(after, before, requests)];
        const turned = Object.entries(movesOf(back)).map(([key, count]) => [
          key.split(" ").toReversed().join(" "),
          count,
        ]);
        expect(movesOf(there)).toEqual(Object.fromEntries(turned));
        expect(there.decided).toBe(back.decided);
      }),
    );
  });

  it("interrupted anywhere and gone on with, it counts the same", () => {
    fc.assert(
      fc.property(
        ruleSet,
        ruleSet,
        fc.array(asked, { minLength: 2, maxLength: 12 }),
        fc.nat(11),
        (before, after, requests, at) => {
          const { simulator, sides } = simulatorOf(before, after);
          const compare = { policy: "p", ...sides, differing: differingRules(before, after), version: 7n };
          let current = simulator;
          for (const [index, one] of requests.entries()) {
            if (index === at) current = new Simulator(compare, structuredClone(current.state()));
            const { decision, past } = storedOf(one, index);
            if (current.needs(decision)) current.take(decision, new RunReplay(past, new Map()), sides.before, false);
            else current.pass(decision);
          }
          expect(current.state().tally).toEqual(simulate(before, after, requests));
        },
      ),
    );
  });
});

describe("what is counted", () => {
  const deny = { id: "d", match: { actions: ["crm.*"] }, effect: "deny" };
  const many = Array.from({ length: 60 }, (_, n): Asked => ({ action: "crm.update_account", agent: "desk", n }));

  it("keeps a bounded number of samples, in an order that does not depend on when they came", () => {
    const tally = simulate([], [deny], many);
    const [denied] = tally.transitions;
    expect(denied).toMatchObject({ from: "allow", to: "deny", count: 60 });
    expect(denied?.samples).toHaveLength(SAMPLES_EACH);
    const ends = denied?.samples.map((one) => one.decisionId.slice(-12)) ?? [];
    expect(ends).toEqual(ends.toSorted());
  });

  it("leaves refusals for how things stood as they are", () => {
    const { simulator } = simulatorOf([deny], []);
    const suspended = {
      ...storedOf(many[0] ?? { action: "", agent: "desk", n: 0 }, 0).decision,
      effect: "deny" as const,
    };
    for (const code of ["agent_suspended", "rate_limited", "approval_pending", "a_code_of_tomorrow"]) {
      expect(simulator.needs({ ...suspended, code })).toBe(false);
      simulator.pass({ ...suspended, code });
    }
    expect(simulator.needs({ ...suspended, code: "policy_denied" })).toBe(true);
    expect(simulator.state().tally).toMatchObject({ decisions: 4, standing: 4, unconcerned: 0 });
  });

  it("ignores what changes no effect: whom a rule asks, until when, and what it says", () => {
    const ask = { id: "e", match: { actions: ["*"] }, effect: "escalate", to: ["a@b.c"], deadline: "1h", message: "x" };
    const other = { ...ask, to: ["d@e.f"], deadline: "2h", message: "y", description: "z" };
    expect(differingRules([ask], [other]).size).toBe(0);
    expect(differingRules([ask], [{ ...other, ask: "reauthentication" }]).get("e")).toBe("changed");
    expect([...differingRules([ask, deny], [{ ...deny, id: "f" }])]).toEqual([
      ["f", "added"],
      ["e", "removed"],
      ["d", "removed"],
    ]);
  });

  it("treats stored rules that can not be read as about everything", () => {
    const { simulator } = simulatorOf([{ id: "d" }], []);
    expect(simulator.needs(storedOf({ action: "mail.send", agent: "junior", n: 1 }, 0).decision)).toBe(true);
  });
});
