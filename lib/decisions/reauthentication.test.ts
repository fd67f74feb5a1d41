import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { action, ids, minutesFromNow, NOTHING_USED, NOW, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { ApprovalClaim, RunState } from "@/lib/decisions/types";
import { ruleSchema } from "@/lib/policies/schemas";

const match = { actions: ["crm.refund"] };
const signIn = { id: "sign-in", match, when: "args.amount > 100.0", effect: "escalate", ask: "reauthentication" };
const person = { id: "person", match, when: "args.amount > 500.0", effect: "escalate" };
const actions = [action("crm.refund", { args: { type: "object", properties: { amount: { type: "number" } } } })];

type Rules = Parameters<typeof policyOf>;
const refund = (amount: number, run: Partial<RunState>, rules: Rules = [signIn], claim?: Partial<ApprovalClaim>) => {
  const snapshot = compileSnapshot(rows({ actions, policies: [policyOf(...rules)] }));
  const asked = request("crm.refund", { amount }, { run });
  const approval = claim && { ...approved(asked.argsHash), ...claim };
  return decide(snapshot, { ...asked, ...(approval && { approval }) }, NOTHING_USED, NOW);
};
const approved = (argsHash: string): ApprovalClaim => ({
  id: "approval",
  runId: ids.run,
  agentId: ids.desk,
  action: "crm.refund",
  argsHash,
  state: "approved",
  validUntil: minutesFromNow(60),
  redeemedAt: null,
  questions: [],
});
const signedIn = (minutes: number): Partial<RunState> => ({
  onBehalfOf: { subject: "customer 7", authenticatedAt: minutesFromNow(minutes) },
});

describe("a rule that wants the person whom the run acts for to sign in again", () => {
  it("is silent where it does not hold", () => {
    expect(refund(100, {}).effect).toBe("allow");
  });

  it("escalates, and asks nobody", () => {
    expect(refund(101, signedIn(-6))).toMatchObject({
      effect: "escalate",
      code: "reauthentication_required",
      message: "The person whom this is done for must sign in again first.",
      escalation: null,
      redeems: null,
    });
  });

  it.each([
    [-5, "allow"],
    [-4, "allow"],
    [0, "allow"],
    [1, "allow"],
    [1.02, "escalate"],
    [-5.01, "escalate"],
    [Number.NaN, "escalate"],
  ])("a sign-in %d minutes from now: %s", (minutes, effect) =>
    expect(refund(101, signedIn(minutes)).effect).toBe(effect),
  );

  it("takes the rule's own time", () => {
    const rule = { ...signIn, maxAge: "1h" };
    expect(refund(101, signedIn(-59), [rule]).effect).toBe("allow");
    expect(refund(101, signedIn(-61), [rule]).effect).toBe("escalate");
  });

  it("of several, each has its own time", () => {
    const strict = { ...signIn, id: "strict", maxAge: "1m" };
    const decision = refund(101, signedIn(-2), [signIn, strict]);
    const policy = decision.checks.find((check) => check.check === "policy");
    expect(policy?.saw).toMatchObject({ rules: ["p/strict"], withinSeconds: 60, subject: "customer 7" });
  });

  it.each([
    { onBehalfOf: null },
    { onBehalfOf: { subject: "customer 7" } },
    { onBehalfOf: { subject: "c", authenticatedAt: null } },
  ])("is not met by %j", (run) => expect(refund(101, run).code).toBe("reauthentication_required"));

  it("comes before any person is asked, and is not answered by an approval", () => {
    expect(refund(501, {}, [person, signIn])).toMatchObject({ code: "reauthentication_required", escalation: null });
    const asking = refund(501, signedIn(-1), [person, signIn]);
    expect(asking).toMatchObject({ code: "policy_escalates", escalation: { approverIds: [ids.ana, ids.bob] } });
    const questions = asking.checks.flatMap((check) => check.questions ?? []);
    expect(refund(501, signedIn(-1), [person, signIn], { questions })).toMatchObject({
      effect: "allow",
      redeems: "approval",
    });
    expect(refund(501, {}, [person, signIn], { questions })).toMatchObject({
      effect: "escalate",
      code: "reauthentication_required",
      redeems: null,
    });
  });

  it("outvotes no deny", () => {
    expect(refund(501, {}, [signIn, { id: "no", match, effect: "deny" }]).code).toBe("policy_denied");
  });

  it("does not make up for a review or for care: those remain when the person has signed in", () => {
    const review = { id: "look", match, effect: "review" };
    expect(refund(101, signedIn(-1), [signIn, review]).code).toBe("allowed_with_review");
    const risky = [action("crm.refund", { reversibility: "irreversible", impact: "high" })];
    const snapshot = compileSnapshot(rows({ actions: risky, policies: [policyOf(signIn)] }));
    const asked = request("crm.refund", { amount: 101 }, { run: signedIn(-1) });
    expect(decide(snapshot, asked, NOTHING_USED, NOW).code).toBe("irreversible");
  });

  it("fails closed: a condition that errs wants it too", () => {
    expect(refund(1, {}, [{ ...signIn, when: "args.amount / 0 > run.depth" }]).effect).not.toBe("allow");
  });

  it.each([
    [{ effect: "deny" }, "ask"],
    [{ to: ["ana@example.com"] }, "to"],
    [{ deadline: "1h" }, "deadline"],
    [{ ask: "approval", maxAge: "5m" }, "maxAge"],
    [{ maxAge: "soon" }, "maxAge"],
  ])("refuses %j", (more, field) => {
    const parsed = ruleSchema.safeParse({ ...signIn, ...more });
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toContain(field);
  });
});
