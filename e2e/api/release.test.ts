import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { resumeAgent } from "@/lib/agents/resume";
import { suspendAgent } from "@/lib/agents/suspend";
import { approveApproval } from "@/lib/approvals/approve";
import { askAgent } from "@/lib/approvals/ask";
import { rejectApproval } from "@/lib/approvals/reject";
import { undoDecision } from "@/lib/approvals/undo";
import { NOTIFY_CHANNEL, type CommandContext } from "@/lib/audit/change";
import { inOneChange } from "@/lib/audit/command";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { RemitClient } from "@/lib/client/client";
import { engageKillSwitch, releaseKillSwitch } from "@/lib/organisation/kill-switch";

/** Long enough to see what happens before it, short enough to wait for. */
const RELEASE = DESK.replace("undoSeconds: 0", "undoSeconds: 2");

let desk: Desk;
let bo: CommandContext;
let ana: CommandContext;
let gates: [GateProcess, GateProcess];
let run: TestRun;

const asked = async (args: object, by: TestRun = run): Promise<string> => {
  const { body } = await by.ask("desk.refund", args);
  expect(body).toMatchObject({ effect: "escalate" });
  return (body.approval as { id: string }).id;
};
const poll = (id: string, query: string, gate = 0, by: TestRun = run): Promise<Answer> =>
  call(gates[gate]?.url ?? "", "GET", `/approvals/${id}?${query}`, { bearer: by.token });
const waiters = async (count: number): Promise<void> => {
  const metric = async ({ url }: GateProcess): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^remit_gate_approval_waiters (.*)$/m.exec(text)?.[1]);
  };
  await until(async () => (await metric(gates[0])) + (await metric(gates[1])) === count, 60_000);
};
const approve = async (approvalId: string): Promise<number> => {
  const approved = await approveApproval(bo, { approvalId });
  if (!approved.ok || !approved.value.release) throw new Error(JSON.stringify(approved));
  return new Date(approved.value.release.at).getTime();
};

