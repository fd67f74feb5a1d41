import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { newId } from "@/lib/kernel/ids";

let desk: Desk;
let gates: [GateProcess, GateProcess];

const at = "2026-11-21T09:00:00Z";
const log = (id: string, message = "hello") => ({ id, kind: "log", at, message });
const begin = (): Promise<TestRun> => startRun(gates[0].url, desk.credential);

beforeAll(async () => {
  desk = await createDesk();
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

describe("events", () => {
  it("are counted once: a repeat is a duplicate, the same id with other content is refused alone", async () => {
    const run = await begin();
    expect((await run.post("/events", { events: [log("1"), log("2"), log("2")] })).body).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: [],
      state: "continue",
    });
    expect((await run.post("/events", { events: [log("1"), log("2", "bye"), log("3")] })).body).toMatchObject({
      accepted: 1,
      duplicates: 1,
      rejected: [{ id: "2", index: 1, code: "id_conflict" }],
    });
    expect(await desk.database.db.event.count({ where: { runId: run.id } })).toBe(3);
  });

  it("stand each alone: the bad ones are named by place, code and field", async () => {
    const run = await begin();
    const events = [
      log("1"),
      { id: "2", kind: "dream", at },
      { ...log("3"), mood: "good" },
      { kind: "log", at },
      7,
      { id: "6", kind: "tool", at, ok: true, decisionId: newId() },
    ];
    const { status, body } = await run.post("/events", { events });
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1, duplicates: 0 });
    expect(body.rejected).toEqual([
      expect.objectContaining({ id: "2", index: 1, code: "invalid_input", field: "kind" }),
      expect.objectContaining({ id: "3", index: 2, code: "unknown_field", field: "mood" }),
      expect.objectContaining({ id: "", index: 3, code: "invalid_input", field: "id" }),
      expect.objectContaining({ id: "", index: 4, code: "invalid_input" }),
      expect.objectContaining({ id: "6", index: 5, code: "decision_unknown" }),
    ]);
  });

  it("are at most 1,000 a request", async () => {
    const run = await begin();
    const events = Array.from({ length: 1_001 }, (_, index) => log(String(index)));
    expect(await run.post("/events", { events })).toMatchObject({
      status: 413,
      body: { code: "too_many_events", field: "events" },
    });
    expect((await run.post("/events", { events: events.slice(1) })).body).toMatchObject({ accepted: 1_000 });
  });

  it("keep what agents send as they sent it", async () => {
    const run = await begin();
    const raw = `{"events":[{"id":"1","kind":"log","at":"${at}","data":{"odd":"\\u0000\\ud800","__proto__":{"x":1}}}]}`;
    expect(await call(gates[0].url, "POST", `/runs/${run.id}/events`, { bearer: run.token, raw })).toMatchObject({
      status: 200,
      body: { accepted: 1 },
    });
    const rows = await desk.database.pool.query("SELECT payload::text FROM event WHERE run_id = $1", [run.id]);
    expect(rows.rows[0].payload).toBe('{"data":{"odd":"\\u0000\\ud800","__proto__":{"x":1}}}');
  });

  it("I7: a model call without a price is counted as unpriced, never as free", async () => {
    const run = await begin();
    const llm = { kind: "llm", at, model: "gpt-4o", inputTokens: 1_000, outputTokens: 50 };
    await run.post("/events", {
      events: [
        { ...llm, id: "1", costUsd: 0.0123 },
        { ...llm, id: "2" },
        { ...llm, id: "3", costUsd: 0 },
      ],
    });
    const { body } = await call(gates[0].url, "GET", `/runs/${run.id}`, { bearer: run.token });
    expect(body).toMatchObject({ events: 3, inputTokens: 3_000, outputTokens: 150, costUsd: 0.0123, unpricedCalls: 1 });
  });
});

describe("facts", () => {
  const read = async (run: TestRun, id: string, result: unknown, ok = true): Promise<void> => {
    const { body } = await run.ask("desk.read_order", { id });
    expect(body.effect).toBe("allow");
    const event = { id: `read ${id}`, kind: "tool", at, decisionId: body.decisionId, ok, result };
    expect((await run.post("/events", { events: [event] })).body).toMatchObject({ accepted: 1 });
  };

  it("are what a rule decides on, also when the result is JSON in a string", async () => {
    const run = await begin();
    await read(run, "o1", { state: "shipped" });
    await read(run, "o2", '{"state":"open"}');
    expect((await run.ask("desk.cancel", { id: "o1" })).body).toMatchObject({
      effect: "deny",
      message: "Shipped orders are not cancelled.",
    });
    expect((await run.ask("desk.cancel", { id: "o2" })).body).toMatchObject({ effect: "allow" });
  });

  it("are missing where nothing was read, where it failed, and in another run", async () => {
    const run = await begin();
    await read(run, "o1", { state: "open" }, false);
    expect((await run.ask("desk.cancel", { id: "o1" })).body).toMatchObject({ effect: "deny", code: "missing_source" });
    const other = await begin();
    expect((await other.ask("desk.cancel", { id: "o1" })).body).toMatchObject({
      effect: "deny",
      code: "missing_source",
    });
  });

  it("bind the next decision on every gate, whichever was told", async () => {
    const run = await begin();
    const onSecond = (action: string, args: object) =>
      call(gates[1].url, "POST", `/runs/${run.id}/decisions`, { bearer: run.token, body: { action, args } });
    expect((await onSecond("desk.cancel", { id: "o9" })).body).toMatchObject({ code: "missing_source" });
    await read(run, "o9", { state: "open" });
    expect((await onSecond("desk.cancel", { id: "o9" })).body).toMatchObject({ effect: "allow" });
  });
});
