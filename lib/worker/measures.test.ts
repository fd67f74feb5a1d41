import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { at } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { spanOf } from "@/lib/measures/spans";
import { seedOutcomes } from "@/lib/measures/test-store";
import { measureApprovals, pruneMeasures } from "@/lib/worker/measures";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedOutcomes>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedOutcomes(database.db);
});
afterAll(() => database.close());

const settle = (told: Parameters<typeof acme.outcome>[0]) => acme.outcome(told);
const outcomeOf = (id: string) => database.db.approvalOutcome.findUnique({ where: { approvalId: id } });

describe("what came of approvals", () => {
  it("is measured once each is settled, and again when it waits again", async () => {
    const { db } = database;
    const one = await settle({ rules: ["refunds/large"], wait: 90, spent: 12 });
    const two = await settle({ state: "rejected", by: "ada", wait: 30, undoable: true });
    const waits = await settle({ state: "pending" });
    expect(await measureApprovals(db, 1)).toBe(1);
    expect(await measureApprovals(db)).toBe(1);
    expect(await measureApprovals(db)).toBe(0);
    expect(await outcomeOf(one.id)).toMatchObject({
      state: "approved",
      causes: ["refunds/large"],
      people: [acme.ids.rob],
      spent: [12],
      waitMs: 90_000n,
      overturned: null,
    });
    expect(await outcomeOf(two.id)).toMatchObject({ state: "rejected", causes: ["code:irreversible"], spent: [-1] });
    expect(await outcomeOf(waits.id)).toBeNull();

    await db.approval.update({
      where: { id: two.id },
      data: { state: "pending", decidedAt: null, decidedById: null, releaseAt: null, comment: null },
    });
    await measureApprovals(db);
    expect(await outcomeOf(two.id)).toBeNull();
    const days = await db.approvalDay.findMany({ where: { kind: "all", agentId: acme.ids.desk } });
    expect(days).toMatchObject([
      { approved: 1, rejected: 0, timed: 1, quick: 0, waitAt: [spanOf(90_000)], waitCount: [1] },
    ]);
  });

  it("counts everybody who approved, each with their own time", async () => {
    const { db } = database;
    const one = await settle({ state: "pending", agent: "helper", rules: ["a/b", "a/c"] });
    const word = (personId: string, secondsSpent: number) => ({
      approvalId: one.id,
      personId,
      argsHash: new Uint8Array(32),
      at: at(-3_000),
      secondsSpent,
    });
    await db.approvalVote.createMany({ data: [word(acme.ids.rob, 3), word(acme.ids.ada, 40)] });
    await db.approval.update({
      where: { id: one.id },
      data: {
        state: "approved",
        decidedAt: at(-3_000),
        decidedById: acme.ids.ada,
        secondsSpent: 40,
        validUntil: at(60),
      },
    });
    await measureApprovals(db);
    const days = await db.approvalDay.findMany({
      where: { agentId: acme.ids.helper },
      orderBy: [{ kind: "asc" }, { key: "asc" }],
      select: { kind: true, key: true, approved: true, timed: true, quick: true },
    });
    const reviewers = [acme.ids.ada, acme.ids.rob].toSorted();
    expect(days).toEqual([
      { kind: "action", key: "crm.update_account", approved: 1, timed: 2, quick: 1 },
      { kind: "all", key: "", approved: 1, timed: 2, quick: 1 },
      { kind: "cause", key: "a/b", approved: 1, timed: 2, quick: 1 },
      { kind: "cause", key: "a/c", approved: 1, timed: 2, quick: 1 },
      ...reviewers.map((key) => ({
        kind: "reviewer",
        key,
        approved: 1,
        timed: 1,
        quick: key === acme.ids.rob ? 1 : 0,
      })),
    ]);
  });

  it("knows what speaks against it later: an incident in its run, an undo; not one about rejections", async () => {
    const { db } = database;
    const one = await settle({ agent: "ledger", by: "fay", wait: 10 });
    const incident = async (source: "person" | "rejections") => {
      const { id } = await db.incident.create({
        data: { id: newId(), agentId: acme.ids.ledger, severity: "high", source, title: "Odd", openedAt: at(-60) },
      });
      await db.incidentRun.create({ data: { incidentId: id, runId: one.run.id } });
    };
    await incident("rejections");
    await measureApprovals(db);
    expect((await outcomeOf(one.id))?.overturned).toBeNull();
    await incident("person");
    await measureApprovals(db);
    expect((await outcomeOf(one.id))?.overturned).toBe("incident");
    const day = await db.approvalDay.findFirst({ where: { agentId: acme.ids.ledger, kind: "reviewer" } });
    expect(day).toMatchObject({ key: acme.ids.fay, overturned: 1 });
  });

  it("speaks of what was rolled back after it was approved", async () => {
    const { db } = database;
    const one = await settle({ agent: "ledger", by: "fay" });
    const decisionId = await acme.decision(one.run, { redeemedApprovalId: one.id });
    const review = {
      id: newId(),
      decisionId,
      runId: one.run.id,
      agentId: acme.ids.ledger,
      action: "crm.update_account",
      risk: "low",
      createdAt: at(-50),
      deadline: at(50),
    } as const;
    await db.review.create({ data: review });
    await measureApprovals(db);
    const before = (await outcomeOf(one.id))?.overturned;
    await db.review.update({
      where: { id: review.id },
      data: { state: "rolling_back", decidedAt: at(-5), decidedById: acme.ids.fay, comment: "Wrong." },
    });
    await measureApprovals(db);
    expect(before).not.toBe("rolled_back");
    expect((await outcomeOf(one.id))?.overturned).toBe("rolled_back");
  });

  it("is the same however often it is made anew, by two workers at once", async () => {
    const { db } = database;
    const snapshot = async () =>
      JSON.stringify(
        await db.approvalDay.findMany({
          orderBy: [{ day: "asc" }, { agentId: "asc" }, { kind: "asc" }, { key: "asc" }],
        }),
      );
    await measureApprovals(db);
    const before = await snapshot();
    await database.ownerDb
      .$executeRaw`INSERT INTO measure_due (approval_id) SELECT approval_id FROM approval_outcome, generate_series(1, 3)`;
    await Promise.all([measureApprovals(db, 7), measureApprovals(db)]);
    await measureApprovals(db);
    expect(await snapshot()).toBe(before);
  });

  it("is not stopped by what an agent sent, and leaves out permits", async () => {
    const { db, ownerDb } = database;
    const one = await settle({ rules: ["odd/a"] });
    const checks = JSON.stringify([
      {
        check: "policy",
        message: "\0 \ud800",
        rules: [{ policy: "odd", rule: "a", effect: "escalate", matched: true }],
      },
    ]);
    const permit = await settle({ rules: ["odd/b"] });
    await ownerDb.$executeRaw`ALTER TABLE decision DISABLE TRIGGER ALL`;
    await ownerDb.$executeRaw`UPDATE decision SET checks = ${checks}::json WHERE id = ${one.decisionId}::uuid`;
    await ownerDb.$executeRaw`UPDATE decision SET effect = 'deny' WHERE id = ${permit.decisionId}::uuid`;
    await ownerDb.$executeRaw`ALTER TABLE decision ENABLE TRIGGER ALL`;
    await measureApprovals(db);
    expect((await outcomeOf(one.id))?.causes).toEqual(["odd/a"]);
    expect(await outcomeOf(permit.id)).toBeNull();
  });

  it("forgets days that no page shows", async () => {
    const { db } = database;
    await pruneMeasures(db, at(500 * 86_400));
    expect(await db.approvalDay.count()).toBe(0);
    expect(await db.approvalOutcome.count()).toBe(0);
  });
});
