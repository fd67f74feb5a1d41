import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { takenOf, UNITS, UNUSED, type Amounts, type Counter, type Use } from "@/lib/budgets/envelope";
import type { Envelope } from "@/lib/budgets/schemas";
import { decide } from "@/lib/decisions/decide";
import { grant, ids, node, NOTHING_USED, NOW, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Decision, Request, Snapshot } from "@/lib/decisions/types";
import { BatchBudgets, placesOf, type Charge, type Place } from "@/lib/gate/batch-budgets";

const limits = fc
  .record(
    {
      usd: fc.integer({ min: 1, max: 9 }),
      tokens: fc.integer({ min: 1, max: 20 }),
      calls: fc.integer({ min: 1, max: 6 }),
    },
    { requiredKeys: [] },
  )
  .map((value) => (Object.keys(value).length > 0 ? value : { calls: 3 }));
const envelope: fc.Arbitrary<Envelope> = fc.record(
  { run: limits, hour: limits, day: limits, month: limits },
  { requiredKeys: [] },
);
const AGENTS = ["d", "e", "f", "g"].map((last) => `00000000-0000-7000-8000-00000000000${last}`);

/** A chart of a root, two teams and four agents anywhere below, each node with an envelope or none. */
const chart = fc.record({
  places: fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }),
  envelopes: fc.array(fc.option(envelope, { nil: undefined }), { minLength: 7, maxLength: 7 }),
});
type Chart = typeof chart extends fc.Arbitrary<infer T> ? T : never;

function snapshotOf({ places, envelopes }: Chart): Snapshot {
  const above = [ids.root, ids.support, "00000000-0000-7000-8000-000000000003"];
  const nodes = [
    node(ids.root, null, "team", "root"),
    node(ids.support, ids.root, "team", "support"),
    node(above[2] ?? "", ids.support, "team", "night"),
  ];
  for (const [index, id] of AGENTS.entries()) {
    nodes.push(node(id, above[(places[index] ?? 0) % above.length] ?? ids.root, "agent", `agent-${index}`));
    above.push(id);
  }
  return compileSnapshot(
    rows({
      nodes: nodes.map((one, index) => ({ ...one, envelope: envelopes[index] ?? {} })),
      agents: AGENTS.map((id) => ({ id, ownerId: ids.ana, status: "active", tier: "execute", version: 1 })),
      grants: AGENTS.map((id) => grant(id, "*")),
    }),
  );
}

const asking = fc.record({
  agent: fc.nat(3),
  run: fc.nat(2),
  delegatedBy: fc.option(fc.nat(3), { nil: null }),
  usd: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  tokens: fc.option(fc.nat(6), { nil: undefined }),
  shadow: fc.boolean(),
  /** What becomes of it: nothing yet, its result at this share of what was reserved, or the end of its run. */
  fate: fc.oneof(fc.constant("open"), fc.constant("released"), fc.constantFrom(0, 0.5, 1)),
  /** The lane that takes it, and how old what that lane knows is. */
  lane: fc.nat(2),
  fresh: fc.boolean(),
});
type Asking = typeof asking extends fc.Arbitrary<infer T> ? T : never;

function requestOf({ agent, run, delegatedBy, usd, tokens, shadow }: Asking): Request {
  const parents =
    delegatedBy === null
      ? []
      : [
          {
            runId: `parent-${delegatedBy}`,
            agentId: AGENTS[delegatedBy] ?? "",
            scope: [],
            status: "running" as const,
            tokenRevoked: false,
            onBehalfOf: null,
          },
        ];
  return request(
    "mail.send",
    {},
    {
      run: {
        id: `run-${agent}-${run}-${delegatedBy}`,
        agentId: AGENTS[agent] ?? "",
        mode: shadow ? "shadow" : "live",
        parents,
      },
      estimate: {
        ...(usd !== undefined && { costMicroUsd: BigInt(usd) * 1_000_000n }),
        ...(tokens !== undefined && { tokens }),
      },
    },
  );
}

/** The store: rows by key, changed only as commit_batch does. */
class Store {
  readonly rows = new Map<string, Use>();
  /** Every limit that a row was ever charged under. */
  readonly limits = new Map<string, Place>();

  use(key: string): Use {
    return this.rows.get(key) ?? UNUSED;
  }

  /** All or nothing. */
  commit(charges: readonly Charge[]): boolean {
    const fits = charges.every(({ key, bounds, ...charge }) =>
      UNITS.every((unit) => {
        const limit = bounds[unit]?.limit;
        const taken = takenOf(this.use(key), unit);
        return limit === undefined || ((unit === "calls" || taken < limit) && taken + charge[unit] <= limit);
      }),
    );
    if (fits) for (const charge of charges) this.add(charge, charge);
    return fits;
  }

  add(place: Place, { usd, tokens, calls }: Amounts): void {
    const use = this.use(place.key);
    this.limits.set(place.key, place);
    this.rows.set(place.key, {
      ...use,
      reservedUsd: use.reservedUsd + usd,
      reservedTokens: use.reservedTokens + tokens,
      calls: use.calls + calls,
    });
  }