beforeAll(async () => {
  desk = await createDesk(RELEASE);
  [bo, ana] = await Promise.all([personOf(desk, "bo@example.com"), personOf(desk, "ana@example.com")]);
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  run = await startRun(gates[0].url, desk.credential);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

describe("release", () => {
  it("is when waiting agents learn of a decision, on whichever gate, and no moment earlier", async () => {
    const id = await asked({ amount: 200 });
    const told = [0, 1].map(async (gate) => ({ ...(await poll(id, "wait=30", gate)), at: Date.now() }));
    await waiters(2);
    const releaseAt = await approve(id);
    expect((await poll(id, "wait=0", 1)).body).toEqual({ state: "pending", deadline: expect.any(String) });
    expect((await run.ask("desk.refund", { amount: 200 }, { approvalId: id })).body).toMatchObject({
      effect: "deny",
      code: "approval_pending",
    });
    for (const { body, at } of await Promise.all(told)) {
      expect(body).toMatchObject({ state: "approved", args: { amount: 200 } });
      expect(at).toBeGreaterThanOrEqual(releaseAt);
      // By its timer: a sweep would come after four seconds at the earliest.
      expect(at - releaseAt).toBeLessThan(2_000);
    }
    expect((await run.ask("desk.refund", { amount: 200 }, { approvalId: id })).body).toMatchObject({
      effect: "allow",
      code: "approved",
    });
  });

  it("does not come when the decision is undone, but with the next one", async () => {
    const id = await asked({ amount: 210 });
    const waiting = poll(id, "wait=30", 1);
    await waiters(1);
    await rejectApproval(bo, { approvalId: id, comment: "No." });
    expect(await undoDecision(bo, { approvalId: id })).toMatchObject({ ok: true });
    const undoneAt = Date.now();
    // The first release passes, and nobody is told.
    await until(() => Date.now() > undoneAt + 2_100, 60_000);
    await waiters(1);
    await approve(id);
    expect((await waiting).body).toMatchObject({ state: "approved" });
    expect(await undoDecision(bo, { approvalId: id })).toMatchObject({ ok: false, error: { code: "undo_too_late" } });
  });

  it("waits for an undo that began before it and is committed after it: nobody is told of what then never was", async () => {
    const id = await asked({ amount: 215 });
    const waiting = [0, 1].map((gate) => poll(id, "wait=30", gate));
    await waiters(2);
    const releaseAt = await approve(id);
    const undone = await inOneChange(bo, {}, async (step) => {
      const taken = await undoDecision.within(step, { approvalId: id });
      await until(() => Date.now() >= releaseAt, 60_000);
      for (const gate of [0, 1]) expect((await poll(id, "wait=0", gate)).body).toMatchObject({ state: "pending" });
      return taken;
    });
    expect(undone).toMatchObject({ ok: true });
    for (const gate of [0, 1]) expect((await poll(id, "wait=0", gate)).body).toMatchObject({ state: "pending" });
    await waiters(2);
    await approve(id);
    for (const { body } of await Promise.all(waiting)) expect(body).toMatchObject({ state: "approved" });
    expect((await run.ask("desk.refund", { amount: 215 }, { approvalId: id })).body).toMatchObject({
      code: "approved",
    });
  });

  it("is kept by a gate that hears of it late, twice, or before it is true", async () => {
    const id = await asked({ amount: 220 });
    const waiting = poll(id, "wait=30", 1).then((answer) => ({ ...answer, at: Date.now() }));
    await waiters(1);
    const shout = () => desk.database.pool.query("SELECT pg_notify($1, $2)", [NOTIFY_CHANNEL, `["approval:${id}"]`]);
    await shout();
    const releaseAt = await approve(id);
    for (let times = 0; times < 5; times += 1) await shout();
    const { body, at } = await waiting;
    expect(body).toMatchObject({ state: "approved" });
    expect(at).toBeGreaterThanOrEqual(releaseAt);
  });

  it("reaches an agent whose run has ended: it can use nothing, and what was not decided is cancelled", async () => {
    const ending = await startRun(gates[0].url, desk.credential);
    const [decided, open] = [await asked({ amount: 230 }, ending), await asked({ amount: 231 }, ending)];
    const releaseAt = await approve(decided);
    expect(await ending.post("/complete", { outcome: "succeeded" })).toMatchObject({ status: 200 });
    expect((await poll(open, "wait=0", 0, ending)).body).toMatchObject({ state: "cancelled" });
    expect(await undoDecision(bo, { approvalId: decided })).toMatchObject({ ok: false, error: { code: "run_ended" } });
    await until(() => Date.now() >= releaseAt, 60_000);
    expect((await poll(decided, "wait=0", 1, ending)).body).toMatchObject({ state: "approved" });
    expect((await ending.ask("desk.refund", { amount: 230 }, { approvalId: decided })).body).toMatchObject({
      code: "run_ended",
    });
  });
});

describe("I9: what is stopped uses no approval", () => {
  const resumed = { reason: "It works." };

  it("a suspended agent, whether it was approved before or since; resumed, it may", async () => {
    const id = await asked({ amount: 240 });
    const releaseAt = await approve(id);
    expect(await suspendAgent(ana, { id: desk.id("desk"), reason: "Odd." })).toMatchObject({ ok: true });
    await until(() => Date.now() > releaseAt, 60_000);
    const redeem = () => run.ask("desk.refund", { amount: 240 }, { approvalId: id });
    expect((await redeem()).body).toMatchObject({ effect: "deny", code: "agent_suspended" });
    // People may decide meanwhile: they are shown that it is stopped.
    expect((await poll(id, "wait=0")).body).toMatchObject({ state: "approved" });
    expect(await resumeAgent(ana, { id: desk.id("desk"), ...resumed })).toMatchObject({ ok: true });
    expect((await redeem()).body).toMatchObject({ effect: "allow", code: "approved" });
  });

  it("everything that is halted; what was decided is still released, and undone before that", async () => {
    const [kept, undone] = [await asked({ amount: 250 }), await asked({ amount: 251 })];
    expect(await engageKillSwitch(desk.context, { reason: "A drill." })).toMatchObject({ ok: true });
    const releaseAt = await approve(kept);
    await approve(undone);
    expect(await undoDecision(bo, { approvalId: undone })).toMatchObject({ ok: true });
    await until(() => Date.now() > releaseAt, 60_000);
    const redeem = () => run.ask("desk.refund", { amount: 250 }, { approvalId: kept });
    expect((await redeem()).body).toMatchObject({ effect: "deny", code: "everything_halted" });
    expect(await releaseKillSwitch(desk.context, { reason: "It is over." })).toMatchObject({ ok: true });
    expect((await poll(undone, "wait=0")).body).toMatchObject({ state: "pending" });
    expect((await redeem()).body).toMatchObject({ effect: "allow" });
  });
});

describe("questions", () => {
  const ask = async (approvalId: string, text: string): Promise<string> => {
    const asking = await askAgent(bo, { approvalId, text });
    if (!asking.ok) throw new Error(asking.error.message);
    return asking.value.questionId;
  };
  const reply = (id: string, body: unknown, by: TestRun = run, more: { key?: string } = {}) =>
    call(gates[1].url, "POST", `/approvals/${id}/answers`, { bearer: by.token, body, ...more });

  it("wake the waiting agent once, and the answer reaches the record", async () => {
    const id = await asked({ amount: 300 });
    const waiting = poll(id, "wait=30", 1);
    await waiters(1);
    const questionId = await ask(id, "Which order is it?");
    const { body } = await waiting;
    expect(body).toEqual({
      state: "pending",
      deadline: expect.any(String),
      question: { id: questionId, text: "Which order is it?", askedAt: expect.any(String) },
    });
    // Who has seen it waits on, until there is another one.
    const again = poll(id, `wait=30&seen=${questionId}`);
    await waiters(1);
    const next = await ask(id, "And whose?");
    expect((await again).body).toMatchObject({ question: { id: next } });
    expect((await poll(id, "wait=30")).body).toMatchObject({ question: { id: questionId } });

    const text = "Order o-7,\nas <b>asked</b>.";
    const answered = await reply(id, { questionId, text, evidence: { sources: ["orders/7"] } });
    expect(answered).toMatchObject({ status: 201, body: { questionId, answerId: expect.any(String) } });
    expect((await poll(id, "wait=0")).body).toMatchObject({ question: { id: next } });
    const entry = await desk.database.db.approvalEntry.findUniqueOrThrow({ where: { answersId: questionId } });
    expect(entry).toMatchObject({ kind: "answer", text, evidence: { sources: ["orders/7"] }, authorPersonId: null });
    const record = await desk.database.db.auditRecord.findFirstOrThrow({ where: { action: "approval.answer" } });
    expect(record).toMatchObject({ subjectId: id, actorKind: "agent", actorId: desk.id("desk") });
  });

  it("do not make a loop of a caller that takes no notice of them", async () => {
    const id = await asked({ amount: 305 });
    await ask(id, "Which order is it?");
    expect((await poll(id, "wait=30")).body).toHaveProperty("question");
    let polls = 0;
    for (const endMs = Date.now() + 1_000; Date.now() < endMs; polls += 1) await poll(id, "wait=2");
    expect(polls).toBeLessThan(5);
  });

  it("are answered once: a repeat is the same answer, another one a conflict", async () => {
    const id = await asked({ amount: 310 });
    const questionId = await ask(id, "Why?");
    const first = await reply(id, { questionId, text: "Because." }, run, { key: "answer" });
    const again = await reply(id, { questionId, text: "Because." }, run, { key: "answer" });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await reply(id, { questionId, text: "Or not." })).toMatchObject({
      status: 409,
      body: { code: "question_answered", field: "questionId" },
    });
    const many = await Promise.all(
      [1, 2, 3, 4].map(async (n) => reply(id, { questionId: await ask(id, `Question ${n}`), text: "Yes." })),
    );
    expect(many.map((one) => one.status)).toEqual([201, 201, 201, 201]);
  });

  it("of many answers at once exactly one stands", async () => {
    const id = await asked({ amount: 320 });
    const questionId = await ask(id, "Which?");
    const texts = Array.from({ length: 12 }, (_, index) => `Number ${index}`);
    const given = await Promise.all(
      texts.map((text, index) =>
        call(gates[index % 2]?.url ?? "", "POST", `/approvals/${id}/answers`, {
          bearer: run.token,
          body: { questionId, text },
        }),
      ),
    );
    expect(given.map((one) => one.status).toSorted()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
  });

  it("are refused by their codes", async () => {
    const id = await asked({ amount: 330 });
    const questionId = await ask(id, "Why?");
    const other = await startRun(gates[0].url, desk.credential);
    const unknown = "0190a0a0-0000-7000-8000-000000000000";
    const text = "Because.";
    for (const [answer, status, code, field] of [
      [await reply(id, { questionId, text }, other), 404, "not_found", undefined],
      [await reply(unknown, { questionId, text }), 404, "not_found", undefined],
      [await reply("nonsense", { questionId, text }), 404, "not_found", undefined],
      [await reply(id, { questionId: unknown, text }), 404, "not_found", "questionId"],
      [await reply(id, { questionId: "x", text }), 400, "invalid_input", "questionId"],
      [await reply(id, { questionId, text: "" }), 400, "invalid_input", "text"],
      [await reply(id, { questionId, text: "x".repeat(10_001) }), 400, "invalid_input", "text"],
      [await reply(id, { questionId, text: "a\u0000" }), 400, "invalid_input", "text"],
      [await reply(id, { questionId, text, more: 1 }), 400, "unknown_field", "more"],
      [await poll(id, "wait=0&seen=x"), 400, "invalid_input", "seen"],
    ] as const)
      expect(answer).toMatchObject({ status, body: { code, ...(field !== undefined && { field }) } });

    const releaseAt = await approve(id);
    await until(() => Date.now() >= releaseAt, 60_000);
    expect(await reply(id, { questionId, text })).toMatchObject({
      status: 409,
      body: { code: "approval_not_pending" },
    });
    const ended = await startRun(gates[0].url, desk.credential);
    const late = await asked({ amount: 331 }, ended);
    const lateQuestion = await ask(late, "Why?");
    await ended.post("/complete", { outcome: "succeeded" });
    expect(await reply(late, { questionId: lateQuestion, text }, ended)).toMatchObject({
      status: 409,
      body: { code: "run_ended" },
    });
  });

  it("are answered by the client while it waits", async () => {
    const client = new RemitClient(desk.credential, { baseUrl: gates[0].url });
    const started = await client.startRun({ trigger: { kind: "test" } }, "client");
    const { approval } = await started.ask({ action: "desk.refund", args: { amount: 340 } }, "ask");
    const id = approval?.id ?? "";
    const heard: string[] = [];
    const told = started.waitForApproval(id, Date.now() + 30_000, 20, (question) => {
      heard.push(question.text);
      return { text: `About: ${question.text}` };
    });
    await waiters(1);
    await ask(id, "First?");
    await until(async () => (await desk.database.db.approvalEntry.count({ where: { approvalId: id } })) === 2, 60_000);
    await ask(id, "Second?");
    await until(async () => (await desk.database.db.approvalEntry.count({ where: { approvalId: id } })) === 4, 60_000);
    await approve(id);
    expect(await told).toMatchObject({ state: "approved" });
    expect(heard).toEqual(["First?", "Second?"]);
  });
});

it("I8: every record of it verifies", async () => {
  expect((await verifyStreams(desk.database.db)).faults).toEqual([]);
});
