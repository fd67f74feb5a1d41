import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { median } from "@/e2e/faults/median";
import { startWorkerProcess, type WorkerProcess } from "@/e2e/faults/worker-process";
import { remindAt } from "@/lib/approvals/route/progress";
import { RemitClient, type RunClient } from "@/lib/client/client";
import type { StartRun } from "@/lib/client/wire";
import { newId } from "@/lib/kernel/ids";

/** The shortest that there are. */
const DEADLINE_S = 1;
const LEASE_S = 5;
/** Each contact so long after the one before. */
const IN_STEPS =
  "{id: in-steps, match: {actions: [desk.refund]}, when: args.amount > 1000.0, effect: escalate, to: [ana@example.com], then: [{to: [bo@example.com], after: 5s}, {to: [cy@example.com], after: 5s}], deadline: 10m}";

/** Asked of one more after a second, and over a second later. */
const HURRIED =
  "{id: hurried, match: {actions: [desk.refund]}, when: args.amount > 500.0 && args.amount < 1000.0, effect: escalate, to: [ana@example.com], then: [{to: [bo@example.com], after: 1s}], deadline: 4s}";

let desk: Desk;
let gate: GateProcess;
let worker: WorkerProcess;

beforeAll(async () => {
  desk = await createDesk(
    DESK.replace("deadline: 30m", `deadline: ${DEADLINE_S}s`)
      .replace("args.amount > 100.0", "args.amount > 100.0 && args.amount < 500.0")
      .replace("      - {id: never-wipe", `      - ${IN_STEPS}\n      - ${HURRIED}\n      - {id: never-wipe`)
      .replace("chart:", "  - {email: cy@example.com, name: Cy Ode, roles: [{role: reviewer, node: support}]}\nchart:"),
  );
  [gate, worker] = await Promise.all([
    startGateProcess(desk.database.runtimeUrl),
    startWorkerProcess(desk.database.runtimeUrl),
  ]);
});
afterAll(async () => {
  await Promise.all([gate.stop(), worker.stop()]);
  await desk.close();
});

const startRun = (start: Partial<StartRun>): Promise<RunClient> =>
  new RemitClient(desk.credential, { baseUrl: gate.url }).startRun({ trigger: { kind: "test" }, ...start }, newId());

/** Waits at the gate as an agent does that is silent meanwhile; 30 s is the longest that one call may wait. */
async function waitInSilence(run: RunClient, approvalId: string): Promise<unknown> {
  const response = await fetch(`${gate.url}/api/v1/approvals/${approvalId}?wait=30`, {
    headers: { authorization: `Bearer ${run.run.token}` },
  });
  return response.json();
}

/** Between two times that were stored; for ever, where it did not happen. */
const sinceMs = (dueMs: number, at: Date | null | undefined): number => (at ? at.getTime() - dueMs : Infinity);

const recordsOf = async (subjectId: string): Promise<string[]> => {
  const records = await desk.database.db.auditRecord.findMany({ where: { subjectId }, orderBy: { at: "asc" } });
  return records.map((one) => one.action);
};

