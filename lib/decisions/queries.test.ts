import { afterAll, beforeAll, expect, it } from "vitest";

import { seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { decisionTitle, getDecision } from "@/lib/decisions/queries";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

it("tells a decision with its checks and the text of the rules in the version that spoke", async () => {
  const { db } = database;
  await db.policy.create({ data: { id: "refunds", name: "Refunds", publishedVersion: 2 } });
  for (const [number, when] of [
    [1, "false"],
    [2, "args.amount > 100"],
  ] as const) {
    await db.policyVersion.create({
      data: { policyId: "refunds", number, rules: [{ id: "large", when, effect: "deny", message: "Too much." }] },
    });
  }
  const run = await acme.run(acme.ids.desk);
  const rule = { policy: "refunds", version: 2, rule: "large", effect: "deny", matched: true };
  const id = await acme.decision(run, {
    action: "bank.refund",
    args: { amount: 900 },
    effect: "deny",
    code: "policy_denied",
    message: "Too much.",
    checks: [
      { check: "policy", outcome: "deny", code: "policy_denied", message: "A rule denies.", saw: {}, rules: [rule] },
    ],
    evidence: { reason: "Asked" },
    estimate: { costUsd: 0.2 },
  });
  expect(await getDecision(await acme.viewer(acme.ids.rob), id)).toMatchObject({
    action: { id: "bank.refund", title: "Refund", kind: null },
    target: "900",
    effect: "deny",
    evidence: { reason: "Asked" },
    estimate: { costUsd: 0.2, tokens: null },
    configVersion: "1",
    argsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    checks: [{ check: "policy", outcome: "deny" }],
    rules: [{ policyName: "Refunds", rule: "large", when: "args.amount > 100", message: "Too much.", matched: true }],
    record: null,
    approvalId: null,
  });
});

it("I12: is null for a decision of another subtree, an unknown and a malformed id", async () => {
  const id = await acme.decision(await acme.run(acme.ids.ledger));
  const rob = await acme.viewer(acme.ids.rob);
  for (const no of [id, newId(), "", "x"]) {
    expect(await getDecision(rob, no)).toBeNull();
    expect(await decisionTitle(rob, no)).toBeNull();
  }
  expect(await decisionTitle(await acme.viewer(acme.ids.fay), id)).toBe("Update an account");
  expect(await getDecision(await acme.viewer(acme.ids.fay), id)).not.toBeNull();
});
