import { createConnection } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { updateAgent } from "@/lib/agents/update";
import { newId } from "@/lib/kernel/ids";

let desk: Desk;
let gate: GateProcess;
let run: TestRun;

beforeAll(async () => {
  desk = await createDesk(
    DESK.replace(
      "\nsystems:",
      `\n  - {team: finance, children: [{agent: payer, owner: ana@example.com, purpose: Pays}]}\nsystems:`,
    ),
  );
  gate = await startGateProcess(desk.database.runtimeUrl);
  run = await startRun(gate.url, desk.credential);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

/** What must not change when a request is refused. */
const written = async (): Promise<number[]> => {
  const { db } = desk.database;
  return Promise.all([
    db.run.count(),
    db.decision.count(),
    db.event.count(),
    db.approval.count(),
    db.auditRecord.count(),
  ]);
};

const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const decision = (more: string): string => `{"action":"desk.note","args":{}${more}}`;

describe("bad bodies of a decision request", () => {
  it.each([
    ["no body", "", 400, "malformed_json", undefined],
    ["no JSON", '{"action":', 400, "malformed_json", undefined],
    ["another JSON value", "[]", 400, "invalid_input", undefined],
    ["a missing field", '{"action":"desk.note"}', 400, "invalid_input", "args"],
    ["a wrong type", '{"action":"desk.note","args":[]}', 400, "invalid_input", "args"],
    ["an action that is none", '{"action":"note","args":{}}', 400, "invalid_input", "action"],
    ["an unknown field", decision(',"tier":"execute"'), 400, "unknown_field", "tier"],
    ["an unknown field inside", decision(',"evidence":{"proof":1}'), 400, "unknown_field", "evidence.proof"],
    ["a confidence above one", decision(',"evidence":{"confidence":1.1}'), 400, "invalid_input", "evidence.confidence"],
    ["a negative estimate", decision(',"estimate":{"costUsd":-1}'), 400, "invalid_input", "estimate.costUsd"],
    ["an approval that is no id", decision(',"approvalId":"1"'), 400, "invalid_input", "approvalId"],
    [
      "arrays that nest 100,000 deep",
      `{"action":"desk.note","args":{"a":${deep(100_000)}}}`,
      400,
      "too_deep",
      undefined,
    ],
    [
      "an integer that no double holds",
      '{"action":"desk.note","args":{"id":12345678901234567891}}',
      400,
      "number_inexact",
      undefined,
    ],
    ["an infinite number", '{"action":"desk.note","args":{"x":1e999}}', 400, "number_inexact", undefined],
    ["more than 1 MiB", `{"action":"desk.note","args":{"a":"${"x".repeat(1_100_000)}"}}`, 413, "too_large", undefined],
  ])("refuses %s", async (_name, raw, status, code, field) => {
    const before = await written();
    const answer = await call(gate.url, "POST", `/runs/${run.id}/decisions`, { bearer: run.token, raw });
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:remit:problem:${code}` } });
    expect(answer.body.field).toBe(field);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await written()).toEqual(before);
  });

  it("refuses a body that says no length and goes on for more than 1 MiB", async () => {
    const socket = createConnection(gate.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += data.toString()));
    socket.on("error", () => {});
    socket.write(
      `POST /api/v1/runs/${run.id}/decisions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${run.token}\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    for (let sent = 0; sent < 20; sent++) socket.write(`10000\r\n${"x".repeat(0x10000)}\r\n`);
    await new Promise((resolve) => socket.once("close", resolve));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("refuses bytes that are no text, wherever they are sent", async () => {
    const raw = Buffer.concat([
      Buffer.from('{"action":"desk.note","args":{"name":"Jos'),
      Buffer.from([0xe9]),
      Buffer.from('"}}'),
    ]);
    for (const path of [`/runs/${run.id}/decisions`, `/runs/${run.id}/complete`]) {
      const answer = await fetch(`${gate.url}/api/v1${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${run.token}`, "content-type": "application/json" },
        body: raw,
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: "malformed_json" });
    }
  });

  it("takes another content type for what it says", async () => {
    const answer = await call(gate.url, "POST", `/runs/${run.id}/decisions`, {
      bearer: run.token,
      raw: decision(""),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it("refuses an idempotency key that is none", async () => {
    const answer = await run.ask("desk.note", {}, { key: "x".repeat(201) });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_input", field: "Idempotency-Key" } });
  });
});

describe("bad tokens", () => {
  const asking = (bearer: string | undefined) =>
    call(gate.url, "POST", `/runs/${run.id}/decisions`, { ...(bearer !== undefined && { bearer }), raw: decision("") });

  it.each([
    ["none", undefined, "unauthenticated"],
    ["something else", "hello", "token_invalid"],
    ["the agent's credential", () => desk.credential, "token_invalid"],
    ["a truncated token", () => run.token.slice(0, -3), "token_malformed"],
    [
      "an altered token",
      () => `${run.token.slice(0, 10)}${run.token[10] === "A" ? "B" : "A"}${run.token.slice(11)}`,
      "token_malformed",
    ],
  ])("refuses %s", async (_name, bearer, code) => {
    const before = await written();
    const answer = await asking(typeof bearer === "function" ? bearer() : bearer);
    expect(answer).toMatchObject({ status: 401, body: { code } });
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(await written()).toEqual(before);
  });

  it("does not know another agent's run, whatever is asked of it", async () => {
    const foreign = await startRun(gate.url, desk.credential);
    for (const path of ["/decisions", "/events", "/heartbeat", "/complete"]) {
      const answer = await call(gate.url, "POST", `/runs/${foreign.id}${path}`, {
        bearer: run.token,
        raw: decision(""),
      });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
    expect(await call(gate.url, "GET", `/runs/${foreign.id}`, { bearer: run.token })).toMatchObject({ status: 404 });
    expect(await call(gate.url, "GET", `/approvals/${newId()}`, { bearer: run.token })).toMatchObject({ status: 404 });
    expect(await call(gate.url, "GET", "/approvals/hello", { bearer: run.token })).toMatchObject({ status: 404 });
  });

  it("refuses a token that was revoked or has expired, also one that it has seen before", async () => {
    const { ownerDb } = desk.database;
    const revoked = await startRun(gate.url, desk.credential);
    const expired = await startRun(gate.url, desk.credential);
    for (const one of [revoked, expired]) expect(await one.ask("desk.note")).toMatchObject({ status: 200 });
    await ownerDb.run.update({ where: { id: revoked.id }, data: { tokenRevokedAt: new Date() } });
    const past = new Date(Date.now() - 1_000);
    await ownerDb.run.update({ where: { id: expired.id }, data: { tokenExpiresAt: past } });
    const body = { outcome: "succeeded" };
    expect(await revoked.ask("desk.note")).toMatchObject({ status: 401, body: { code: "token_revoked" } });
    expect(await revoked.post("/complete", body)).toMatchObject({ status: 401, body: { code: "token_revoked" } });
    expect(await expired.ask("desk.note")).toMatchObject({ status: 401, body: { code: "token_expired" } });
    expect(await expired.post("/events", { events: [] })).toMatchObject({
      status: 401,
      body: { code: "token_expired" },
    });
  });
});

describe("runs that are over", () => {
  it("refuses everything but a repeat of how it ended", async () => {
    const over = await startRun(gate.url, desk.credential);
    const ended = { outcome: "succeeded", output: { note: "done" } };
    const first = await over.post("/complete", ended);
    expect(first).toMatchObject({ status: 200, body: { runId: over.id, outcome: "succeeded" } });
    expect(await over.post("/complete", ended)).toMatchObject({ status: 200, body: first.body });
    const before = await written();
    expect(await over.post("/complete", { outcome: "failed" })).toMatchObject({
      status: 409,
      body: { code: "run_ended" },
    });
    expect(await over.ask("desk.note")).toMatchObject({ status: 409, body: { code: "run_ended" } });
    expect(await over.post("/heartbeat", {})).toMatchObject({ status: 409, body: { code: "run_ended" } });
    const event = { id: "1", kind: "log", at: new Date().toISOString() };
    expect(await over.post("/events", { events: [event] })).toMatchObject({ status: 409, body: { code: "run_ended" } });
    expect(
      await call(gate.url, "POST", "/runs", { bearer: over.token, body: { trigger: { kind: "x" }, agent: "helper" } }),
    ).toMatchObject({
      status: 409,
      body: { code: "run_ended" },
    });
    expect(await written()).toEqual(before);
    expect(await call(gate.url, "GET", `/runs/${over.id}`, { bearer: over.token })).toMatchObject({
      status: 200,
      body: { status: "succeeded" },
    });
  });

  it("refuses a run of which nothing was heard for longer than its lease", async () => {
    const silent = await startRun(gate.url, desk.credential);
    await desk.database.ownerDb.run.update({
      where: { id: silent.id },
      data: { leaseUntil: new Date(Date.now() - 1) },
    });
    expect(await silent.post("/heartbeat", {})).toMatchObject({ status: 409, body: { code: "run_lease_lost" } });
    expect(await silent.ask("desk.note")).toMatchObject({ status: 409, body: { code: "run_lease_lost" } });
    expect(await silent.post("/complete", { outcome: "succeeded" })).toMatchObject({
      status: 409,
      body: { code: "run_lease_lost" },
    });
  });
});

describe("starting runs", () => {
  const start = (bearer: string, body: object) => call(gate.url, "POST", "/runs", { bearer, body });

  it.each([
    ["no trigger", {}, 400, "invalid_input", "trigger"],
    ["an unknown field", { trigger: { kind: "x" }, tier: "execute" }, 400, "unknown_field", "tier"],
    ["a lease of a day", { trigger: { kind: "x" }, ttlSeconds: 86_400 }, 400, "invalid_input", "ttlSeconds"],
    ["NUL in a text", { trigger: { kind: "a\0b" } }, 400, "invalid_input", "trigger.kind"],
    ["half a surrogate pair", { trigger: { kind: "x" }, instruction: "\ud800" }, 400, "invalid_input", "instruction"],
    ["another agent by a credential", { trigger: { kind: "x" }, agent: "other" }, 400, "invalid_input", "agent"],
  ])("refuses %s", async (_name, body, status, code, field) => {
    expect(await start(desk.credential, body)).toMatchObject({ status, body: { code, field } });
  });

  it("refuses an agent that there is not, and a scope that the parent does not have", async () => {
    const parent = await startRun(gate.url, desk.credential);
    const child = await start(parent.token, {
      trigger: { kind: "delegation" },
      agent: "helper",
      scope: ["desk.read_*"],
    });
    expect(child).toMatchObject({ status: 201, body: { parentRunId: parent.id, agent: { slug: "helper" } } });
    expect(await start(parent.token, { trigger: { kind: "x" }, agent: "nobody" })).toMatchObject({
      status: 404,
      body: { field: "agent" },
    });
    const wider = await start(String(child.body.token), {
      trigger: { kind: "x" },
      agent: "helper",
      scope: ["desk.read_order", "desk.*"],
    });
    expect(wider).toMatchObject({ status: 403, body: { code: "scope_exceeds_parent", field: "scope[1]" } });
  });

  it("refuses to delegate out of the team, or upwards, but to whom the boundary names", async () => {
    const parent = await startRun(gate.url, desk.credential);
    const to = (token: unknown, agent: string) => start(String(token), { trigger: { kind: "delegation" }, agent });
    const refused = { status: 403, body: { code: "delegation_not_allowed", field: "agent" } };
    const beside = await to(parent.token, "other");
    expect(beside).toMatchObject({ status: 201, body: { agent: { slug: "other" } } });
    expect(await to(beside.body.token, "helper")).toMatchObject({ status: 201 });
    expect(await to(parent.token, "payer")).toMatchObject(refused);
    // What a run is handed by one above gives it no way to have that one stopped.
    const below = await to(parent.token, "helper");
    expect(await to(below.body.token, "desk")).toMatchObject(refused);
    expect(await to(below.body.token, "other")).toMatchObject({ status: 201 });
    const naming = (delegates: string[]) => updateAgent(desk.context, { id: desk.id("desk"), boundary: { delegates } });
    expect(await naming(["payer"])).toMatchObject({ ok: true });
    // The boundary in force counts, for runs that are under way too.
    expect(await to(parent.token, "payer")).toMatchObject({ status: 201, body: { agent: { slug: "payer" } } });
    expect(await naming([])).toMatchObject({ ok: true });
    expect(await to(parent.token, "payer")).toMatchObject(refused);
  });
});

describe("addresses", () => {
  it("answers what is not there and what a method is not for", async () => {
    expect(await call(gate.url, "GET", "/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
    const answer = await call(gate.url, "PUT", "/runs", { body: {} });
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("POST");
    expect(await call(gate.url, "GET", `/runs/${run.id}/decisions`)).toMatchObject({ status: 405 });
  });
});
