import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { questionsOf } from "@/lib/decisions/questions";
import { ids, minutesFromNow, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import type { SnapshotRows } from "@/lib/decisions/rows";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { ApprovalClaim } from "@/lib/decisions/types";
import type { JsonObject } from "@/lib/kernel/json";

const big = { id: "big", match: { actions: ["crm.update_account"] }, when: "args.amount > 10.0", effect: "escalate" };
const more = (...rules: Parameters<typeof policyOf>): Partial<SnapshotRows> => ({ policies: [policyOf(...rules)] });
const ARGS = { id: "a", amount: 50 };
const asked = (claim?: ApprovalClaim | null, args = ARGS) =>
  request("crm.update_account", args, claim === undefined ? {} : { approval: claim });

/** The approval that answers the escalation of this organisation, as it is after a person approved it. */
function approvedUnder(organisation: Partial<SnapshotRows>, change: Partial<ApprovalClaim> = {}): ApprovalClaim {
  const first = decide(compileSnapshot(rows(organisation)), asked(), NOTHING_USED, NOW);
  expect(first.effect).toBe("escalate");
  return {
    id: "approval",
    runId: ids.run,
    agentId: ids.desk,
    action: "crm.update_account",
    argsHash: asked().argsHash,
    state: "approved",
    validUntil: minutesFromNow(60),
    redeemedAt: null,
    questions: questionsOf(structuredClone(first.checks)),
    ...change,
  };
}

const again = (organisation: Partial<SnapshotRows>, claim: ApprovalClaim | null, args = ARGS) =>
  decide(compileSnapshot(rows(organisation)), asked(claim, args), NOTHING_USED, NOW);

describe("an approval", () => {
  it("I2: turns what it answered into a pass, and is used up", () => {
    const decision = again(more(big), approvedUnder(more(big)));
    expect(decision).toMatchObject({ effect: "allow", code: "approved", redeems: "approval", escalation: null });
    expect(decision.checks.find((one) => one.check === "policy")).toMatchObject({
      outcome: "pass",
      code: "approved",
      answered: true,
    });
  });

  it.each([
    ["approval_redeemed", { redeemedAt: NOW }],
    ["approval_mismatch", { runId: "another" }],
    ["approval_mismatch", { agentId: ids.junior }],
    ["approval_mismatch", { action: "crm.delete_account" }],
    ["approval_mismatch", { argsHash: "00" }],
    ["approval_lapsed", { validUntil: NOW }],
    ["approval_lapsed", { validUntil: null }],
    ["approval_pending", { state: "pending" as const }],
    ["approval_rejected", { state: "rejected" as const }],
    ["approval_expired", { state: "expired" as const }],
    ["approval_cancelled", { state: "cancelled" as const }],
  ])("I2: is denied with %s for %j, and not used up", (code, change) => {
    expect(again(more(big), approvedUnder(more(big), change))).toMatchObject({ effect: "deny", code, redeems: null });
  });

  it("I2: is denied when there is none, even where nothing needs one", () => {
    expect(again({}, null)).toMatchObject({ effect: "deny", code: "approval_unknown" });
  });

  it("I2: is for exactly its arguments", () => {
    expect(again(more(big), approvedUnder(more(big)), { id: "a", amount: 51 })).toMatchObject({
      effect: "deny",
      code: "approval_mismatch",
    });
  });

  it("I2: is for the resource that was shown to whoever approved, whatever the order of its keys", () => {
    const claim = approvedUnder(more(big), { resource: { id: "a", kind: "account" } });
    const of = (resource: JsonObject | null) =>
      decide(
        compileSnapshot(rows(more(big))),
        request("crm.update_account", ARGS, { approval: claim, resource }),
        NOTHING_USED,
        NOW,
      );
    expect(of({ kind: "account", id: "a" })).toMatchObject({ effect: "allow", redeems: "approval" });
    const others: (JsonObject | null)[] = [{ kind: "account", id: "b" }, { kind: "account" }, {}, null];
    for (const other of others)
      expect(of(other)).toMatchObject({ effect: "deny", code: "approval_mismatch", redeems: null });
  });

  it("never answers a deny: checks run anew", () => {
    const claim = approvedUnder(more(big));
    const now = [
      more(big, { id: "stop", match: { actions: ["crm.*"] }, effect: "deny" }),
      { ...more(big), grants: [] },
      { ...more(big), agents: rows().agents.map((agent) => ({ ...agent, status: "suspended" as const })) },
      { ...more(big), configuration: { ...rows().configuration, killSwitch: true } },
    ];
    for (const organisation of now) {
      expect(again(organisation, claim)).toMatchObject({ effect: "deny", redeems: null });
    }
  });

  it("does not answer what was not asked: then everything is asked again, and it is not used up", () => {
    const claim = approvedUnder(more(big));
    const second = { id: "second", match: { actions: ["crm.*"] }, effect: "escalate" };
    const decision = again(more(big, second), claim);
    expect(decision).toMatchObject({ effect: "escalate", redeems: null });
    expect(questionsOf(decision.checks)).toHaveLength(2);
    expect(again(more(big, second), { ...claim, questions: questionsOf(decision.checks) })).toMatchObject({
      effect: "allow",
    });
  });

  it("does not answer a rule that changed since, and does when only its message did", () => {
    const claim = approvedUnder(more(big));
    expect(again(more({ ...big, when: "args.amount > 20.0" }), claim).effect).toBe("escalate");
    expect(again(more({ ...big, message: "Ask first." }), claim).effect).toBe("allow");
  });

  it("is used up even where nothing asks any more", () => {
    expect(again({}, approvedUnder(more(big)))).toMatchObject({
      effect: "allow",
      code: "approved",
      redeems: "approval",
    });
  });

  it("answers an action that nobody has classified", () => {
    const snapshot = compileSnapshot(rows());
    const first = decide(snapshot, request("crm.frobnicate"), NOTHING_USED, NOW);
    const claim = { ...approvedUnder(more(big)), action: "crm.frobnicate", questions: questionsOf(first.checks) };
    const ask = request("crm.frobnicate");
    const second = decide(snapshot, { ...ask, approval: { ...claim, argsHash: ask.argsHash } }, NOTHING_USED, NOW);
    expect(second).toMatchObject({ effect: "allow", code: "approved" });
  });
});

it.each([null, 5, "x", {}, [null, 5, { questions: 5 }, { questions: [null, 7] }]])(
  "questions of %j are none",
  (checks) => {
    expect(questionsOf(checks)).toEqual([]);
  },
);
