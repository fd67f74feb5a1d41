import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import type { CommandContext } from "@/lib/audit/change";
import { verifyStreams } from "@/lib/audit/verify-streams";

let desk: Desk;
let bo: CommandContext;
let gates: [GateProcess, GateProcess];
let run: TestRun;

const asked = async (args: object): Promise<string> => {
  const { body } = await run.ask("desk.refund", args);
  expect(body.effect).toBe("escalate");
  return (body.approval as { id: string }).id;
};
const poll = (id: string, wait: number, url = gates[0].url): Promise<Answer> =>
  call(url, "GET", `/approvals/${id}?wait=${wait}`, { bearer: run.token });
const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${gates[0].url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1]);
};

beforeAll(async () => {
  desk = await createDesk();
  bo = await personOf(desk, "bo@example.com");
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  run = await startRun(gates[0].url, desk.credential);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

describe("waiting", () => {
  it("is told at once when a person decides, on whichever gate it waits", async () => {
    const id = await asked({ amount: 200 });
    const waiting = Promise.all([poll(id, 30), poll(id, 30, gates[1].url)]);
    await until(async () => (await metric("remit_gate_approval_waiters")) === 1, 60_000);
    const approvedAt = Date.now();
    expect(await approveApproval(bo, { approvalId: id, comment: "Go on." })).toMatchObject({ ok: true });
    for (const { status, body } of await waiting) {
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { state: "approved", comment: "Go on.", args: { amount: 200 } },
      });
    }
    expect(Date.now() - approvedAt).toBeLessThan(3_000);
    await until(async () => (await metric("remit_gate_approval_waiters")) === 0, 60_000);
  });

  it("answers pending when the time is up, and a rejection with its reason", async () => {
    const id = await asked({ amount: 300 });
    expect(await poll(id, 0)).toMatchObject({ status: 200, body: { state: "pending" } });
    expect(await poll(id, 1)).toMatchObject({ status: 200, body: { state: "pending" } });
    expect(await rejectApproval(bo, { approvalId: id, comment: "Too much." })).toMatchObject({ ok: true });
    expect((await poll(id, 30)).body).toMatchObject({ state: "rejected", comment: "Too much." });
    expect((await run.ask("desk.refund", { amount: 300 }, { approvalId: id })).body).toMatchObject({
      effect: "deny",
      code: "approval_rejected",
    });
  });

  it("forgets a caller that has gone", async () => {
    const id = await asked({ amount: 400 });
    const gone = new AbortController();
    const waiting = call(gates[0].url, "GET", `/approvals/${id}?wait=60`, { bearer: run.token, signal: gone.signal });
    await until(async () => (await metric("remit_gate_approval_waiters")) === 1, 60_000);
    gone.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    await until(async () => (await metric("remit_gate_approval_waiters")) === 0, 60_000);
  });

  it("refuses another run's approval and a wait that is none", async () => {
    const id = await asked({ amount: 410 });
    const foreign = await startRun(gates[0].url, desk.credential);
    expect(await call(gates[0].url, "GET", `/approvals/${id}?wait=0`, { bearer: foreign.token })).toMatchObject({
      status: 404,
    });
    expect(await call(gates[0].url, "GET", `/approvals/${id}?wait=61`, { bearer: run.token })).toMatchObject({
      status: 400,
      body: { field: "wait" },
    });
    expect((await foreign.ask("desk.refund", { amount: 410 }, { approvalId: id })).body).toMatchObject({
      effect: "deny",
    });
  });
});

