import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { startRun } from "@/e2e/api/http";

let desk: Desk;
let gate: GateProcess;

beforeAll(async () => {
  desk = await createDesk();
  gate = await startGateProcess(desk.database.runtimeUrl);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

/** When the statements of the gate that wait for a lock now were begun. */
async function waitingSince(): Promise<string[]> {
  const { rows } = await desk.database.pool.query<{ at: string }>(
    "SELECT query_start::text AS at FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.map((row) => row.at);
}

describe("a run that somebody else holds for longer than the gate waits for a lock", () => {
  it("is tried again until it is free; others of the same batch are answered meanwhile", async () => {
    const held = await startRun(gate.url, desk.credential);
    const others = await Promise.all(Array.from({ length: 8 }, () => startRun(gate.url, desk.credential)));
    const holder = await desk.database.pool.connect();
    try {
      await holder.query("BEGIN");
      await holder.query("SELECT 1 FROM run WHERE id = $1 FOR UPDATE", [held.id]);
      let isOver = false;
      const waiting = held.ask("desk.note").finally(() => (isOver = true));
      const answers = await Promise.all(others.map((run) => run.ask("desk.note")));
      expect(answers.map((answer) => answer.body.effect)).toEqual(others.map(() => "allow"));
      const [first] = await (async () => {
        await until(async () => (await waitingSince()).length > 0, 60_000);
        return waitingSince();
      })();
      // The first attempt was given up, and there is another.
      await until(async () => (await waitingSince()).some((at) => at !== first), 60_000);
      expect(isOver).toBe(false);
      await holder.query("ROLLBACK");
      expect(await waiting).toMatchObject({ status: 200, body: { effect: "allow" } });
    } finally {
      await holder.query("ROLLBACK");
      holder.release();
    }
    const stored = await desk.database.db.decision.count({ where: { runId: held.id } });
    expect(stored).toBe(1);
  });
});
