import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDeskOn, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { readPidFile } from "@/lib/db/embedded";
import { ROOT } from "@/lib/db/root";
import { readEnv } from "@/lib/server/env";
import { migrateDatabase, startLocalDatabase } from "@/lib/server/home";
import type { RunningPostgres } from "@/lib/server/postgres/start";
import { processGroup } from "@/e2e/api/processes";

/** The promise is about the gate; what this busy machine adds to it is not counted against it: see {@link fastest}. */
const PROMISED_MS = 250;
/** Ends only a test that hangs. */
const LIMIT_MS = 60_000;

let home: string;
let server: RunningPostgres;
let desk: Desk;
let gate: GateProcess;
let run: TestRun;

const env = () => readEnv({ REMIT_HOME: home });

beforeAll(async () => {
  home = mkdtempSync(join(ROOT, ".remit/test-away-"));
  const local = await startLocalDatabase(env());
  server = local.server;
  await migrateDatabase(env(), local.ownerUrl);
  desk = await createDeskOn(local);
  gate = await startGateProcess(local.runtimeUrl, { env: { REMIT_DEADLINE_MS: "235" } });
  run = await startRun(gate.url, desk.credential, { ttlSeconds: 600 });
  await until(async () => (await run.ask("desk.note")).status === 200, LIMIT_MS);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Called {
  path: string;
  /** Of the fastest call, beyond what one that asks nothing of the store took beside it. */
  ms: number;
  statuses: number[];
  answers: Answer[];
}

/** How long the gate, this process and the machine take for nothing. */
async function idleMs(): Promise<number> {
  const begun = performance.now();
  await call(gate.url, "GET", "/health");
  return performance.now() - begun;
}

/** Everything that an agent may call, several times; the fastest of each counts. */
async function fastest(): Promise<Called[]> {
  const calls = {
    decisions: () => run.ask("desk.note"),
    heartbeat: () => run.post("/heartbeat", {}),
    events: () => run.post("/events", { events: [{ id: "1", kind: "log", at: new Date().toISOString() }] }),
    runs: () => call(gate.url, "POST", "/runs", { bearer: desk.credential, body: { trigger: { kind: "x" } } }),
    me: () => call(gate.url, "GET", "/me", { bearer: desk.credential }),
  };
  return Promise.all(
    Object.entries(calls).map(async ([path, make]) => {
      const answers: Answer[] = [];
      let ms = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 4; round++) {
        const before = await idleMs();
        const begun = performance.now();
        answers.push(await make());
        const took = performance.now() - begun;
        ms = Math.min(ms, took - Math.max(before, await idleMs()));
      }
      return { path, ms, statuses: answers.map(({ status }) => status), answers };
    }),
  );
}

async function expectUnavailable(): Promise<void> {
  for (const { path, ms, statuses, answers } of await fastest()) {
    expect({ path, statuses }).toEqual({ path, statuses: [503, 503, 503, 503] });
    expect(answers[0]).toMatchObject({ body: { code: "unavailable" } });
    expect(answers[0]?.headers.get("retry-after")).toBe("1");
    expect({ path, within: ms < PROMISED_MS }).toEqual({ path, within: true });
  }
  expect(await call(gate.url, "GET", "/health")).toMatchObject({ status: 200 });
}

const recovers = () => until(async () => (await run.ask("desk.note")).status === 200, LIMIT_MS);
const decisions = () => desk.database.db.decision.count({ where: { runId: run.id } });

/** Waits until somebody waits for a lock. */
const lockIsWaitedFor = () =>
  until(async () => {
    const waiting = await desk.database.pool.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    return waiting.rowCount !== 0;
  }, LIMIT_MS);

describe("a store that is away", { timeout: 4 * LIMIT_MS }, () => {
  it("stopped: 503 within 250 ms, never an allow, and the gate recovers by itself", async () => {
    const before = await decisions();
    const { port } = server;
    await server.stop();
    await expectUnavailable();
    expect((await call(gate.url, "GET", "/ready")).status).toBe(503);
    server = (await startLocalDatabase(env(), port)).server;
    await recovers();
    expect(await decisions()).toBe(before + 1);
  });

  it("frozen: 503 within 250 ms, and what was under way is not lost and not doubled", async () => {
    const before = await decisions();
    const frozen = processGroup(readPidFile(home)?.pid ?? 0);
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    const asked = await run.ask("desk.read_order", { id: "o1" }, { key: "frozen" }).finally(() => undefined);
    await expectUnavailable();
    for (const pid of frozen) process.kill(pid, "SIGCONT");
    expect(asked).toMatchObject({ status: 503 });
    await until(
      async () => (await run.ask("desk.read_order", { id: "o1" }, { key: "frozen" })).status === 200,
      LIMIT_MS,
    );
    expect(await desk.database.db.decision.count({ where: { runId: run.id, idempotencyKey: "frozen" } })).toBe(1);
    expect(await decisions()).toBeGreaterThan(before);
  });

  it("killed under a change: who asked for it is told to try again, and the gate lives on", async () => {
    const { port } = server;
    const holder = await desk.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
    const asked = call(gate.url, "POST", "/runs", { bearer: desk.credential, body: { trigger: { kind: "x" } } });
    await lockIsWaitedFor();
    for (const pid of processGroup(readPidFile(home)?.pid ?? 0)) process.kill(pid, "SIGKILL");
    expect(await asked).toMatchObject({ status: 503, body: { code: "unavailable" } });
    holder.release(true);
    await server.exited;
    server = (await startLocalDatabase(env(), port)).server;
    await recovers();
    expect(gate.child.exitCode).toBeNull();
  });

  it("I10: killed in the middle of a load: what was acknowledged is there, once", async () => {
    const { port } = server;
    const acknowledged = new Map<string, string>();
    const stop = new AbortController();
    const agents = Array.from({ length: 8 }, async (_, agent) => {
      for (let n = 0; !stop.signal.aborted; n++) {
        const key = `${agent}-${n}`;
        const answer = await run.ask("desk.note", { n }, { key }).catch(() => null);
        if (answer?.status === 200) acknowledged.set(key, String(answer.body.decisionId));
      }
    });
    await until(() => acknowledged.size > 200, LIMIT_MS);
    for (const pid of processGroup(readPidFile(home)?.pid ?? 0)) process.kill(pid, "SIGKILL");
    const atCrash = acknowledged.size;
    await server.exited;
    server = (await startLocalDatabase(env(), port)).server;
    await until(() => acknowledged.size > atCrash + 200, LIMIT_MS);
    stop.abort();
    await Promise.all(agents);
    const rows = await desk.database.db.decision.findMany({
      where: { runId: run.id },
      select: { id: true, idempotencyKey: true },
    });
    const stored = new Map(
      rows.flatMap(({ id, idempotencyKey }) => (idempotencyKey === null ? [] : [[idempotencyKey, id] as const])),
    );
    expect([...acknowledged].filter(([key, id]) => stored.get(key) !== id)).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});
