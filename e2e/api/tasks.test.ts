import { randomBytes } from "node:crypto";

import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { SHIPPING } from "@/e2e/fixtures/shipping";
import { createCredential } from "@/lib/agents/credential-create";
import { suspendAgent } from "@/lib/agents/suspend";
import type { CommandContext } from "@/lib/audit/change";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { newId } from "@/lib/kernel/ids";
import { httpReceiver } from "@/lib/notify/deliver/receivers-testing";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { sealUrl } from "@/lib/notify/webhooks/secrets";
import { raiseReviews } from "@/lib/reviews/raise";
import { rollBackReview } from "@/lib/reviews/roll-back";
import { removeReceiver, rotateReceiverSecret, saveReceiver } from "@/lib/rollbacks/receiver";
import { sendRollbacks } from "@/lib/rollbacks/send";

let desk: Desk;
let ana: CommandContext;
let gates: [GateProcess, GateProcess];
let run: TestRun;
let receiver: Awaited<ReturnType<typeof httpReceiver>>;

beforeAll(async () => {
  desk = await createDesk(SHIPPING);
  ana = await personOf(desk, "ana@example.com");
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  run = await startRun(gates[0].url, desk.credential);
  receiver = await httpReceiver();
});
afterAll(async () => {
  await Promise.all([...gates.map((gate) => gate.stop()), receiver.close()]);
  await desk.close();
});

const worker = (): CommandContext => ({ ...desk.context, actor: { kind: "system", id: "worker" } });

/** A shipment that was allowed with review, and reported. */
async function shipped(order: string): Promise<string> {
  const { body } = await run.ask("desk.ship", { order });
  expect(body).toMatchObject({ effect: "allow", code: "allowed_with_review" });
  const decisionId = String(body.decisionId);
  const result = {
    kind: "tool",
    id: newId(),
    at: new Date().toISOString(),
    decisionId,
    ok: true,
    result: { id: `sh-${order}` },
  };
  expect((await run.post("/events", { events: [result] })).body).toMatchObject({ accepted: 1 });
  await raiseReviews(worker());
  const review = await desk.database.db.review.findUniqueOrThrow({ where: { decisionId } });
  expect(review).toMatchObject({ state: "waiting", risk: "medium", onLapse: "rollback" });
  return review.id;
}
async function ordered(order: string): Promise<{ reviewId: string; taskId: string }> {
  const reviewId = await shipped(order);
  const done = await rollBackReview(ana, { reviewId, reason: `Call ${order} back.` });
  if (!done.ok) throw new Error(done.error.message);
  return { reviewId, taskId: done.value.rollbackId };
}
const fetchTasks = (query: string, bearer = desk.credential, gate = gates[0]) =>
  call(gate.url, "GET", `/tasks?${query}`, { bearer });
const report = (id: string, body: object, bearer = desk.credential) =>
  call(gates[0].url, "POST", `/tasks/${id}`, { bearer, body });
const reviewOf = (id: string) =>
  desk.database.db.review.findUniqueOrThrow({ where: { id }, include: { rollbacks: { include: { tries: true } } } });
const endLease = (id: string) =>
  desk.database.db.rollback.update({ where: { id }, data: { nextAt: new Date(Date.now() - 1) } });

