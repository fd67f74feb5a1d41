import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { resumeAgent } from "@/lib/agents/resume";
import { suspendAgent } from "@/lib/agents/suspend";
import { seed } from "@/lib/manifest/testing";

let desk: Desk;
let gates: [GateProcess, GateProcess];
let run: TestRun;

const onBoth = (action: string, args: object = {}, who = run): Promise<Answer[]> =>
  Promise.all(
    gates.map((gate) =>
      call(gate.url, "POST", `/runs/${who.id}/decisions`, { bearer: who.token, body: { action, args } }),
    ),
  );
const effects = async (action: string, args?: object, who?: TestRun): Promise<string[]> =>
  (await onBoth(action, args, who)).map(({ body }) => `${String(body.effect)} ${String(body.code)}`);

beforeAll(async () => {
  desk = await createDesk();
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  run = await startRun(gates[0].url, desk.credential);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

describe("I9: what is changed binds the very next decision on every gate", () => {
  it("a suspension, under load, and its end", async () => {
    for (let round = 0; round < 10; round++) {
      expect(await effects("desk.note")).toEqual(["allow allowed", "allow allowed"]);
      const before = Array.from({ length: 20 }, () => onBoth("desk.note"));
      expect(await suspendAgent(desk.context, { id: desk.id("desk"), reason: "A test." })).toMatchObject({ ok: true });
      expect(await effects("desk.note")).toEqual(["deny agent_suspended", "deny agent_suspended"]);
      await Promise.all(before);
      expect((await run.post("/heartbeat", {})).body).toMatchObject({ state: "halt", reason: "agent_suspended" });
      expect(
        await call(gates[1].url, "POST", "/runs", { bearer: desk.credential, body: { trigger: { kind: "x" } } }),
      ).toMatchObject({
        status: 403,
        body: { code: "agent_suspended" },
      });
      expect(await resumeAgent(desk.context, { id: desk.id("desk"), reason: "It is over." })).toMatchObject({
        ok: true,
      });
    }
  });

  it("a policy that is published, a grant that goes", async () => {
    expect(await effects("desk.refund", { amount: 90 })).toEqual(["allow allowed", "allow allowed"]);
    await seed(desk.database.db, DESK.replace("args.amount > 100.0", "args.amount > 50.0"));
    expect(await effects("desk.refund", { amount: 90 })).toEqual([
      "escalate policy_escalates",
      "escalate policy_escalates",
    ]);
  });

  it.each([
    ["succeeded", "allow allowed"],
    ["halted", "deny delegation_ended"],
  ])("the end of the run that delegated: %s", async (outcome, effect) => {
    const parent = await startRun(gates[0].url, desk.credential);
    const started = await call(gates[0].url, "POST", "/runs", {
      bearer: parent.token,
      body: { trigger: { kind: "delegation" }, agent: "helper" },
    });
    const child = { ...parent, id: String(started.body.runId), token: String(started.body.token) };
    expect(await effects("desk.note", {}, child)).toEqual(["allow allowed", "allow allowed"]);
    expect(await parent.post("/complete", { outcome })).toMatchObject({ status: 200 });
    expect(await effects("desk.note", {}, child)).toEqual([effect, effect]);
  });

  it("I4: a child run has no more than the run that delegated", async () => {
    const parent = await startRun(gates[0].url, desk.credential);
    const started = await call(gates[0].url, "POST", "/runs", {
      bearer: parent.token,
      body: { trigger: { kind: "delegation" }, agent: "helper", scope: ["desk.read_*"] },
    });
    const child = { ...parent, id: String(started.body.runId), token: String(started.body.token) };
    expect(await effects("desk.read_order", { id: "o1" }, child)).toEqual(["allow allowed", "allow allowed"]);
    expect(await effects("desk.note", {}, child)).toEqual(["deny not_granted", "deny not_granted"]);
  });

  it("a credential that is revoked, for new runs and for those that it started", async () => {
    const credential = await desk.database.db.credential.findFirstOrThrow({ where: { agentId: desk.id("desk") } });
    expect(await effects("desk.note")).toEqual(["allow allowed", "allow allowed"]);
    await revokeCredential(desk.context, { id: credential.id });
    expect(await effects("desk.note")).toEqual(["deny credential_revoked", "deny credential_revoked"]);
    expect(
      await call(gates[0].url, "POST", "/runs", { bearer: desk.credential, body: { trigger: { kind: "x" } } }),
    ).toMatchObject({
      status: 401,
      body: { code: "credential_revoked" },
    });
    expect(await call(gates[0].url, "GET", "/me", { bearer: desk.credential })).toMatchObject({
      status: 401,
      body: { code: "credential_revoked" },
    });
  });
});
