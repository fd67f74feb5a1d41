import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { until } from "@/e2e/api/gate-process";
import { startStoreProxy, type StoreProxy } from "@/e2e/faults/store-proxy";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { createApp } from "@/lib/gate/app";
import { Gate } from "@/lib/gate/gate";

let desk: Desk;
let proxy: StoreProxy;
let gate: Gate;

beforeAll(async () => {
  desk = await createDesk();
  proxy = await startStoreProxy(desk.database.runtimeUrl);
  gate = new Gate({ url: proxy.url, log: pino({ level: "silent" }), deadlineMs: 20_000 });
  gate.start();
  await until(async () => gate.ready || (await gate.snapshots.get().then(() => gate.ready)), 20_000);
});
afterAll(async () => {
  await gate.close();
  await proxy.close();
  await desk.close();
});

const post = async (path: string, bearer: string, body: object) => {
  const response = await createApp(gate, { metrics: false }).request(`/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
};
const startRun = () => post("/runs", desk.credential, { trigger: { kind: "test" } });
const ask = (run: Record<string, string>) =>
  post(`/runs/${run.runId}/decisions`, run.token ?? "", { action: "desk.note", args: {} });
const stored = (run: Record<string, string>) => desk.database.db.decision.count({ where: { runId: run.runId ?? "" } });
/** Runs that have asked once: the gate need not read them. */
async function knownRuns(count: number) {
  const runs = await Promise.all(Array.from({ length: count }, startRun));
  for (const answer of await Promise.all(runs.map(ask))) expect(answer).toMatchObject({ effect: "allow" });
  return runs;
}

/** Commits of the gate that wait for a lock. On a connection of its own: a holder would see who was there at its first look. */
const waiting = async (): Promise<number> =>
  (
    await desk.database.ownerDb.$queryRaw<unknown[]>`SELECT 1 AS one FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'remit gate decisions' AND wait_event_type = 'Lock'`
  ).length;

/** Holds a run's row until it is let go. */
async function hold(run: Record<string, string>) {
  const holder = new Client({ connectionString: desk.database.ownerUrl });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM run WHERE id = $1 FOR UPDATE", [run.runId]);
  return async (change?: string) => {
    if (change !== undefined) await holder.query(change, [run.runId]);
    await holder.query("COMMIT");
    await holder.end();
  };
}

it("I10: a commit that goes through after its connection was lost is not made a second time", async () => {
  const run = await startRun();
  const letGo = await hold(run);
  const asked = ask(run);
  await until(async () => (await waiting()) === 1, 20_000);
  proxy.sever();
  // The gate has found the stored head unmoved, and tries again behind the commit that it lost sight of.
  await until(async () => (await waiting()) !== 1, 20_000);
  await letGo();
  expect(await asked).toMatchObject({ effect: "allow" });
  expect(await stored(run)).toBe(1);
  expect(await ask(run)).toMatchObject({ effect: "allow" });
  expect(await stored(run)).toBe(2);
});

it("I10: nor is the one that was sent behind it", async () => {
  const held = await startRun();
  const others = await knownRuns(12);
  const letGo = await hold(held);
  const first = ask(held);
  await until(async () => (await waiting()) === 1, 20_000);
  const behind = others.map(ask);
  await until(() => Promise.resolve(gate.lane.underWay === 2), 20_000);
  proxy.sever();
  await until(async () => (await waiting()) !== 1, 20_000);
  await letGo();
  for (const answer of await Promise.all([first, ...behind])) expect(answer).toMatchObject({ effect: "allow" });
  expect(await Promise.all([held, ...others].map(stored))).toEqual([1, ...others.map(() => 2)]);
  expect((await verifyStreams(desk.database.db)).faults).toEqual([]);
});

it("a batch that was sent behind one that is refused is stored after all, and once", async () => {
  const held = await startRun();
  const others = await knownRuns(12);
  const letGo = await hold(held);
  const first = ask(held);
  await until(async () => (await waiting()) === 1, 20_000);
  const behind = others.map(ask);
  await until(() => Promise.resolve(gate.lane.underWay === 2), 20_000);
  // The run whose row was waited for changed meanwhile.
  await letGo("UPDATE run SET revision = revision + 1 WHERE id = $1");
  for (const answer of await Promise.all([first, ...behind])) expect(answer).toMatchObject({ effect: "allow" });
  expect(await Promise.all([held, ...others].map(stored))).toEqual([1, ...others.map(() => 2)]);
});