  settle(place: Place, held: Amounts, share: number): void {
    const use = this.use(place.key);
    this.rows.set(place.key, {
      ...use,
      reservedUsd: use.reservedUsd - held.usd,
      reservedTokens: use.reservedTokens - held.tokens,
      settledUsd: use.settledUsd + Math.floor(held.usd * share),
      settledTokens: use.settledTokens + Math.floor(held.tokens * share),
    });
  }
}

describe("I6: what Remit authorised never passes an envelope", () => {
  it("whatever charts, envelopes, requests, results and lanes that know too little or too much", () => {
    let [allowed, denied, refused] = [0, 0, 0];
    fc.assert(
      fc.property(chart, fc.array(asking, { minLength: 1, maxLength: 9 }), (drawn, askings) => {
        const snapshot = snapshotOf(drawn);
        const store = new Store();
        const lanes = [new Map<string, Use>(), new Map<string, Use>(), new Map<string, Use>()];
        for (const one of askings) {
          const asked = requestOf(one);
          const places = placesOf(snapshot, asked.run, NOW.getTime());
          const known = lanes[one.lane] ?? new Map<string, Use>();
          if (one.fresh) for (const { key } of places) known.set(key, store.use(key));
          const budgets = new BatchBudgets(new Map([[asked.run.id, places]]), ({ key }) => ({
            use: known.get(key) ?? UNUSED,
            readMs: 0,
          }));
          const decision = decide(snapshot, asked, { ...NOTHING_USED, budget: budgets.counters(asked.run.id) }, NOW);
          expect(decision.reserves === null).toBe(decision.effect !== "allow" || one.shadow || places.length === 0);
          if (decision.effect === "deny") denied += 1;
          if (!decision.reserves) continue;
          budgets.reserve(asked.run.id, decision.reserves);
          if (!store.commit(budgets.charges())) {
            // Only a lane that was behind is refused.
            expect(one.fresh).toBe(false);
            refused += 1;
            continue;
          }
          allowed += 1;
          for (const place of places) {
            if (one.fate === "released") store.settle(place, decision.reserves, 0);
            else if (one.fate !== "open") store.settle(place, decision.reserves, Number(one.fate));
          }
          for (const [key, use] of store.rows)
            for (const unit of UNITS)
              expect(takenOf(use, unit)).toBeLessThanOrEqual(store.limits.get(key)?.bounds[unit]?.limit ?? Infinity);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(allowed, denied, refused)).toBeGreaterThan(300);
  });

  it("a looser envelope never denies more, and leaves no less", () => {
    const use = fc.record({
      reservedUsd: fc.nat(9),
      settledUsd: fc.nat(9),
      calls: fc.nat(6),
      settledTokens: fc.nat(9),
    });
    fc.assert(
      fc.property(
        chart,
        asking,
        fc.array(use, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (drawn, one, uses, by) => {
          const looser = (of: Envelope | undefined): Envelope | undefined =>
            of && Object.fromEntries(Object.entries(of).map(([period, limit]) => [period, looserLimits(limit, by)]));
          const decided = (envelopes: Chart["envelopes"]): Decision => {
            const snapshot = snapshotOf({ ...drawn, envelopes });
            const asked = requestOf(one);
            // The same has been used, whatever the limits are.
            const counters = placesOf(snapshot, asked.run, NOW.getTime()).map((place, at): Counter => {
              const { reservedUsd = 0, settledUsd = 0, ...rest } = uses[at % Math.max(uses.length, 1)] ?? {};
              return {
                ...place,
                use: { ...UNUSED, ...rest, reservedUsd: reservedUsd * 1e6, settledUsd: settledUsd * 1e6 },
              };
            });
            return decide(snapshot, asked, { ...NOTHING_USED, budget: counters }, NOW);
          };
          const [tight, loose] = [decided(drawn.envelopes), decided(drawn.envelopes.map(looser))];
          if (tight.effect === "allow") expect(loose.effect).toBe("allow");
          if (loose.overBudget) expect(tight.overBudget).toBe(true);
          for (const unit of UNITS) {
            if (tight.overBudget !== loose.overBudget) continue;
            expect(loose.budget.remaining[unit] ?? Infinity).toBeGreaterThanOrEqual(tight.budget.remaining[unit] ?? 0);
          }
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

const looserLimits = (limit: Envelope["day"], by: number): Envelope["day"] =>
  limit && Object.fromEntries(Object.entries(limit).map(([unit, value]) => [unit, (value ?? 0) + by]));

describe("placesOf", () => {
  it("locks in one order, whatever the order of the chart", () => {
    const all = { run: { calls: 9 }, hour: { calls: 9 }, day: { calls: 9 }, month: { calls: 9 } };
    const snapshot = snapshotOf({ places: [0, 3, 4, 5], envelopes: Array.from({ length: 7 }, () => all) });
    const { run } = request("mail.send", {}, { run: { id: "0run", agentId: AGENTS[3] ?? "" } });
    const budgets = new BatchBudgets(new Map([[run.id, placesOf(snapshot, run, NOW.getTime())]]), () => ({
      use: UNUSED,
      readMs: 0,
    }));
    budgets.reserve(run.id, { usd: 0, tokens: 0, calls: 1 });
    const keys = budgets
      .charges()
      .map(({ ownerId, period }) => `${ownerId} ${["run", "hour", "day", "month"].indexOf(period)}`);
    expect(keys).toHaveLength(16);
    expect(keys).toEqual(keys.toSorted());
  });
});
