import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { rejectApproval } from "@/lib/approvals/reject";
import type { CommandContext } from "@/lib/audit/change";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { loadViewer } from "@/lib/auth/load-viewer";
import { readFailureModes } from "@/lib/incidents/failure-modes-queries";
import { saveFailureModes } from "@/lib/incidents/failure-modes-save";
import { engageKillSwitch, releaseKillSwitch } from "@/lib/organisation/kill-switch";
import { publishPolicy } from "@/lib/policies/publish";
import { sweep } from "@/lib/worker/sweep";

let desk: Desk;
let gate: GateProcess;
let worker: CommandContext;

beforeAll(async () => {
  desk = await createDesk();
  worker = { ...desk.context, actor: { kind: "system", id: "worker" } };
  gate = await startGateProcess(desk.database.runtimeUrl);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

const open = () => desk.database.db.incident.findMany({ where: { state: "open" }, include: { runs: true } });
let events = 0;
const report = (run: TestRun, ...results: boolean[]): Promise<Answer> =>
  run.post("/events", {
    events: results.map((ok) => ({ id: `e${events++}`, kind: "tool", at: new Date().toISOString(), ok })),
  });

describe("a tool that fails", () => {
  it("is worth three retries, each after a longer wait; a success ends the row", async () => {
    const run = await startRun(gate.url, desk.credential);
    expect((await report(run, true)).body.retry).toBeUndefined();
    expect((await report(run, false)).body.retry).toEqual({ afterMs: 1_000, attempt: 1, max: 3 });
    expect((await report(run, false, false)).body.retry).toEqual({ afterMs: 4_000, attempt: 3, max: 3 });
    expect((await report(run, false)).body.retry).toBeUndefined();
    expect((await report(run, true, false)).body.retry).toEqual({ afterMs: 1_000, attempt: 1, max: 3 });
    const log = await run.post("/events", { events: [{ id: "log", kind: "log", at: new Date().toISOString() }] });
    expect(log.body.retry).toBeUndefined();
    await sweep(worker);
    expect(await open()).toEqual([]);
  });

  it("opens one incident after five in a row, and what comes later is added to it", async () => {
    const [run, other] = [await startRun(gate.url, desk.credential), await startRun(gate.url, desk.credential)];
    await report(run, false, false, false, false);
    await sweep(worker);
    expect(await open()).toEqual([]);
    await report(run, false);
    expect(await sweep(worker)).toMatchObject({ openedIncidents: 1 });
    await report(other, ...Array.from({ length: 7 }, () => false));
    expect(await sweep(worker)).toMatchObject({ openedIncidents: 0 });
    const [incident, ...more] = await open();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ agentId: desk.id("desk"), source: "tool_errors", paused: false });
    expect(incident?.runs.map((one) => one.runId).toSorted()).toEqual([run.id, other.id].toSorted());
    expect((await run.ask("desk.note")).body).toMatchObject({ effect: "allow" });
  });

  it("does not count for a shadow run, nor twice for an event that was sent again", async () => {
    const shadow = await startRun(gate.url, desk.credential, { mode: "shadow" });
    await report(shadow, false, false, false, false, false);
    const run = await startRun(gate.url, desk.credential);
    const event = { id: "again", kind: "tool", at: new Date().toISOString(), ok: false };
    for (let times = 0; times < 6; times++) await run.post("/events", { events: [event] });
    expect(await desk.database.db.failureSignal.count()).toBe(0);
    expect((await desk.database.db.run.findUniqueOrThrow({ where: { id: run.id } })).toolErrors).toBe(1);
  });

  it("suspends where that agent's own modes say so, from the very next report", async () => {
    const top = await desk.database.db.node.findFirstOrThrow({ where: { parentId: null } });
    const personId = desk.id("ana@example.com");
    await desk.database.db.roleBinding.create({
      data: { id: desk.context.newId(), personId, role: "admin", nodeId: top.id },
    });
    const ana = await loadViewer(desk.context, { personId, sessionEpoch: 0 });
    const view = ana && (await readFailureModes(ana, "desk"));
    if (!ana || !view) throw new Error("Ana sees no modes");
    const modes = { ...view.modes, toolErrors: { ...view.modes.toolErrors, incidentAfter: 2, pauses: true } };
    const input = { agentId: desk.id("desk"), modes, basis: view.basis, reason: "It writes." };
    const bo = await personOf(desk, "bo@example.com");
    expect(await saveFailureModes(bo, input)).toMatchObject({ ok: false, error: { code: "forbidden" } });
    expect(await saveFailureModes(ana, input)).toMatchObject({ ok: true });
    expect(await saveFailureModes(ana, input)).toMatchObject({ ok: false, error: { code: "conflict" } });
    const changed = await readFailureModes(ana, "desk");
    expect(changed).toMatchObject({ modes, inherited: view.inherited, own: [{ slug: "desk" }] });
    expect(await readFailureModes(ana, null)).toMatchObject({ modes: view.inherited });
    expect(await readFailureModes(ana, "nobody")).toBeNull();
    await desk.database.db.incident.updateMany({
      data: { state: "resolved", openKey: null, resolvedAt: new Date(), cause: "A test." },
    });
    const run = await startRun(gate.url, desk.credential);
    await report(run, false, false);
    await sweep(worker);
    expect((await run.ask("desk.note")).body).toMatchObject({ effect: "deny", code: "agent_suspended" });
    expect((await report(run, true)).body).toMatchObject({ state: "halt", reason: "agent_suspended" });
    await desk.database.db.agent.updateMany({ data: { status: "active", suspendedReason: null } });
    await desk.database.db.configuration.update({ where: { id: 1 }, data: { version: { increment: 1 } } });
  });
});

