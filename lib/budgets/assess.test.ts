import { describe, expect, it } from "vitest";

import { askedOf, assess, directiveFrom } from "@/lib/budgets/assess";
import { envelopesOf, UNUSED, type Counter, type Use } from "@/lib/budgets/envelope";
import { DEFAULT_BUDGETS } from "@/lib/budgets/schemas";

const USD = 1_000_000;
const counter = (
  limits: { usd?: number; tokens?: number; calls?: number },
  use: Partial<Use> = {},
  more: Partial<Counter> = {},
): Counter => {
  const bound = (limit: number | undefined) => (limit === undefined ? null : { limit, node: "Desk" });
  return {
    ownerId: "desk",
    period: "day",
    startsAtMs: 0,
    bounds: { usd: bound(limits.usd), tokens: bound(limits.tokens), calls: bound(limits.calls) },
    use: { ...UNUSED, ...use },
    ...more,
  };
};
const asked = (usd = 0, tokens = 0) => ({ usd, tokens, calls: 1 });
const over = (counters: Counter[], amounts = asked()) =>
  assess(counters, amounts, 0.8).over.map(({ unit, counter: of }) => `${of.period} ${unit}`);

describe("assess", () => {
  it("takes what fits to the last unit, and not one more", () => {
    const money = counter({ usd: 10 }, { reservedUsd: 3, settledUsd: 4 });
    expect([over([money], asked(3)), over([money], asked(4))]).toEqual([[], ["day usd"]]);
    const tokens = counter({ tokens: 10 }, { reservedTokens: 3, settledTokens: 4 });
    expect([over([tokens], asked(0, 3)), over([tokens], asked(0, 4))]).toEqual([[], ["day tokens"]]);
    expect([over([counter({ calls: 5 }, { calls: 4 })]), over([counter({ calls: 5 }, { calls: 5 })])]).toEqual([
      [],
      ["day calls"],
    ]);
  });

  it("of what is used up takes nothing, not even what asks for none of it", () => {
    expect(over([counter({ usd: 10 }, { settledUsd: 10 })])).toEqual(["day usd"]);
    expect(over([counter({ usd: 10 }, { settledUsd: 12 })])).toEqual(["day usd"]);
    expect(over([counter({ usd: 10 }, { settledUsd: 9 })])).toEqual([]);
  });

  it("needs all counters and all units to take it, and names those that do not", () => {
    const day = counter({ usd: 10, calls: 1 }, { calls: 1, settledUsd: 8 });
    const month = counter({ usd: 10, tokens: 5 }, {}, { period: "month" });
    expect(over([day, month], asked(3, 6))).toEqual(["day usd", "day calls", "month tokens"]);
  });

  it("says what is left, the least of each, and which limit is closest", () => {
    const day = counter({ usd: 10, calls: 100 }, { settledUsd: 2 });
    const month = counter({ usd: 40, tokens: 7 }, { settledUsd: 35 }, { period: "month" });
    const { left, closest } = assess([day, month], asked(1, 1), 0.8);
    expect(left).toEqual({ usd: 5, tokens: 7, calls: 100 });
    expect(closest).toMatchObject({ unit: "usd", taken: 35, bound: { limit: 40 } });
    expect(assess([counter({ usd: 10 }, { settledUsd: 12 })], asked(), 0.8).left).toEqual({ usd: 0 });
    expect(assess([], asked(), 0.8)).toEqual({ over: [], closest: null, left: {}, windDown: null, unpriced: 0 });
  });

  it.each([
    [79, 0, null],
    [80, 0, "already"],
    [70, 10, "with_this"],
    [70, 9, null],
    [100, 0, "already"],
  ] as const)("of 100, %i used and %i asked: %s", (used, ask, windDown) => {
    expect(assess([counter({ usd: 100 }, { settledUsd: used })], asked(ask), 0.8).windDown).toBe(windDown);
  });

  it("shows calls without a price, the most of any window", () => {
    const [a, b] = [counter({ usd: 5 }, { unpriced: 2 }), counter({ usd: 5 }, { unpriced: 7 })];
    expect(assess([a, b], asked(), 0.8).unpriced).toBe(7);
  });
});

describe("askedOf", () => {
  it("is the estimate; without one what the settings say of the kind; else only the call", () => {
    const settings = { ...DEFAULT_BUDGETS, estimates: { execute: { usd: 0.05, tokens: 200 } } };
    expect(askedOf({ costMicroUsd: 7n, tokens: 3 }, settings, "execute")).toEqual({ usd: 7, tokens: 3, calls: 1 });
    expect(askedOf({ tokens: 3 }, settings, "execute")).toEqual({ usd: 50_000, tokens: 3, calls: 1 });
    expect(askedOf({ costMicroUsd: 0n }, settings, "execute")).toEqual({ usd: 0, tokens: 200, calls: 1 });
    expect(askedOf(null, settings, "read")).toEqual({ usd: 0, tokens: 0, calls: 1 });
  });
});

describe("directiveFrom", () => {
  it("halts beyond a limit by what was spent, and winds down near one", () => {
    const of = (use: Partial<Use>) => directiveFrom([counter({ usd: 10 }), counter({ usd: 10 }, use)], 0.8);
    expect(of({ settledUsd: 7 })).toBe("continue");
    expect(of({ settledUsd: 7, reservedUsd: 1 })).toBe("wind_down");
    expect(of({ settledUsd: 10 })).toBe("wind_down");
    expect(of({ settledUsd: 10, reservedUsd: 5 })).toBe("wind_down");
    expect(of({ settledUsd: 11 })).toBe("halt");
  });
});

describe("envelopesOf", () => {
  it("is each node's for hour, day and month, and of all the tightest for a run", () => {
    const envelopes = envelopesOf([
      { id: "a", name: "Desk", envelope: { run: { usd: 0.5, calls: 90 }, day: { usd: 40 } } },
      { id: "b", name: "Support", envelope: {} },
      { id: "c", name: "Company", envelope: { run: { usd: 2, tokens: 5, calls: 10 }, month: { tokens: 9 } } },
    ]);
    expect(envelopes?.run).toEqual({
      usd: { limit: 0.5 * USD, node: "Desk" },
      tokens: { limit: 5, node: "Company" },
      calls: { limit: 10, node: "Company" },
    });
    expect(
      envelopes?.nodes.map(({ key, bounds }) => [key, bounds.usd?.limit ?? null, bounds.tokens?.limit ?? null]),
    ).toEqual([
      ["a day", 40 * USD, null],
      ["c month", null, 9],
    ]);
  });

  it("is nothing where none is set, and null where one can not be read", () => {
    expect(
      envelopesOf([
        { id: "a", name: "A" },
        { id: "b", name: "B", envelope: {} },
      ]),
    ).toEqual({ run: null, nodes: [] });
    for (const odd of [{ day: { usd: -1 } }, { week: { usd: 1 } }, "none", { day: {} }, []])
      expect(envelopesOf([{ id: "a", name: "A", envelope: odd }])).toBeNull();
  });
});
