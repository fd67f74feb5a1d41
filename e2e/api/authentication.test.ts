import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { createCredential } from "@/lib/agents/credential-create";

const SIGN_IN = `
      - {id: fresh, match: {actions: [desk.refund]}, when: args.amount > 10.0, effect: escalate, ask: reauthentication, maxAge: 5m, message: Ask the customer to sign in again.}
`;

let desk: Desk;
let gates: [GateProcess, GateProcess];
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const forCustomer = (minutes: number) => ({
  onBehalfOf: { subject: "customer 7", authenticatedAt: minutesAgo(minutes) },
});
const tell = (run: TestRun, body: object, bearer = desk.credential): Promise<Answer> =>
  call(gates[0].url, "POST", `/runs/${run.id}/authentication`, { bearer, body });
const refund = async (run: TestRun) => (await run.ask("desk.refund", { amount: 20 })).body;

beforeAll(async () => {
  desk = await createDesk(DESK.replace("    rules:\n", `    rules:${SIGN_IN}`).replace('"desk.note"]', '"desk.*"]'));
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

describe("a rule that wants the person whom the run acts for to sign in again", () => {
  it("escalates without asking anybody, and is met when the credential says that they did, on every gate", async () => {
    const run = await startRun(gates[1].url, desk.credential, forCustomer(30));
    const asked = await refund(run);
    expect(asked).toMatchObject({
      effect: "escalate",
      code: "reauthentication_required",
      message: "Ask the customer to sign in again.",
    });
    expect(asked.approval).toBeUndefined();
    const at = minutesAgo(0);
    const told = await tell(run, { subject: "customer 7", authenticatedAt: at });
    expect(told).toMatchObject({ status: 200, body: { runId: run.id, subject: "customer 7", authenticatedAt: at } });
    expect(await refund(run)).toMatchObject({ effect: "allow" });
  });

  it("keeps the latest time: a repeat or an earlier one changes nothing", async () => {
    const run = await startRun(gates[0].url, desk.credential, forCustomer(1));
    const before = (await tell(run, { subject: "customer 7", authenticatedAt: minutesAgo(60) })).body;
    expect(Date.parse(String(before.authenticatedAt))).toBeGreaterThan(Date.now() - 120_000);
    expect(await refund(run)).toMatchObject({ effect: "allow" });
  });

  it("is not met by what the agent says itself: neither by the run's token, nor by a child run", async () => {
    const run = await startRun(gates[0].url, desk.credential, forCustomer(30));
    const own = await tell(run, { subject: "customer 7", authenticatedAt: minutesAgo(0) }, run.token);
    expect(own).toMatchObject({ status: 401, body: { code: "token_invalid" } });
    const child = await startRun(gates[0].url, run.token, { agent: "helper", ...forCustomer(0) });
    expect(await refund(child)).toMatchObject({ code: "reauthentication_required" });
    const stranger = { onBehalfOf: { subject: "customer 8", authenticatedAt: minutesAgo(0) } };
    const other = await startRun(gates[0].url, run.token, { agent: "helper", ...stranger });
    expect(await refund(other)).toMatchObject({ code: "reauthentication_required" });
  });

  it("is met for what the run delegated for the same person", async () => {
    const run = await startRun(gates[0].url, desk.credential, forCustomer(30));
    const child = await startRun(gates[1].url, run.token, { agent: "helper" });
    const grandchild = await startRun(gates[1].url, child.token, { agent: "helper" });
    expect(await refund(grandchild)).toMatchObject({ code: "reauthentication_required" });
    await tell(run, { subject: "customer 7", authenticatedAt: minutesAgo(0) });
    expect(await refund(child)).toMatchObject({ effect: "allow" });
    expect(await refund(grandchild)).toMatchObject({ effect: "allow" });
  });

  it("is recorded with who said it", async () => {
    const run = await startRun(gates[0].url, desk.credential, forCustomer(30));
    await tell(run, { subject: "customer 7", authenticatedAt: minutesAgo(0) });
    const records = await desk.database.db.auditRecord.findMany({
      where: { subjectId: run.id, action: "run.reauthenticate" },
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ actorKind: "agent", actorId: desk.id("desk"), nodeId: desk.id("desk") });
  });

  it("refuses another person, a time to come, a run for nobody, a foreign and an ended run", async () => {
    const run = await startRun(gates[0].url, desk.credential, forCustomer(30));
    const now = { subject: "customer 7", authenticatedAt: minutesAgo(0) };
    expect((await tell(run, { ...now, subject: "customer 8" })).body).toMatchObject({
      code: "invalid_input",
      field: "subject",
    });
    const ahead = await tell(run, { ...now, authenticatedAt: minutesAgo(-10) });
    expect(ahead).toMatchObject({ status: 400, body: { code: "invalid_input", field: "authenticatedAt" } });
    expect((await tell(run, { ...now, more: 1 })).body).toMatchObject({ code: "unknown_field" });
    const nobody = await startRun(gates[0].url, desk.credential);
    expect((await tell(nobody, now)).body).toMatchObject({ code: "conflict" });
    const foreign = await createCredential(desk.context, { agentId: desk.id("other"), name: "test" });
    const theirs = foreign.ok ? foreign.value.secret : "";
    expect(await tell(run, now, theirs)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect((await tell({ ...run, id: "x" }, now)).status).toBe(404);
    await run.post("/complete", { outcome: "succeeded" });
    expect((await tell(run, now)).body).toMatchObject({ code: "run_ended" });
  });
});
