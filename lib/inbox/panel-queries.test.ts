import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { approvalPanel } from "@/lib/inbox/panel-approval";
import { readPanel, readReadings } from "@/lib/inbox/panel-queries";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let test: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let run: Awaited<ReturnType<(typeof acme)["run"]>>;

beforeAll(async () => {
  test = await createTestDatabase();
  acme = await seedAcme(test.db);
  run = await acme.run(acme.ids.desk);
});
afterAll(() => test.close());

const rob = () => acme.viewer(acme.ids.rob);
const waiting = async (args: { [name: string]: string | number }, more = {}) =>
  (await acme.approval(run, [acme.ids.ada, acme.ids.rob], { args, ...more })).id;

describe("the panel of an approval", () => {
  it("holds what was said and done about it, as JSON carries it", async () => {
    const id = await waiting({ account_id: "A-1" }, { quorum: 2, assigneeId: acme.ids.rob, assignedAt: at(-10) });
    const { db } = test;
    const questionId = newId();
    await db.approvalEntry.create({
      data: {
        id: questionId,
        approvalId: id,
        kind: "question",
        authorPersonId: acme.ids.ada,
        text: "Why?",
        at: at(-60),
      },
    });
    await db.approvalEntry.create({
      data: {
        id: newId(),
        approvalId: id,
        kind: "answer",
        authorAgentId: acme.ids.desk,
        text: "Because.",
        at: at(-50),
        answersId: questionId,
      },
    });
    const { argsHash } = await db.approval.findUniqueOrThrow({ where: { id }, select: { argsHash: true } });
    await db.approvalVote.create({ data: { approvalId: id, personId: acme.ids.ada, argsHash, at: at(-40) } });
    await db.approvalSnooze.create({ data: { approvalId: id, personId: acme.ids.rob, until: at(300) } });
    await db.approvalView.create({ data: { approvalId: id, personId: acme.ids.rob, firstAt: at(-30) } });

    const panel = await readPanel(await rob(), { kind: "approval", id });
    expect(panel).toMatchObject({
      kind: "approval",
      approval: {
        id,
        state: "pending",
        standing: "may_decide",
        args: { account_id: "A-1" },
        argsCut: false,
        edited: null,
        quorum: 2,
        votes: [{ person: { name: "Ada" }, at: at(-40).toISOString(), comment: null }],
        conversation: [
          { kind: "question", by: "Ada", text: "Why?" },
          { kind: "answer", by: "Agent desk", text: "Because.", answersId: questionId },
        ],
        assignee: { name: "Rob" },
        snoozedUntil: at(300).toISOString(),
        openedAt: at(-30).toISOString(),
        releaseAt: null,
        rules: { undoSeconds: 5, minimumSeconds: 0 },
        now: NOW.toISOString(),
      },
    });
    expect(JSON.parse(JSON.stringify(panel))).toEqual(panel);
    // What concerns one person only is theirs: Ada has neither snoozed nor opened it.
    expect(await readPanel(await acme.viewer(acme.ids.ada), { kind: "approval", id })).toMatchObject({
      approval: { snoozedUntil: null, openedAt: null },
    });
  });

  it("shows what stands there now, from what the run learned", async () => {
    const id = await waiting({ account_id: "A-7", limit: 500 });
    await test.db.runFact.create({
      data: {
        runId: run.id,
        action: "crm.read_account",
        key: "A-7",
        value: { account_id: "A-7", limit: 100 },
        eventId: "e",
        at: at(-400),
      },
    });
    expect((await approvalPanel(await rob(), id))?.present).toEqual({
      source: { kind: "fact", action: "crm.read_account", origin: "reported", at: at(-400).toISOString() },
      before: { limit: 100 },
    });
  });

  it("bounds what an agent may send a mebibyte of", async () => {
    const long = "x".repeat(1_000_000);
    const evidence = { reason: long, sources: [long], more: { long } };
    const id = await waiting({ account_id: "A-1", note: long }, { evidence });
    const panel = await readPanel(await rob(), { kind: "approval", id });
    expect(JSON.stringify(panel).length).toBeLessThan(120_000);
    expect(panel).toMatchObject({ approval: { argsCut: true } });
  });

  it("needs its minimum time on the evidence only where risk is high", async () => {
    const id = await waiting({ account_id: "A-1" }, { risk: "high" });
    expect((await approvalPanel(await rob(), id))?.rules.minimumSeconds).toBe(5);
  });

  it("tells of a decision that can still be undone, until its release", async () => {
    const decided = { state: "approved", decidedById: acme.ids.rob, decidedAt: at(-1), validUntil: at(600) } as const;
    const held = await waiting({ account_id: "A-2" }, { ...decided, releaseAt: at(4) });
    const released = await waiting({ account_id: "A-3" }, { ...decided, releaseAt: at(-1) });
    expect((await approvalPanel(await rob(), held))?.releaseAt).toEqual(at(4));
    expect((await approvalPanel(await rob(), released))?.releaseAt).toBeNull();
  });

  it("I12: is not there for who does not see the agent, nor its readings", async () => {
    const id = await waiting({ account_id: "A-1" });
    const { decisionId } = await test.db.approval.findUniqueOrThrow({ where: { id }, select: { decisionId: true } });
    const fay = await acme.viewer(acme.ids.fay);
    expect(await readPanel(fay, { kind: "approval", id })).toBeNull();
    expect(await readReadings(fay, decisionId)).toBeNull();
    for (const kind of ["approval", "review", "appeal", "conflict", "promotion", "action"] as const) {
      expect(await readPanel(fay, { kind, id: newId() })).toBeNull();
      expect(await readPanel(fay, { kind, id: "no id" })).toBeNull();
    }
  });
});