describe("what nobody does in time", { timeout: 600_000 }, () => {
  it("an approval expires at its deadline, and the agent that waits is told", async () => {
    const { db } = desk.database;
    const run = await startRun({ ttlSeconds: 600 });
    const request = { action: "desk.refund", args: { amount: 250 } };
    const { approval } = await run.ask(request, "1");
    const approvalId = approval?.id ?? "";
    expect(await waitInSilence(run, approvalId)).toMatchObject({ state: "expired" });

    const stored = await db.approval.findUniqueOrThrow({ where: { id: approvalId } });
    expect(stored).toMatchObject({ state: "expired", decidedById: null, redeemedAt: null });
    expect(stored.deadline.getTime() - stored.requestedAt.getTime()).toBe(DEADLINE_S * 1_000);
    expect(await recordsOf(approvalId)).toEqual(["approval.expire"]);
    expect(await run.ask({ ...request, approvalId }, "2")).toMatchObject({ effect: "deny" });
    // The run goes on: it may ask anew.
    expect(await run.ask(request, "3")).toMatchObject({ effect: "escalate" });
    await run.complete({ outcome: "blocked", blocker: { reason: "Nobody decided." } });
  });

  it("a deadline, the next contact and a reminder are late by less than two seconds", async () => {
    const { db } = desk.database;
    const run = await startRun({ ttlSeconds: 600 });
    const late: Record<"contact" | "reminder" | "deadline", number[]> = { contact: [], reminder: [], deadline: [] };
    // One after the other, so that a machine that stalls for a moment makes one of them late and not all.
    for (let time = 0; time < 5; time += 1) {
      const { approval } = await run.ask({ action: "desk.refund", args: { amount: 600 + time } }, `hurried-${time}`);
      const approvalId = approval?.id ?? "";
      await waitInSilence(run, approvalId);
      await until(
        async () => (await db.approvalNotice.count({ where: { approvalId, closedAt: null } })) === 0,
        120_000,
      );
      const stored = await db.approval.findUniqueOrThrow({ where: { id: approvalId }, include: { notice: true } });
      const records = await db.auditRecord.findMany({ where: { subjectId: approvalId } });
      const happened = (action: string) => records.find((one) => one.action === action)?.at;
      late.contact.push(sinceMs(stored.requestedAt.getTime() + 1_000, happened("approval.contact")));
      late.reminder.push(sinceMs(remindAt(stored).getTime(), stored.notice?.remindedAt));
      late.deadline.push(sinceMs(stored.deadline.getTime(), happened("approval.expire")));
    }
    for (const times of Object.values(late)) {
      expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
      expect(median(times)).toBeLessThan(2_000);
    }
    await run.complete({ outcome: "blocked", blocker: { reason: "Nobody decided." } });
  });

  it(
    "the next contacts are asked when their time comes, each once, though workers are killed and two work at once",
    { timeout: 600_000 },
    async () => {
      const { db } = desk.database;
      const run = await startRun({ ttlSeconds: 600 });
      const { approval } = await run.ask({ action: "desk.refund", args: { amount: 5_000 } }, "1");
      const approvalId = approval?.id ?? "";
      const askedSoFar = async () => {
        const { askedIds } = await db.approval.findUniqueOrThrow({ where: { id: approvalId } });
        return askedIds.length;
      };
      const [ana, bo, cy] = ["ana", "bo", "cy"].map((name) => desk.id(`${name}@example.com`));
      expect(await askedSoFar()).toBe(1);
      // Whoever is about to ask may die with it: others go on, side by side, until one of them dies as well.
      await worker.kill();
      const [staying, other] = await Promise.all([
        startWorkerProcess(desk.database.runtimeUrl),
        startWorkerProcess(desk.database.runtimeUrl),
      ]);
      worker = staying;
      await until(async () => (await askedSoFar()) >= 2, 120_000);
      await other.kill();
      await until(async () => (await askedSoFar()) === 3, 120_000);
      const told = async () => {
        const notices = await db.notice.findMany({
          where: { link: `/approvals/${approvalId}`, kind: { in: ["approval.asked", "approval.unanswered"] } },
          include: { notifications: { select: { personId: true } } },
        });
        return notices.flatMap((notice) => notice.notifications.map((one) => one.personId));
      };
      await until(async () => (await told()).length >= 3, 120_000);
      await run.complete({ outcome: "blocked", blocker: { reason: "Nobody decided." } });
      await until(
        async () => (await db.approvalNotice.count({ where: { approvalId, closedAt: null } })) === 0,
        120_000,
      );

      const stored = await db.approval.findUniqueOrThrow({ where: { id: approvalId } });
      expect(stored).toMatchObject({ state: "cancelled", askedIds: [ana, bo, cy] });
      const contacts = (await recordsOf(approvalId)).slice(0, -1);
      // Two steps that were due before anybody looked are one record.
      expect(contacts.every((action) => action === "approval.contact")).toBe(true);
      expect([1, 2]).toContain(contacts.length);
      expect((await told()).toSorted()).toEqual([ana, bo, cy].toSorted());
    },
  );

  it("a run of which nothing is heard is ended as lost, what it waited for is cancelled, and one that is heard of goes on", async () => {
    const { db } = desk.database;
    const heard = await startRun({ ttlSeconds: LEASE_S });
    const run = await startRun({ ttlSeconds: LEASE_S });
    const { runId } = run.run;
    const { approval } = await run.ask({ action: "desk.close", args: {} }, "1");
    const approvalId = approval?.id ?? "";
    let over = false;
    const told = waitInSilence(run, approvalId).finally(() => (over = true));
    while (!over) await heard.heartbeat();
    expect(await told).toMatchObject({ state: "cancelled" });

    const stored = await db.run.findUniqueOrThrow({ where: { id: runId } });
    expect(stored.status).toBe("lost");
    expect(stored.endedAt?.getTime()).toBeGreaterThanOrEqual(stored.leaseUntil.getTime());
    expect(await recordsOf(runId)).toEqual(["run.start", "run.lost"]);
    expect(await recordsOf(approvalId)).toEqual(["approval.cancel"]);
    const note = { action: "desk.note", args: {} };
    for (const late of [() => run.ask(note, "2"), () => run.heartbeat()])
      await expect(late()).rejects.toMatchObject({ status: 409, code: "run_lease_lost" });
    expect(await heard.ask(note, "1")).toMatchObject({ effect: "allow" });
  });
});
