import { describe, expect, it } from "vitest";

import { boundsOf, UNUSED, type Counter, type Use } from "@/lib/budgets/envelope";
import { startOf, type Period } from "@/lib/budgets/periods";
import type { Envelope } from "@/lib/budgets/schemas";
import { decide } from "@/lib/decisions/decide";
import { outlookOf } from "@/lib/decisions/outlook/outlook";
import { ids, node, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Decision, Request } from "@/lib/decisions/types";
import { countersFrom } from "@/lib/budgets/counters-from";

const USD = 1_000_000;
const counter = (period: Period, limits: NonNullable<Envelope["day"]>, use: Partial<Use> = {}): Counter => ({
  ownerId: `${period} ${Object.keys(limits).join()}`,
  period,
  startsAtMs: startOf(period, NOW.getTime()),
  bounds: boundsOf(limits, "Service desk"),
  use: { ...UNUSED, ...use },
});
const estimate = (dollars: number, tokens?: number): Request["estimate"] => ({
  costMicroUsd: BigInt(dollars * USD),
  ...(tokens !== undefined && { tokens }),
});
const ask = (
  budget: readonly Counter[] | undefined,
  more: Parameters<typeof request>[2] = {},
  world: Parameters<typeof rows>[0] = {},
): Decision =>
  decide(
    compileSnapshot(rows(world)),
    request("crm.update_account", { id: "a" }, more),
    { ...NOTHING_USED, ...(budget && { budget }) },
    NOW,
  );
const budgetOf = (decision: Decision) => decision.checks.find((one) => one.check === "budget");

describe("check 6: budget", () => {
  it("passes where no envelope binds, and where they are not looked at", () => {
    for (const decision of [ask(undefined), ask([])]) {
      expect(budgetOf(decision)).toEqual({
        check: "budget",
        outcome: "pass",
        code: "allowed",
        message: "No envelope binds it.",
        saw: {},
      });
      expect(decision).toMatchObject({ reserves: null, overBudget: false, budget: { windDown: false, remaining: {} } });
    }
  });

  it("reserves what fits, and says what is then left", () => {
    const day = counter("day", { usd: 10, calls: 5 }, { settledUsd: 2 * USD, reservedUsd: USD, calls: 1 });
    const decision = ask([day], { estimate: estimate(1.5, 20) });
    expect(decision).toMatchObject({
      effect: "allow",
      reserves: { usd: 1.5 * USD, tokens: 20, calls: 1 },
      budget: { windDown: false, remaining: { usd: 5.5, calls: 3 } },
    });
    expect(budgetOf(decision)?.saw).toEqual({
      node: "Service desk",
      window: "day",
      unit: "usd",
      limit: 10,
      spent: 2,
      reserved: 1,
      asked: 1.5,
      left: { usd: 7, calls: 4 },
      asks: { usd: 1.5, tokens: 20, calls: 1 },
    });
  });

  it("denies what does not fit with a code and a public message, and holds nothing", () => {
    const full = [
      counter("run", { usd: 4 }, { settledUsd: 3 * USD }),
      counter("hour", { calls: 2 }, { calls: 2, unpriced: 3 }),
    ];
    const decision = ask(full, { estimate: estimate(1.5) });
    expect(decision).toMatchObject({
      effect: "deny",
      code: "budget_exceeded",
      message: "What may be spent on this is used up.",
      overBudget: true,
      reserves: null,
      budget: { windDown: true, remaining: { usd: 1, calls: 0 } },
    });
    expect(budgetOf(decision)).toMatchObject({
      outcome: "deny",
      message: "Service desk has $1.00 of $4.00 left in this run; this asks for $1.50.",
      saw: {
        window: "run",
        asked: 1.5,
        unpricedCalls: 3,
        also: [{ window: "hour", unit: "calls", limit: 2, spent: 2, asked: 1, endsAt: "2026-11-21T13:00:00.000Z" }],
      },
    });
    expect(budgetOf(decision)?.saw.endsAt).toBeUndefined();
    const used = ask([counter("month", { tokens: 9 }, { settledTokens: 9 })]);
    expect(budgetOf(used)?.message).toBe("Service desk has used up its 9 tokens this month.");
  });

  it("what other checks deny or ask of a person holds nothing either, and is told what is left as it was", () => {
    const day = [counter("day", { usd: 10 })];
    const rule = (effect: string) => ({ policies: [policyOf({ id: "r", match: { actions: ["crm.*"] }, effect })] });
    for (const effect of ["deny", "escalate"]) {
      const decision = ask(day, { estimate: estimate(9) }, rule(effect));
      expect(decision).toMatchObject({
        effect,
        reserves: null,
        overBudget: false,
        budget: { windDown: false, remaining: { usd: 10 } },
      });
    }
    expect(ask(day, { estimate: estimate(9) }, rule("review"))).toMatchObject({
      effect: "allow",
      budget: { windDown: true, remaining: { usd: 1 } },
    });
  });

  it("a shadow run is checked, and holds nothing", () => {
    const day = [counter("day", { usd: 10 })];
    const shadow = { estimate: estimate(9), run: { mode: "shadow" as const } };
    expect(ask(day, shadow)).toMatchObject({ effect: "allow", reserves: null, budget: { remaining: { usd: 10 } } });
    expect(ask(day, { ...shadow, estimate: estimate(11) })).toMatchObject({ effect: "deny", code: "budget_exceeded" });
  });

  it("takes the settings' estimate of the kind where the request brings none", () => {
    const settings = { budgets: { windDownAt: 0.5, estimates: { execute: { usd: 3, tokens: 4 } } } };
    const configuration = { version: 7n, killSwitch: false, killSwitchReason: null, settings };
    expect(ask([counter("day", { usd: 5 })], {}, { configuration })).toMatchObject({
      reserves: { usd: 3 * USD, tokens: 4, calls: 1 },
      budget: { windDown: true, remaining: { usd: 2 } },
    });
  });

  it("denies below a node whose stored envelope can not be read", () => {
    const nodes = rows().nodes.map((one) => (one.id === ids.support ? { ...one, envelope: { week: 5 } } : one));
    expect(ask(undefined, {}, { nodes })).toMatchObject({ effect: "deny", code: "budget_exceeded" });
    const beside = [
      ...rows().nodes,
      node("00000000-0000-7000-8000-0000000000ff", ids.root, "team", "x", { envelope: 3 }),
    ];
    expect(ask(undefined, {}, { nodes: beside })).toMatchObject({ effect: "allow" });
  });
});

