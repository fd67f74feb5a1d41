import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { newId } from "@/lib/kernel/ids";
import { seed } from "@/lib/manifest/testing";
import type { Rule } from "@/lib/policies/schemas";
import { runSimulation } from "@/lib/policies/simulation/run-simulation";
import type { Tally } from "@/lib/policies/simulation/tally";

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
/** A data class's name is any text. */
const ODD = `a "quoted" \\ ]}' name`;
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

/** What a run touched stands nowhere with its decisions: a simulation puts it together from what is never changed. */
describe("a simulation of rules about what a run has touched", () => {
  const event = (more: object) => ({ id: newId(), kind: "tool", at: new Date().toISOString(), ok: true, ...more });
  const rule = (id: string, name: string): Rule => ({
    id,
    match: { actions: ["desk.note"] },
    when: `'${name}' in run.dataClasses && true`,
    effect: "deny",
  });
  const simulate = async (rules: readonly Rule[]): Promise<Tally> => {
    const range = { from: new Date(0), to: new Date(Date.now() + 60_000), agentIds: null, action: "desk.note" };
    const tally = await runSimulation(desk.database.pool, { policy: "desk-rules", rules, range, resume: null }, () =>
      Promise.resolve("continue"),
    );
    if (!tally) throw new Error("it was not told to stop");
    return tally;
  };

  it("finds every decision as it was made, and knows what a stricter rule would have stopped", async () => {
    const run = await start();
    // Not of the run, though it looks so: inside a result, in a text, or empty.
    const decoys = [
      { result: { dataClasses: ["secret"] } },
      { result: '"dataClasses":["secret"]}' },
      { error: { dataClasses: ["secret"] }, dataClasses: [] },
      { name: '{"dataClasses":["secret"]}' },
    ];
    expect((await run.post("/events", { events: decoys.map(event) })).body).toMatchObject({
      accepted: 4,
      rejected: [],
    });
    expect(await notes(run)).toEqual(CLEAN);
    // A name with everything that a text may hold, sent first and beside a NUL, which PostgreSQL's JSON can not read.
    const named = { dataClasses: [ODD, "plain"], result: "a \u0000 b", costUsd: 0 };
    expect((await run.post("/events", { events: [event(named)] })).body).toMatchObject({ accepted: 1, rejected: [] });
    expect(await notes(run)).toEqual(CLEAN);
    const stopped = await start(run.token, { agent: "helper" });
    await stopped.ask("desk.read_order", { id: "1" });
    // Still at work: nothing has come back from it.
    expect(await notes(run)).toEqual(CLEAN);

    const decided = await desk.database.db.decision.count({ where: { action: "desk.note" } });
    const reworded = [rule("no-personal-data", "pii"), rule("no-secrets", "secret")];
    const same = await simulate(reworded);
    expect(same).toMatchObject({
      decisions: decided,
      decided,
      exactness: { compared: decided, same: decided, differing: [] },
    });
    expect(same.transitions.every(({ from, to }) => from === to)).toBe(true);

    const stricter = await simulate([...reworded, rule("odd", ODD.replaceAll("\\", "\\\\").replaceAll("'", "\\'"))]);
    expect(stricter.transitions.filter(({ from, to }) => from !== to)).toMatchObject([
      { from: "allow", to: "deny", count: 4 },
    ]);
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
