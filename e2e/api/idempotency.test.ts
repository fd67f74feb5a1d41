import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";

let desk: Desk;
let gates: [GateProcess, GateProcess];
let run: TestRun;

beforeAll(async () => {
  desk = await createDesk();
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  run = await startRun(gates[0].url, desk.credential);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

describe("a repeated decision request", () => {
  it.each([
    ["an allow", "desk.read_order", { id: "o1" }],
    ["a deny", "desk.wipe", {}],
    ["an escalation", "desk.refund", { amount: 500 }],
  ])("answers %s as the first time, on any gate, and records it once", async (_name, action, args) => {
    const key = `key-${action}`;
    const first = await run.ask(action, args, { key });
    expect(first.status).toBe(200);
    const there = await call(gates[1].url, "POST", `/runs/${run.id}/decisions`, {
      bearer: run.token,
      body: { args, action },
      key,
    });
    expect(there).toMatchObject({ status: 200, body: first.body });
    expect(await run.ask(action, args, { key })).toMatchObject({ status: 200, body: first.body });
    expect(await desk.database.db.decision.count({ where: { runId: run.id, idempotencyKey: key } })).toBe(1);
  });

  it("is refused with other content", async () => {
    await run.ask("desk.note", { text: "a" }, { key: "other" });
    const answer = await run.ask("desk.note", { text: "b" }, { key: "other" });
    expect(answer).toMatchObject({ status: 409, body: { code: "idempotency_conflict", field: "Idempotency-Key" } });
  });

  it("is one decision however many arrive at a time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        call(gates[index % 2]?.url ?? "", "POST", `/runs/${run.id}/decisions`, {
          bearer: run.token,
          body: { action: "desk.note", args: {} },
          key: "many",
        }),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body.decisionId)}`)).size).toBe(1);
  });

  it("is a matter of each run alone", async () => {
    const other = await startRun(gates[0].url, desk.credential);
    const [here, there] = [
      await run.ask("desk.note", {}, { key: "same" }),
      await other.ask("desk.note", {}, { key: "same" }),
    ];
    expect(here.body.decisionId).not.toBe(there.body.decisionId);
  });
});

describe("a repeated start", () => {
  const start = (body: object, key: string, url = gates[0].url) =>
    call(url, "POST", "/runs", { bearer: desk.credential, body, key });

  it("returns the first run with its token, on any gate", async () => {
    const body = { trigger: { kind: "ticket", reference: "T-1" } };
    const answers = await Promise.all([start(body, "t1"), start(body, "t1", gates[1].url), start(body, "t1")]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: answers[0]?.body });
    const { runId, token } = answers[1]?.body ?? {};
    const asked = await call(gates[1].url, "POST", `/runs/${String(runId)}/decisions`, {
      bearer: String(token),
      body: { action: "desk.note", args: {} },
    });
    expect(asked).toMatchObject({ status: 200, body: { effect: "allow" } });
  });

  it("is refused with other content", async () => {
    await start({ trigger: { kind: "a" } }, "t2");
    expect(await start({ trigger: { kind: "b" } }, "t2")).toMatchObject({
      status: 409,
      body: { code: "idempotency_conflict" },
    });
  });
});
