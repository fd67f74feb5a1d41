import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { startRun, type TestRun } from "@/e2e/api/http";

let desk: Desk;
let gate: GateProcess;
let run: TestRun;

beforeAll(async () => {
  desk = await createDesk();
  gate = await startGateProcess(desk.database.runtimeUrl);
  run = await startRun(gate.url, desk.credential);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

describe("decisions", () => {
  it("allows what is granted", async () => {
    const { status, body } = await run.ask("desk.read_order", { id: "o1" });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { effect: "allow", code: "allowed", windDown: false },
    });
  });

  it("denies with the rule's message and without the trace", async () => {
    const { body } = await run.ask("desk.wipe");
    expect(body).toEqual({
      decisionId: expect.any(String),
      effect: "deny",
      code: "policy_denied",
      message: "Nobody wipes.",
      windDown: false,
      remaining: {},
    });
  });

  it("escalates with an approval and its deadline", async () => {
    const { body } = await run.ask("desk.refund", { amount: 250 });
    expect(body).toMatchObject({
      effect: "escalate",
      code: "policy_escalates",
      approval: {
        id: expect.any(String),
        deadline: expect.any(String),
        waitUrl: expect.stringMatching(/^\/api\/v1\/approvals\/.+\?wait=30$/),
      },
    });
  });
});
