import { describe, expect, it } from "vitest";

import { action, ids, NOW, request } from "@/lib/decisions/sample";
import { RunReplay } from "@/lib/policies/simulation/rebuild";
import type { RunPast, StoredDecision } from "@/lib/policies/simulation/stored";

const after = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const { run } = request("crm.read_account");
const actions = new Map([
  ["crm.read_account", action("crm.read_account", { kind: "read", dataClasses: ["pii"] })],
  ["crm.update_account", action("crm.update_account", { dataClasses: ["money"] })],
]);
const past: RunPast = {
  run: { ...run, onBehalfOf: { subject: "cy", authenticatedAt: after(5) } },
  facts: [
    { at: after(1), action: "crm.read_account", key: "A", value: 1 },
    { at: after(1), action: "crm.read_account", key: "__proto__", value: 7 },
    { at: after(3), action: "crm.read_account", key: "A", value: 2 },
  ],
  usage: [
    { at: after(2), events: 2, inputTokens: 10, outputTokens: 5, costMicroUsd: 7n, unpricedCalls: 0 },
    { at: after(4), events: 1, inputTokens: 1, outputTokens: 1, costMicroUsd: 0n, unpricedCalls: 1 },
  ],
  classes: [
    { at: after(2), classes: ["secret"] },
    { at: after(4), classes: ["secret", "health"] },
  ],
  before: [{ action: "crm.update_account", effect: "deny", count: 3 }],
  factsIncomplete: false,
};
const decision = (at: Date, more: Partial<StoredDecision> = {}): StoredDecision => ({
  id: ids.run,
  runId: run.id,
  agentId: run.agentId,
  action: "crm.update_account",
  at,
  effect: "allow",
  reviewed: false,
  code: "allowed",
  configVersion: 1n,
  argsHash: "00",
  asked: { args: { id: "A" }, resource: null, evidence: null, estimate: null },
  redeemed: null,
  ...more,
});

describe("a replayed run", () => {
  it("knows at each decision what it knew then, the moment itself included", () => {
    const replay = new RunReplay(past, actions);
    const factsAt = (at: Date) => structuredClone(replay.rebuild(decision(at))?.request.run.facts);
    expect(factsAt(NOW)).toEqual({});
    const facts = replay.rebuild(decision(after(1)))?.request.run.facts["crm.read_account"] ?? {};
    expect(Object.entries(facts)).toEqual([
      ["A", 1],
      ["__proto__", 7],
    ]);
    expect(replay.rebuild(decision(after(3)))?.request.run.facts["crm.read_account"]?.["A"]).toBe(2);
  });

  it("counts what was used and what was answered before, not the decision itself", () => {
    const replay = new RunReplay(past, actions);
    expect(replay.rebuild(decision(NOW))?.usage.run).toMatchObject({ decisions: 3, denials: 3, events: 0 });
    replay.advance(decision(NOW, { effect: "escalate" }));
    replay.advance(decision(NOW));
    expect(replay.rebuild(decision(after(9)))?.usage.run).toEqual({
      decisions: 5,
      denials: 3,
      escalations: 1,
      events: 3,
      inputTokens: 11,
      outputTokens: 6,
      costMicroUsd: 7n,
      unpricedCalls: 1,
    });
  });

  it("has touched the data classes of what it was allowed to read", () => {
    const replay = new RunReplay(past, actions);
    const classes = () => replay.rebuild(decision(NOW))?.request.run.dataClasses;
    replay.advance({ action: "crm.update_account", effect: "allow" });
    replay.advance({ action: "crm.read_account", effect: "deny" });
    expect(classes()).toEqual([]);
    replay.advance({ action: "crm.read_account", effect: "allow" });
    expect(classes()).toEqual(["pii"]);
  });

  it("has touched what it inherited, and from its moment on what a result or a delegated run brought", () => {
    const replay = new RunReplay({ ...past, run: { ...past.run, inheritedClasses: ["money"] } }, actions);
    const classesAt = (minutes: number) => replay.rebuild(decision(after(minutes)))?.request.run.dataClasses;
    expect(classesAt(1)).toEqual(["money"]);
    expect(classesAt(2)).toEqual(["money", "secret"]);
    replay.advance({ action: "crm.read_account", effect: "allow" });
    expect(classesAt(9)).toEqual(["money", "secret", "pii", "health"]);
  });

  it("was open, and does not know of a sign-in that came later", () => {
    const replay = new RunReplay({ ...past, run: { ...past.run, tokenExpiresAt: after(-1) } }, actions);
    const early = replay.rebuild(decision(NOW));
    expect(early?.now).toEqual(NOW);
    expect(early?.request.run).toMatchObject({ status: "running", tokenRevoked: false, credentialRevoked: false });
    expect(early?.request.run.tokenExpiresAt.getTime()).toBeGreaterThan(NOW.getTime());
    expect(early?.request.run.onBehalfOf).toEqual({ subject: "cy", authenticatedAt: null });
    expect(replay.rebuild(decision(after(6)))?.request.run.onBehalfOf?.authenticatedAt).toEqual(after(5));
  });

  it("holds the approval that it redeemed, unused; and takes from what was sent what has the right form", () => {
    const replay = new RunReplay(past, actions);
    const rebuilt = replay.rebuild(
      decision(NOW, {
        redeemed: { approvalId: "p", askingId: "d", questions: ["tier:x"], overrides: ["p/r@1"] },
        asked: {
          args: {},
          resource: [1],
          evidence: { reason: "so", confidence: "high", sources: [1] },
          estimate: { costUsd: 0.5, tokens: 9 },
        },
      }),
    );
    expect(rebuilt?.request).toMatchObject({
      approval: { id: "p", state: "approved", redeemedAt: null, questions: ["tier:x"], overrides: ["p/r@1"] },
      resource: null,
      evidence: { reason: "so", sources: [1] },
      estimate: { costMicroUsd: 500_000n, tokens: 9 },
    });
    expect(rebuilt?.request.evidence).not.toHaveProperty("confidence");
  });

  it("has no request of a decision whose request was not read", () => {
    expect(new RunReplay(past, actions).rebuild(decision(NOW, { asked: null }))).toBeNull();
  });
});