it("repeated rejection suspends the agent, on the gate too", async () => {
  await desk.database.db.configuration.update({
    where: { id: 1 },
    data: {
      settings: { approvals: { undoSeconds: 0 }, failures: { rejections: { incidentAfter: 3 } } },
      version: { increment: 1 },
    },
  });
  const bo = await personOf(desk, "bo@example.com");
  const run = await startRun(gate.url, desk.credential);
  for (const amount of [101, 102, 103]) {
    const { body } = await run.ask("desk.refund", { amount });
    const approvalId = (body.approval as { id: string }).id;
    expect(await rejectApproval(bo, { approvalId, comment: "No." })).toMatchObject({ ok: true });
  }
  await sweep(worker);
  expect((await run.ask("desk.note")).body).toMatchObject({ effect: "deny", code: "agent_suspended" });
  expect(await open()).toContainEqual(expect.objectContaining({ source: "rejections", paused: true }));
});

it("a contradiction of policies is denied, and raised once", async () => {
  await desk.database.db.agent.updateMany({ data: { status: "active", suspendedReason: null } });
  const rules = [{ id: "vip", match: { actions: ["desk.wipe"] }, effect: "allow" as const }];
  expect(await publishPolicy(desk.context, { id: "vips", name: "VIPs", rules, note: "A test." })).toMatchObject({
    ok: true,
  });
  const run = await startRun(gate.url, desk.credential);
  for (let times = 0; times < 3; times++)
    expect((await run.ask("desk.wipe")).body).toMatchObject({ effect: "deny", code: "policy_conflict" });
  await sweep(worker);
  await sweep(worker);
  const conflicts = await desk.database.db.policyConflict.findMany();
  expect(conflicts).toHaveLength(1);
  expect(conflicts[0]).toMatchObject({ allowRule: "vips/vip", denyRule: "desk-rules/never-wipe", times: 3 });
});

it("the kill switch denies everything at once, and its end lets agents act", async () => {
  const run = await startRun(gate.url, desk.credential);
  await engageKillSwitch(desk.context, { reason: "A drill." });
  expect((await run.ask("desk.note")).body).toMatchObject({ effect: "deny", code: "everything_halted" });
  await releaseKillSwitch(desk.context, { reason: "It was a drill." });
  expect((await run.ask("desk.note")).body).toMatchObject({ effect: "allow" });
});

it("I8: every stream verifies", async () => {
  expect((await verifyStreams(desk.database.db)).faults).toEqual([]);
});
