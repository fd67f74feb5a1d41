import { afterAll, beforeAll, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { until } from "@/e2e/api/gate-process";
import { startWorkerProcess, type WorkerProcess } from "@/e2e/faults/worker-process";
import { startDraft } from "@/lib/policies/drafts/start";
import { cancelSimulation } from "@/lib/policies/simulation/cancel";
import { fillStore } from "@/lib/policies/simulation/fill-store";
import { startSimulation } from "@/lib/policies/simulation/start";
import { tallySchema } from "@/lib/policies/simulation/tally";

const DECISIONS = 30_000;
const DAY_MS = 86_400_000;

let desk: Desk;
let draft: { draftId: string; revision: number };

beforeAll(async () => {
  desk = await createDesk();
  const to = new Date();
  await fillStore(desk.database.pool, {
    agentIds: [desk.id("desk")],
    decisions: DECISIONS,
    perRun: 15,
    from: new Date(to.getTime() - 10 * DAY_MS),
    to,
    configVersion: 1n,
    asked: (index) => ({ action: "desk.refund", args: { amount: index % 100 }, effect: "allow", code: "allowed" }),
  });
  const rules = [
    { id: "half", match: { actions: ["desk.refund"] }, when: "args.amount >= 50.0", effect: "deny" as const },
  ];
  const begun = await startDraft(desk.context, { policy: "tried", name: "Tried", isNew: true, rules });
  if (!begun.ok) throw new Error(begun.error.message);
  draft = begun.value;
}, 600_000);
afterAll(() => desk.close());

const start = async (): Promise<string> => {
  const started = await startSimulation(desk.context, { policy: "tried", ...draft, days: 30 });
  if (!started.ok) throw new Error(started.error.message);
  return started.value.id;
};
const stored = (id: string) => desk.database.db.simulation.findUniqueOrThrow({ where: { id } });
const underWay = (id: string) => until(async () => (await stored(id)).passed > 0, 120_000);

it("a worker that is killed in a simulation leaves it to the next one, which goes on from where it stood", async () => {
  const first = await startWorkerProcess(desk.database.runtimeUrl);
  const id = await start();
  await underWay(id);
  await first.kill();
  const left = await stored(id);
  expect(left).toMatchObject({ state: "running", attempts: 1, total: DECISIONS });
  expect(left.passed).toBeLessThan(DECISIONS);
  expect(left.checkpoint).not.toBeNull();

  const second = await startWorkerProcess(desk.database.runtimeUrl);
  await until(async () => (await stored(id)).state === "done", 120_000);
  await second.stop();
  const done = await stored(id);
  expect(done.attempts).toBe(2);
  expect(tallySchema.parse(done.result)).toMatchObject({
    decisions: DECISIONS,
    transitions: expect.arrayContaining([expect.objectContaining({ from: "allow", to: "deny", count: DECISIONS / 2 })]),
  });
}, 600_000);

it("one that is told to stop leaves it likewise, at once; one that runs is cancelled within a second", async () => {
  const stopped: WorkerProcess = await startWorkerProcess(desk.database.runtimeUrl);
  const id = await start();
  await underWay(id);
  expect(await stopped.stop()).toBe(0);
  expect(await stored(id)).toMatchObject({ state: "running", attempts: 1 });

  const worker = await startWorkerProcess(desk.database.runtimeUrl);
  await until(async () => (await stored(id)).attempts === 2, 120_000);
  expect(await cancelSimulation(desk.context, { id })).toMatchObject({ ok: true });
  const { passed } = await stored(id);
  // What waits next begins only when the worker has let go of the cancelled one.
  const next = await start();
  await underWay(next);
  expect(await stored(id)).toMatchObject({ state: "cancelled", passed, checkpoint: null });
  await cancelSimulation(desk.context, { id: next });
  await worker.stop();
}, 600_000);
