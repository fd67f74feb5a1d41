import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { startRun } from "@/e2e/api/http";
import { median } from "@/e2e/faults/median";
import { startWorkerProcess, type WorkerProcess } from "@/e2e/faults/worker-process";
import { SHIPPING } from "@/e2e/fixtures/shipping";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { RemitClient } from "@/lib/client/client";
import { newId } from "@/lib/kernel/ids";

/** So many shipments, whose reviews nobody looks at: the rule has each undone after its window. */
const SHIPMENTS = 60;
const WINDOW_S = 2;
/** Shipments whose times are measured. */
const TIMED = 5;
const ALL = SHIPMENTS + TIMED;
/** How often the worker is killed while that happens. */
const KILLS = 4;

let desk: Desk;
let gate: GateProcess;
let worker: WorkerProcess;

beforeAll(async () => {
  desk = await createDesk(SHIPPING.replace("deadline: 1h", `deadline: ${WINDOW_S}s`));
  [gate, worker] = await Promise.all([
    startGateProcess(desk.database.runtimeUrl),
    startWorkerProcess(desk.database.runtimeUrl),
  ]);
});
afterAll(async () => {
  await Promise.all([gate.stop(), worker.stop()]);
  await desk.close();
});

async function ship(order: string): Promise<string> {
  const run = await startRun(gate.url, desk.credential);
  const { body } = await run.ask("desk.ship", { order });
  const decisionId = String(body.decisionId);
  const event = {
    kind: "tool",
    id: newId(),
    at: new Date().toISOString(),
    decisionId,
    ok: true,
    result: { id: order },
  };
  await run.post("/events", { events: [event] });
  return decisionId;
}

describe("reviews and their rollbacks", { timeout: 600_000 }, () => {
  it("are there within a second of the decision, and kept to their window within two", async () => {
    const { db } = desk.database;
    const late: Record<"opened" | "lapsed", number[]> = { opened: [], lapsed: [] };
    // One after the other, so that a machine that stalls for a moment makes one of them late and not all.
    for (let time = 0; time < TIMED; time += 1) {
      const decisionId = await ship(`timed-${time}`);
      await until(
        async () => (await db.review.count({ where: { decisionId, state: { not: "waiting" } } })) === 1,
        120_000,
      );
      const review = await db.review.findUniqueOrThrow({ where: { decisionId } });
      const opened = await db.auditRecord.findFirstOrThrow({ where: { action: "review.open", subjectId: review.id } });
      late.opened.push(opened.at.getTime() - review.createdAt.getTime());
      late.lapsed.push((review.decidedAt?.getTime() ?? Infinity) - review.deadline.getTime());
    }
    expect(Math.min(...late.lapsed)).toBeGreaterThanOrEqual(0);
    // Told by the gate, it need not wait for the next round of the worker's clock.
    expect(median(late.opened)).toBeLessThan(1_000);
    expect(median(late.lapsed)).toBeLessThan(2_000);
  });

  it("happen once each, however often the worker is killed", async () => {
    const { db } = desk.database;
    const client = new RemitClient(desk.credential, { baseUrl: gate.url });
    const carriedOut = new Map<string, number>();
    let over = false;
    const software = (async () => {
      while (!over)
        for (const task of await client.tasks({ waitSeconds: 1, limit: 20 })) {
          const shipment = String(task.args.shipment);
          carriedOut.set(shipment, (carriedOut.get(shipment) ?? 0) + 1);
          await client.reportTask(task.id, { outcome: "done", attempt: task.attempt });
        }
    })();
    for (let batch = 0; batch < KILLS; batch += 1) {
      await Promise.all(Array.from({ length: SHIPMENTS / KILLS }, (_, n) => ship(`s${batch}-${n}`)));
      await worker.kill();
      worker = await startWorkerProcess(desk.database.runtimeUrl);
    }
    await until(async () => (await db.review.count({ where: { state: "rolled_back" } })) === ALL, 300_000);
    over = true;
    await software;
    expect(await db.review.count()).toBe(ALL);
    expect(await db.rollback.count()).toBe(ALL);
    expect([...carriedOut.values()].every((times) => times === 1)).toBe(true);
    expect(carriedOut.size).toBe(ALL);
    const steps = await db.auditRecord.groupBy({ by: ["action"], where: { subjectKind: "review" }, _count: true });
    expect(Object.fromEntries(steps.map((one) => [one.action, one._count]))).toEqual({
      "review.open": ALL,
      "review.lapse": ALL,
      "rollback.fetch": ALL,
      "rollback.done": ALL,
    });
    expect((await verifyStreams(db)).faults).toEqual([]);
  });
});