describe("a rollback that the agent's software carries out", () => {
  it("is fetched the moment that it is ordered, under a lease, on whichever gate it waits", async () => {
    const reviewId = await shipped("A1");
    const waiting = fetchTasks("wait=30", desk.credential, gates[1]);
    const done = await rollBackReview(ana, { reviewId, reason: "Wrong address." });
    const orderedAt = Date.now();
    const { status, body } = await waiting;
    expect(Date.now() - orderedAt).toBeLessThan(3_000);
    const taskId = done.ok ? done.value.rollbackId : "";
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        tasks: [
          {
            id: taskId,
            kind: "rollback",
            action: "desk.unship",
            args: { shipment: "sh-A1" },
            attempt: 1,
            reason: "Wrong address.",
            undoes: { runId: run.id, action: "desk.ship", args: { order: "A1" } },
          },
        ],
      },
    });
    expect((await fetchTasks("wait=0")).body).toEqual({ tasks: [] });
    const told = await report(taskId, { outcome: "done", attempt: 1, detail: "The parcel comes back." });
    expect(told).toMatchObject({ status: 200, body: { id: taskId, state: "done" } });
    expect(await report(taskId, { outcome: "done", attempt: 1 })).toEqual({ ...told, headers: expect.anything() });
    expect(await reviewOf(reviewId)).toMatchObject({
      state: "rolled_back",
      rollbacks: [{ state: "done", detail: "The parcel comes back.", tries: [{ number: 1 }] }],
    });
    expect(await report(taskId, { outcome: "failed", attempt: 1 })).toMatchObject({
      status: 409,
      body: { code: "task_ended" },
    });
    const records = await desk.database.db.auditRecord.findMany({
      where: { subjectId: reviewId },
      orderBy: { at: "asc" },
    });
    expect(records.map((one) => one.action)).toEqual([
      "review.open",
      "review.roll_back",
      "rollback.fetch",
      "rollback.done",
    ]);
    expect(records.map((one) => one.actorKind)).toEqual(["system", "person", "agent", "agent"]);
  });

  it("goes to one of many who fetch at once, and again to somebody when the lease has ended", async () => {
    const { taskId, reviewId } = await ordered("A2");
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, n) => fetchTasks("wait=0&limit=5", desk.credential, gates[n % 2 === 0 ? 0 : 1])),
    );
    expect(all.flatMap(({ body }) => body.tasks)).toHaveLength(1);
    await endLease(taskId);
    expect((await fetchTasks("wait=0")).body.tasks).toMatchObject([{ id: taskId, attempt: 2 }]);
    expect(await report(taskId, { outcome: "failed", attempt: 1 })).toMatchObject({
      status: 409,
      body: { code: "task_lease_lost" },
    });
    expect(await report(taskId, { outcome: "done", attempt: 3 })).toMatchObject({
      status: 400,
      body: { field: "attempt" },
    });
    // Whoever did it, did it.
    expect(await report(taskId, { outcome: "done", attempt: 1 })).toMatchObject({ status: 200 });
    expect(await reviewOf(reviewId)).toMatchObject({ state: "rolled_back" });
  });

  it("fails when its software says so", async () => {
    const { taskId, reviewId } = await ordered("A3");
    expect(await report(taskId, { outcome: "failed", attempt: 1 })).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    });
    await fetchTasks("wait=0");
    expect(await report(taskId, { outcome: "failed", attempt: 1, detail: "It is on the ship." })).toMatchObject({
      status: 200,
    });
    expect(await reviewOf(reviewId)).toMatchObject({
      state: "rollback_failed",
      rollbacks: [{ detail: "It is on the ship." }],
    });
  });

  it("is nobody else's: not another agent's, not a run's, not without a body that fits", async () => {
    const { taskId } = await ordered("A4");
    const made = await createCredential(desk.context, { agentId: desk.id("other"), name: "other" });
    const other = made.ok ? made.value.secret : "";
    expect((await fetchTasks("wait=0", other)).body).toEqual({ tasks: [] });
    await fetchTasks("wait=0");
    expect(await report(taskId, { outcome: "done", attempt: 1 }, other)).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    expect(await report("no-id", { outcome: "done", attempt: 1 })).toMatchObject({ status: 404 });
    expect(await fetchTasks("wait=0", run.token)).toMatchObject({ status: 401, body: { code: "token_invalid" } });
    expect(await report(taskId, { outcome: "done", attempt: 1 }, run.token)).toMatchObject({ status: 401 });
    expect(await fetchTasks("wait=99")).toMatchObject({ status: 400, body: { code: "invalid_input", field: "wait" } });
    expect(await report(taskId, { outcome: "maybe", attempt: 1 })).toMatchObject({
      status: 400,
      body: { field: "outcome" },
    });
    expect(await report(taskId, { outcome: "done" })).toMatchObject({ status: 400, body: { field: "attempt" } });
    expect(await report(taskId, { outcome: "done", attempt: 1, more: 1 })).toMatchObject({
      status: 400,
      body: { code: "unknown_field" },
    });
    expect(await report(taskId, { outcome: "done", attempt: 1 })).toMatchObject({ status: 200 });
  });

  it("is still fetched when the agent is suspended: a person ordered it, the agent does not act", async () => {
    const { taskId, reviewId } = await ordered("A5");
    expect(await suspendAgent(desk.context, { id: desk.id("desk"), reason: "It goes wrong." })).toMatchObject({
      ok: true,
    });
    expect((await fetchTasks("wait=0")).body.tasks).toMatchObject([{ id: taskId }]);
    await report(taskId, { outcome: "done", attempt: 1 });
    expect(await reviewOf(reviewId)).toMatchObject({ state: "rolled_back" });
    await desk.database.db.agent.update({ where: { id: desk.id("desk") }, data: { status: "active" } });
    await desk.database.db.$executeRaw`UPDATE configuration SET version = version + 1`;
    run = await startRun(gates[0].url, desk.credential);
  });
});

