import { describe, expect, it } from "vitest";

import { admit } from "@/lib/budgets/rate";
import { decide } from "@/lib/decisions/decide";
import { ids, NOTHING_USED, NOW, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Decision, RateState, Snapshot } from "@/lib/decisions/types";

const snapshotOf = (settings: object, rate: unknown = {}) =>
  compileSnapshot(
    rows({
      configuration: { ...rows().configuration, settings },
      agents: rows().agents.map((agent) => (agent.id === ids.desk ? { ...agent, rate } : agent)),
    }),
  );
const asked = request("crm.read_account");
const ask = (snapshot: Snapshot, rate?: RateState, afterMs = 0, one = asked): Decision =>
  decide(snapshot, one, { ...NOTHING_USED, ...(rate && { rate }) }, new Date(NOW.getTime() + afterMs));
const rateOf = (decision: Decision) => decision.checks.find((check) => check.check === "rate");

/** Asks again and again at one instant: each effect, and the buckets afterwards. */
function flood(snapshot: Snapshot, times: number): { effects: string; rate: RateState } {
  const limit = snapshot.agents.get(ids.desk)?.limits?.agent;
  let rate: RateState = { runTatUs: 0, agent: null };
  let agentTatUs = 0;
  let effects = "";
  for (let index = 0; index < times; index += 1) {
    const agent = limit ? admit(agentTatUs, NOW.getTime(), limit.rate) : null;
    agentTatUs = agent?.tatUs ?? agentTatUs;
    const decision = ask(snapshot, { ...rate, agent });
    rate = { runTatUs: decision.runTatUs, agent };
    effects += decision.effect[0] ?? "";
  }
  return { effects, rate };
}

describe("the rate check", () => {
  it("denies a run beyond its limit, says when to ask again, and lets it then", () => {
    const snapshot = snapshotOf({ rates: { run: "3/m" } });
    const { effects, rate } = flood(snapshot, 4);
    expect(effects).toBe("aaad");
    const decision = ask(snapshot, rate);
    expect(decision).toMatchObject({
      effect: "deny",
      code: "rate_limited",
      message: "Too many requests. Ask again in 20 s.",
    });
    expect(decision.retryAfterMs).toBe(20_000);
    expect(rateOf(decision)).toMatchObject({ outcome: "deny", saw: { of: "run", limit: "3/m", retryAfterMs: 20_000 } });
    expect(ask(snapshot, { runTatUs: decision.runTatUs, agent: null }, 20_000)).toMatchObject({
      effect: "allow",
      retryAfterMs: null,
    });
  });

  it("denies an agent beyond its limit, whichever run asks, and leaves the run's bucket alone then", () => {
    const snapshot = snapshotOf({ rates: { run: "100/m", agent: "2/h" } });
    expect(flood(snapshot, 3).effects).toBe("aad");
    const agent = { admitted: false, tatUs: 1, retryAfterMs: 1_800_000 } as const;
    const decision = ask(snapshot, { runTatUs: 5, agent });
    expect(rateOf(decision)?.saw).toMatchObject({ of: "agent", limit: "2/h", retryAfterMs: 1_800_000 });
    expect(decision).toMatchObject({ runTatUs: 5, retryAfterMs: 1_800_000 });
  });

  it("takes an agent's own limits before those of the settings, each by itself", () => {
    const settings = { rates: { run: "2/m", agent: "4/m" } };
    expect(flood(snapshotOf(settings), 5).effects).toBe("aaddd");
    expect(flood(snapshotOf(settings, { run: "3/m" }), 5).effects).toBe("aaadd");
    expect(flood(snapshotOf(settings, { run: "unlimited" }), 6).effects).toBe("aaaadd");
    expect(flood(snapshotOf(settings, { run: "unlimited", agent: "unlimited" }), 9).effects).toBe("aaaaaaaaa");
    expect(flood(snapshotOf(settings, { agent: "1/m" }), 3).effects).toBe("add");
  });

  it("is generous by default, and limits no agent in all", () => {
    const snapshot = snapshotOf({});
    // 5,999 of the 6,000 of a minute are used.
    const rate = { runTatUs: (NOW.getTime() + 59_990) * 1_000, agent: null };
    const last = ask(snapshot, rate);
    expect(last).toMatchObject({ effect: "allow", runTatUs: (NOW.getTime() + 60_000) * 1_000 });
    expect(ask(snapshot, { runTatUs: last.runTatUs, agent: null })).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 10,
    });
    expect(snapshot.agents.get(ids.desk)?.limits?.agent).toBeNull();
  });

  it("counts what other checks deny", () => {
    const snapshot = snapshotOf({ rates: { run: "1/m" } });
    const denied = ask(snapshot, undefined, 0, request("mail.send"));
    expect(denied.code).toBe("not_granted");
    expect(ask(snapshot, { runTatUs: denied.runTatUs, agent: null }).code).toBe("rate_limited");
  });

  it("denies an agent whose stored limits can not be read", () => {
    expect(ask(snapshotOf({}, { run: "often" }))).toMatchObject({
      effect: "deny",
      code: "rate_limited",
      retryAfterMs: null,
    });
  });

  it("shows what it was held to", () => {
    expect(rateOf(ask(snapshotOf({ rates: { run: "3/m", agent: "5/h" } })))).toMatchObject({
      outcome: "pass",
      saw: { run: "3/m", agent: "5/h" },
    });
    expect(rateOf(ask(snapshotOf({ rates: { run: "unlimited" } })))?.saw).toEqual({});
  });

  it("leaves the buckets as they are where the agent is not known", () => {
    const nobody = compileSnapshot(rows({ agents: [] }));
    expect(ask(nobody, { runTatUs: 3, agent: null })).toMatchObject({ effect: "deny", runTatUs: 3 });
    expect(ask(nobody).runTatUs).toBe(0);
  });
});