describe("what would have to change", () => {
  const look = (budget: readonly Counter[], asked: Request["estimate"]): string[] =>
    outlookOf({
      snapshot: compileSnapshot(rows()),
      request: request("crm.update_account", { id: "a" }, { estimate: asked }),
      usage: { ...NOTHING_USED, budget },
      now: NOW,
    }).alone.map(({ changes, answer }) => `${changes.map((one) => one.words).join(" + ")} → ${answer}`);

  it("a smaller estimate, the end of the window, a larger envelope", () => {
    const hour = counter("hour", { usd: 10 }, { settledUsd: 8 * USD });
    expect(look([hour], estimate(3))).toEqual([
      "Asked after 21 November at 13:00 UTC → allow",
      "An estimate of at most $2.00 → allow",
      "Envelopes of at least: Service desk with $11.00 an hour → allow",
    ]);
  });

  it("of what is used up no estimate is small enough, and a run's envelope does not start anew", () => {
    expect(look([counter("run", { usd: 10 }, { settledUsd: 10 * USD })], estimate(3))).toEqual([
      "Envelopes of at least: Service desk with $13.00 a run → allow",
    ]);
    expect(look([counter("day", { calls: 1 }, { calls: 1 })], null)).toEqual([
      "Asked after 22 November at 00:00 UTC → allow",
      "Envelopes of at least: Service desk with 2 calls a day → allow",
    ]);
  });

  it("the later of two windows: the earlier one alone does not help", () => {
    const [hour, month] = [
      counter("hour", { usd: 10 }, { settledUsd: 10 * USD }),
      counter("month", { tokens: 50 }, { settledTokens: 48 }),
    ];
    expect(look([hour, month], estimate(1, 5))).toEqual([
      "Asked after 1 December at 00:00 UTC → allow",
      "Envelopes of at least: Service desk with $11.00 an hour, Service desk with 53 tokens a month → allow",
    ]);
  });

  it("the trace alone is enough to decide it again as things stood", () => {
    const full = [
      counter("hour", { usd: 10, tokens: 5 }, { settledUsd: 8 * USD, reservedUsd: USD, reservedTokens: 5 }),
      counter("day", { calls: 3 }, { calls: 3 }),
      counter("month", { usd: 900 }),
    ];
    const decision = ask(full, { estimate: estimate(3) });
    const again = ask(countersFrom(budgetOf(decision)?.saw ?? null, NOW), { estimate: estimate(3) });
    expect(again.code).toBe("budget_exceeded");
    const told = ({ saw: { left: _left, ...saw } }: NonNullable<ReturnType<typeof budgetOf>>) => saw;
    const [first, second] = [budgetOf(decision), budgetOf(again)];
    expect(first && second && told(second)).toEqual(first && told(first));
  });
});
