import { connect, createServer, type AddressInfo, type Socket } from "node:net";

import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { until } from "@/e2e/api/gate-process";
import { createApp } from "@/lib/gate/app";
import { Gate } from "@/lib/gate/gate";

let desk: Desk;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let gate: Gate;

beforeAll(async () => {
  desk = await createDesk();
  proxy = await startProxy(desk.database.runtimeUrl);
  gate = new Gate({ url: proxy.url, log: pino({ level: "silent" }), deadlineMs: 20_000, lanes: 1 });
  gate.start();
});
afterAll(async () => {
  await gate.close();
  await proxy.close();
  await desk.close();
});

/** Between gate and store. `sever` resets what the gate holds; the store's end goes on, as when a balancer between them fails. */
async function startProxy(target: string) {
  const to = new URL(target);
  const gateEnds = new Set<Socket>();
  const storeEnds = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(Number(to.port), to.hostname);
    gateEnds.add(socket);
    storeEnds.add(upstream);
    socket.on("data", (part) => upstream.write(part));
    upstream.on("data", (part) => void (socket.writable && socket.write(part)));
    socket.on("end", () => upstream.end());
    upstream.on("close", () => socket.destroy());
    for (const end of [socket, upstream]) end.on("error", () => {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    sever: () => {
      for (const socket of gateEnds) socket.destroy();
      gateEnds.clear();
    },
    close: async () => {
      for (const socket of [...gateEnds, ...storeEnds]) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

it("I10: a commit that goes through after its connection was lost is not made a second time", async () => {
  const app = createApp(gate, { metrics: false });
  await until(async () => gate.ready || (await gate.snapshots.get().then(() => gate.ready)), 20_000);
  const post = async (path: string, bearer: string, body: object) => {
    const response = await app.request(`/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, string>;
  };
  const run = await post("/runs", desk.credential, { trigger: { kind: "test" } });
  const holder = new Client({ connectionString: desk.database.ownerUrl });
  await holder.connect();
  // On connections of their own: within its transaction the holder would see who was there at its first look.
  const waiting = async (): Promise<number> =>
    (
      await desk.database.ownerDb.$queryRaw<unknown[]>`SELECT 1 AS one FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'remit gate decisions' AND wait_event_type = 'Lock'`
    ).length;
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM run WHERE id = $1 FOR UPDATE", [run.runId]);
  const asked = post(`/runs/${run.runId}/decisions`, run.token ?? "", { action: "desk.note", args: {} });
  await until(async () => (await waiting()) === 1, 20_000);
  proxy.sever();
  // The gate has found the stored head unmoved, and tries again behind the commit that it lost sight of.
  await until(async () => (await waiting()) !== 1, 20_000);
  await holder.query("COMMIT");
  await holder.end();
  expect(await asked).toMatchObject({ effect: "allow" });
  expect(await desk.database.db.decision.count({ where: { runId: run.runId ?? "" } })).toBe(1);
  const next = await post(`/runs/${run.runId}/decisions`, run.token ?? "", { action: "desk.note", args: {} });
  expect(next).toMatchObject({ effect: "allow" });
  expect(await desk.database.db.decision.count({ where: { runId: run.runId ?? "" } })).toBe(2);
});