describe("I2: an approval is redeemed at most once, for its exact arguments, by its run", () => {
  it("denies other arguments and another action, and is still good afterwards", async () => {
    const id = await asked({ amount: 500, id: "o1" });
    await approveApproval(bo, { approvalId: id });
    for (const [action, args] of [
      ["desk.refund", { amount: 501, id: "o1" }],
      ["desk.refund", { amount: 500, id: "o2" }],
      ["desk.note", { amount: 500, id: "o1" }],
    ] as const) {
      expect((await run.ask(action, args, { approvalId: id })).body).toMatchObject({
        effect: "deny",
        code: "approval_mismatch",
      });
    }
    const { body } = await run.ask("desk.refund", { id: "o1", amount: 500 }, { approvalId: id });
    expect(body).toMatchObject({ effect: "allow", code: "approved" });
    expect((await run.ask("desk.refund", { amount: 500, id: "o1" }, { approvalId: id })).body).toMatchObject({
      effect: "deny",
      code: "approval_redeemed",
    });
    const row = await desk.database.db.decision.findUniqueOrThrow({ where: { id: String(body.decisionId) } });
    expect(row.redeemedApprovalId).toBe(id);
  });

  it("is for the resource that the person saw", async () => {
    const { body } = await run.ask("desk.refund", { amount: 550 }, { resource: { order: "o1", shop: "a" } });
    const approvalId = (body.approval as { id: string }).id;
    await approveApproval(bo, { approvalId });
    for (const more of [{ resource: { order: "o2", shop: "a" } }, {}]) {
      const other = await run.ask("desk.refund", { amount: 550 }, { approvalId, ...more });
      expect(other.body).toMatchObject({ effect: "deny", code: "approval_mismatch" });
    }
    const same = await run.ask("desk.refund", { amount: 550 }, { approvalId, resource: { shop: "a", order: "o1" } });
    expect(same.body).toMatchObject({ effect: "allow", code: "approved" });
  });

  it("allows exactly one of many that redeem at the same time on two gates", async () => {
    const id = await asked({ amount: 600 });
    await approveApproval(bo, { approvalId: id });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        call(gates[index % 2]?.url ?? "", "POST", `/runs/${run.id}/decisions`, {
          bearer: run.token,
          body: { action: "desk.refund", args: { amount: 600 }, approvalId: id },
        }),
      ),
    );
    const effects = answers.map(({ status, body }) =>
      status === 200 ? `${String(body.effect)} ${String(body.code)}` : String(status),
    );
    expect(effects.filter((effect) => effect === "allow approved")).toHaveLength(1);
    expect(effects.filter((effect) => effect === "deny approval_redeemed")).toHaveLength(39);
    expect(await desk.database.db.decision.count({ where: { redeemedApprovalId: id } })).toBe(1);
  });

  it("cannot be used once the run has ended: what is pending is cancelled", async () => {
    const ending = await startRun(gates[0].url, desk.credential);
    const { body } = await ending.ask("desk.refund", { amount: 700 });
    const { id } = body.approval as { id: string };
    const waiting = call(gates[0].url, "GET", `/approvals/${id}?wait=30`, { bearer: ending.token });
    expect(
      await ending.post("/complete", { outcome: "blocked", blocker: { reason: "Nobody is there." } }),
    ).toMatchObject({ status: 200 });
    expect((await waiting).body).toMatchObject({ state: "cancelled" });
    expect(await approveApproval(bo, { approvalId: id })).toMatchObject({
      ok: false,
      error: { code: "approval_not_pending" },
    });
  });
});

describe("shadow runs", () => {
  it("answer what would have been, and ask nobody", async () => {
    const shadow = await startRun(gates[0].url, desk.credential, { mode: "shadow" });
    const { body } = await shadow.ask("desk.refund", { amount: 900 });
    expect(body).toMatchObject({ effect: "escalate", shadow: true });
    expect(body.approval).toBeUndefined();
    expect(await desk.database.db.approval.count({ where: { runId: shadow.id } })).toBe(0);
  });
});

it("I8: every stream that the gates wrote verifies from its first record to its head", async () => {
  const verified = await verifyStreams(desk.database.db);
  expect(verified.faults).toEqual([]);
  expect(verified.records).toBeGreaterThan(50);
});
