import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { seed } from "@/lib/manifest/testing";

const TAINTED = DESK.replace(
  "    rules:\n",
  `    rules:
      - {id: no-personal-data, match: {actions: [desk.note]}, when: '"pii" in run.dataClasses', effect: deny}
      - {id: no-secrets, match: {actions: [desk.note]}, when: '"secret" in run.dataClasses', effect: deny}
`,
);

let desk: Desk;
let gates: [GateProcess, GateProcess];
beforeAll(async () => {
  desk = await createDesk(TAINTED);
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

const start = (bearer = desk.credential, more = {}): Promise<TestRun> => startRun(gates[0].url, bearer, more);
/** Each gate's answer to the same question. */
const notes = (run: TestRun): Promise<unknown[]> =>
  Promise.all(
    gates.map(async ({ url }) => {
      const asked = { bearer: run.token, body: { action: "desk.note", args: {} } };
      return (await call(url, "POST", `/runs/${run.id}/decisions`, asked)).body.code;
    }),
  );
const CLEAN = ["allowed", "allowed"];
const DENIED = ["policy_denied", "policy_denied"];

describe("what a run has touched", () => {
  it("is what it was allowed to read, and what a tool's result is said to hold", async () => {
    const run = await start();
    expect(await notes(run)).toEqual(CLEAN);
    const event = {
      id: "e1",
      kind: "tool",
      at: new Date().toISOString(),
      ok: true,
      result: "…",
      dataClasses: ["secret"],
    };
    expect((await run.post("/events", { events: [event] })).body).toMatchObject({ accepted: 1 });
    expect(await notes(run)).toEqual(DENIED);
    const stored = await desk.database.db.run.findUniqueOrThrow({ where: { id: run.id } });
    expect(stored.dataClasses).toEqual(["secret"]);
  });

  it("goes down with a delegation", async () => {
    const run = await start();
    const before = await start(run.token, { agent: "helper" });
    await run.ask("desk.read_order", { id: "1" });
    const after = await start(run.token, { agent: "helper" });
    expect(await notes(before)).toEqual(CLEAN);
    expect(await notes(after)).toEqual(DENIED);
  });

  it("comes back with what a delegated run returns, from however deep", async () => {
    const run = await start();
    const child = await start(run.token, { agent: "helper" });
    const grandchild = await start(child.token, { agent: "helper" });
    await grandchild.ask("desk.read_order", { id: "1" });
    expect(await notes(run)).toEqual(CLEAN);
    await grandchild.post("/complete", { outcome: "succeeded", output: "who it was" });
    expect(await notes(child)).toEqual(DENIED);
    expect(await notes(run)).toEqual(CLEAN);
    await child.post("/complete", { outcome: "succeeded", output: "who it was" });
    expect(await notes(run)).toEqual(DENIED);
  });
});

describe("delegation", () => {
  it("ends at the depth that the settings say", async () => {
    await seed(desk.database.db, TAINTED.replace("settings: {", "settings: {delegation: {maxDepth: 1}, "));
    const run = await start();
    const child = await start(run.token, { agent: "helper" });
    const deeper = await call(gates[1].url, "POST", "/runs", {
      bearer: child.token,
      body: { trigger: { kind: "test" }, agent: "helper" },
    });
    expect(deeper).toMatchObject({
      status: 409,
      body: { code: "conflict", detail: "Runs may delegate at most 1 deep." },
    });
    expect((await child.ask("desk.note")).body).toMatchObject({ effect: "allow" });
  });
});