describe("a rollback that a system carries out", () => {
  const courier = () => ({ sealer: ownSealer(), allow: receiver.allow, gateUrl: gates[0].url, random: () => 0 });
  let secret: string;

  beforeAll(async () => {
    const saved = await saveReceiver(desk.context, { systemId: "desk", url: "https://desk.example.com/hooks" });
    secret = saved.ok ? (saved.value.secret ?? "") : "";
    const { id } = await desk.database.db.systemReceiver.findUniqueOrThrow({ where: { systemId: "desk" } });
    // A test's receiver stands on this machine, where an operator would have to allow it.
    await desk.database.db.systemReceiver.update({
      where: { id },
      data: { sealedUrl: sealUrl(ownSealer(), id, receiver.url("/undo")) },
    });
  });
  const send = () => sendRollbacks(worker(), courier());
  const again = (id: string) =>
    desk.database.db.rollback.update({ where: { id }, data: { nextAt: new Date(Date.now() - 1) } });

  it("is for admins of the organisation to set up, at an address that may be called", async () => {
    expect(await saveReceiver(ana, { systemId: "desk", url: "https://desk.example.com/hooks" })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await saveReceiver(desk.context, { systemId: "desk", url: "http://10.0.0.1/x" })).toMatchObject({
      error: { field: "url" },
    });
  });

  it("is a signed call; 2xx is done, and who asks by another key is not believed", async () => {
    const { taskId, reviewId } = await ordered("B1");
    expect((await fetchTasks("wait=0")).body).toEqual({ tasks: [] });
    expect(await Promise.all([send(), send()])).toContain(1);
    const [got] = receiver.got;
    expect(got?.path).toBe("/undo");
    const headers = got?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(got?.body ?? "", headers)).toMatchObject({
      type: "rollback.requested",
      data: {
        id: taskId,
        action: "desk.unship",
        args: { shipment: "sh-B1" },
        reason: "Call B1 back.",
        undoes: { runId: run.id, agent: "desk", action: "desk.ship", args: { order: "B1" } },
        report: { url: `${gates[0].url}/api/v1/tasks/${taskId}` },
      },
    });
    expect(headers["webhook-id"]).toBe(`msg_${taskId}`);
    const another = `whsec_${randomBytes(32).toString("base64")}`;
    expect(() => new Webhook(another).verify(got?.body ?? "", headers)).toThrow("No matching signature found");
    expect(await reviewOf(reviewId)).toMatchObject({
      state: "rolled_back",
      rollbacks: [{ state: "done", attempts: 1, tries: [{ statusCode: 200, error: null }] }],
    });
    expect(receiver.got).toHaveLength(1);
  });

  it("is tried again under the same message id, and reported later by whom the call gave the token", async () => {
    receiver.got.length = 0;
    const { taskId, reviewId } = await ordered("B2");
    receiver.answers.push(500, 202);
    await send();
    expect(await send()).toBe(0);
    expect(await reviewOf(reviewId)).toMatchObject({
      state: "rolling_back",
      rollbacks: [{ state: "waiting", tries: [{ error: "answered 500" }] }],
    });
    await again(taskId);
    await send();
    expect(new Set(receiver.got.map((one) => one.headers["webhook-id"]))).toEqual(new Set([`msg_${taskId}`]));
    expect((await reviewOf(reviewId)).rollbacks).toMatchObject([{ state: "running", attempts: 2 }]);
    await again(taskId);
    expect(await send()).toBe(0);
    const body = JSON.parse(receiver.got[1]?.body ?? "") as { data: { report: { url: string; token: string } } };
    const { url, token } = body.data.report;
    expect(token).toMatch(/^rmk_/);
    const tell = (bearer: string, outcome: string) =>
      fetch(url, {
        method: "POST",
        headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
        body: JSON.stringify({ outcome, attempt: 2 }),
      });
    expect((await tell(desk.credential, "done")).status).toBe(404);
    expect((await tell(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`, "done")).status).toBe(401);
    expect((await call(gates[0].url, "GET", "/me", { bearer: token })).status).toBe(401);
    expect((await tell(token, "done")).status).toBe(200);
    expect((await tell(token, "done")).status).toBe(200);
    expect((await tell(token, "failed")).status).toBe(409);
    expect(await reviewOf(reviewId)).toMatchObject({ state: "rolled_back" });
  });

  it("has failed when the receiver wants no more, and when it is taken away", async () => {
    const one = await ordered("B3");
    receiver.answers.push(410);
    await send();
    expect(await reviewOf(one.reviewId)).toMatchObject({
      state: "rollback_failed",
      rollbacks: [{ detail: "The receiver answered 410." }],
    });
    const rotated = await rotateReceiverSecret(desk.context, { systemId: "desk" });
    receiver.got.length = 0;
    await ordered("B4");
    await send();
    const headers = receiver.got[0]?.headers as Record<string, string>;
    for (const valid of [secret, rotated.ok ? rotated.value.secret : ""])
      expect(new Webhook(valid).verify(receiver.got[0]?.body ?? "", headers)).toBeTruthy();
    const two = await ordered("B5");
    expect(await removeReceiver(desk.context, { systemId: "desk" })).toMatchObject({ ok: true });
    await send();
    expect(await reviewOf(two.reviewId)).toMatchObject({
      state: "rollback_failed",
      rollbacks: [{ detail: "The receiver was removed." }],
    });
    expect((await fetchTasks("wait=0")).body).toEqual({ tasks: [] });
  });
});

it("leaves a record in which nothing is missing or altered", async () => {
  const verified = await verifyStreams(desk.database.db);
  expect(verified.faults).toEqual([]);
  expect(verified.records).toBeGreaterThan(50);
});
