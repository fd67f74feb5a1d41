import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { createCredential } from "@/lib/agents/credential-create";
import { approveApproval } from "@/lib/approvals/approve";
import { getApproval } from "@/lib/approvals/queries";
import { loadViewer } from "@/lib/auth/load-viewer";
import { startOf } from "@/lib/budgets/periods";
import { setEnvelope } from "@/lib/budgets/set-envelope";
import { envelopeFaults } from "@/lib/budgets/verify";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { expireRuns } from "@/lib/runs/expire";
import { haltRun } from "@/lib/runs/halt";

const AGENT = 'owner: ana@example.com, tier: execute, purpose: Works, grants: ["desk.*"]';
/** Each part of the chart is of one test, so that none uses up what another counts on. */
const MANIFEST = `
apiVersion: remit/v1
settings: {approvals: {undoSeconds: 0}}
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: admin, node: company}]}
  - {email: bo@example.com, name: Bo Lind, roles: [{role: reviewer, node: company}]}
chart:
  - team: company
    lead: ana@example.com
    children:
      - team: calls
        envelope: {day: {calls: 25}}
        children:
          - {agent: desk, ${AGENT}}
          - {agent: second, ${AGENT}}
      - team: money
        envelope: {month: {usd: 10}}
        children:
          - {agent: buyer, ${AGENT}, envelope: {run: {usd: 4}}}
      - {agent: caller, ${AGENT}, envelope: {day: {usd: 1, tokens: 100000}}}
      - agent: chief
        owner: ana@example.com
        tier: execute
        purpose: Delegates
        grants: ["desk.*"]
        envelope: {run: {usd: 3}}
        children:
          - {agent: hand, ${AGENT}, envelope: {run: {usd: 2}}}
      - {agent: ends, ${AGENT}, envelope: {day: {usd: 5}}}
      - {agent: asks, ${AGENT}, envelope: {day: {usd: 5, calls: 9}}}
      - {agent: shade, ${AGENT}, envelope: {day: {calls: 3}}}
      - {agent: rolls, ${AGENT}, envelope: {hour: {calls: 4}, day: {calls: 6}}}
      - {agent: free, ${AGENT}}
      - {agent: late, ${AGENT}}
systems:
  - id: desk
    actions:
      - {id: desk.note, kind: execute, impact: low, reversibility: reversible}
      - {id: desk.wipe, kind: execute, impact: low, reversibility: reversible}
      - {id: desk.pay, kind: execute, impact: low, reversibility: reversible}
policies:
  - id: rules
    rules:
      - {id: never-wipe, match: {actions: [desk.wipe]}, effect: deny}
      - {id: ask-to-pay, match: {actions: [desk.pay]}, effect: escalate}
`;

let desk: Desk;
let gates: [GateProcess, GateProcess];
beforeAll(async () => {
  desk = await createDesk(MANIFEST);
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

async function runOf(agent: string, more: object = {}, gate = gates[0]): Promise<TestRun> {
  const made = await createCredential(desk.context, { agentId: desk.id(agent), name: newId() });
  if (!made.ok) throw new Error(made.error.message);
  return startRun(gate.url, made.value.secret, more);
}

const ask = (run: TestRun, estimate: object | null, action = "desk.note", gate = gates[0]): Promise<Answer> =>
  call(gate.url, "POST", `/runs/${run.id}/decisions`, {
    bearer: run.token,
    body: { action, args: {}, ...(estimate && { estimate }) },
  });
const tool = (decisionId: unknown, more: object = {}) => ({
  id: newId(),
  kind: "tool",
  at: new Date().toISOString(),
  ok: true,
  decisionId,
  ...more,
});
const llm = (more: object) => ({
  id: newId(),
  kind: "llm",
  at: new Date().toISOString(),
  model: "m",
  inputTokens: 10,
  outputTokens: 5,
  ...more,
});
const codes = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = status === 200 ? String(body.code) : `${status}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};
const useOf = (name: string) => desk.database.db.envelopeUse.findMany({ where: { ownerId: desk.id(name) } });
/** Of all counters but those that a test wrote itself. */
const faults = async () =>
  (await envelopeFaults(desk.database.pool)).filter((fault) => fault.ownerId !== desk.id("rolls"));

describe("envelopes (I6)", () => {
  it("two gates and many runs at once use up exactly what there is", async () => {
    const runs = await Promise.all([
      runOf("desk"),
      runOf("desk", {}, gates[1]),
      runOf("second"),
      runOf("second", {}, gates[1]),
      ...Array.from({ length: 8 }, (_, index) => runOf("desk", {}, gates[index & 1])),
    ]);
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => {
        const run = runs[index % runs.length];
        const gate = gates[(index >> 2) & 1];
        if (!run || !gate) throw new Error("nobody to ask");
        return ask(run, null, "desk.note", gate);
      }),
    );
    expect(codes(answers)).toEqual({ allowed: 25, budget_exceeded: 95 });
    expect(await useOf("calls")).toMatchObject([{ calls: 25n, limitCalls: 25n }]);
    expect(await faults()).toEqual([]);
  });

  it("money: what fits is reserved at once, what does not is denied, in a run and in a team", async () => {
    const one = await runOf("buyer");
    expect((await ask(one, { costUsd: 3 })).body).toMatchObject({ effect: "allow", remaining: { usd: 1 } });
    const refused = (await ask(one, { costUsd: 1.5 })).body;
    expect(refused).toMatchObject({ effect: "deny", code: "budget_exceeded", remaining: { usd: 1 } });
    expect(JSON.stringify(refused)).not.toMatch(/buyer|money/);
    const stored = await desk.database.db.decision.findUniqueOrThrow({ where: { id: String(refused.decisionId) } });
    expect(stored.checks).toContainEqual(
      expect.objectContaining({
        check: "budget",
        outcome: "deny",
        saw: expect.objectContaining({
          node: "Buyer",
          window: "run",
          unit: "usd",
          limit: 4,
          spent: 0,
          reserved: 3,
          asked: 1.5,
        }),
      }),
    );
    expect((await ask(one, { costUsd: 1 })).body).toMatchObject({ effect: "allow", windDown: true });
    const two = await runOf("buyer", {}, gates[1]);
    const three = await runOf("buyer");
    expect((await ask(two, { costUsd: 4 }, "desk.note", gates[1])).body).toMatchObject({ effect: "allow" });
    // 2 dollars are left in the month: the run could, the team can not.
    expect((await ask(three, { costUsd: 2.5 })).body).toMatchObject({ code: "budget_exceeded", remaining: { usd: 2 } });
    expect((await ask(three, { costUsd: 2 })).body).toMatchObject({ effect: "allow" });
    expect(await useOf("money")).toMatchObject([{ reservedMicroUsd: 10_000_000n }]);
    expect(await faults()).toEqual([]);
  });

  it("a result settles: at its cost, or else at what was reserved; a repeat of the report changes nothing", async () => {
    const run = await runOf("ends");
    const first = (await ask(run, { costUsd: 4 })).body;
    expect((await ask(run, { costUsd: 2 })).body).toMatchObject({ code: "budget_exceeded" });
    const result = tool(first.decisionId, { costUsd: 0.5 });
    expect((await run.post("/events", { events: [result] })).body).toMatchObject({ accepted: 1 });
    expect((await run.post("/events", { events: [result] })).body).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await useOf("ends")).toMatchObject([{ reservedMicroUsd: 0n, settledMicroUsd: 500_000n }]);
    const second = (await ask(run, { costUsd: 2, tokens: 70 })).body;
    expect(second).toMatchObject({ effect: "allow", remaining: { usd: 2.5 } });
    await run.post("/events", { events: [tool(second.decisionId)] });
    expect(await useOf("ends")).toMatchObject([
      { reservedMicroUsd: 0n, settledMicroUsd: 2_500_000n, settledTokens: 70n, reservedTokens: 0n },
    ]);
    // A further result of the same decision is spent beside it.
    await run.post("/events", { events: [tool(second.decisionId, { costUsd: 0.25 })] });
    const third = (await ask(run, { costUsd: 1 })).body;
    expect(third).toMatchObject({ effect: "allow", remaining: { usd: 1.25 } });
    expect(await faults()).toEqual([]);
    // What is still held was spent, as far as anybody knows, once the run has ended.
    expect((await run.post("/complete", { outcome: "succeeded" })).status).toBe(200);
    expect(await useOf("ends")).toMatchObject([{ reservedMicroUsd: 0n, settledMicroUsd: 3_750_000n, calls: 3n }]);
    expect(await faults()).toEqual([]);
  });

  it("model calls are booked when they are reported, whatever is left, and steer the run", async () => {
    const run = await runOf("caller");
    const begun = await run.post("/events", { events: [llm({ costUsd: 0.5 })] });
    expect(begun.body).toMatchObject({ state: "continue" });
    const near = await run.post("/events", { events: [llm({ costUsd: 0.4 }), llm({})] });
    expect(near.body).toMatchObject({ state: "wind_down", reason: "budget_nearly_used" });
    expect((await run.post("/heartbeat", {})).body).toMatchObject({ state: "wind_down" });
    expect((await ask(run, null)).body).toMatchObject({ effect: "allow", windDown: true, remaining: { usd: 0.1 } });
    const beyond = await run.post("/events", { events: [llm({ costUsd: 0.7 })] });
    expect(beyond.body).toMatchObject({ accepted: 1, state: "halt", reason: "budget_exceeded" });
    expect((await run.post("/heartbeat", {})).body).toMatchObject({ state: "halt", reason: "budget_exceeded" });
    expect((await ask(run, null)).body).toMatchObject({ code: "budget_exceeded", remaining: { usd: 0 } });
    // The one without a price counts its tokens, and shows as unpriced (I7).
    expect(await useOf("caller")).toMatchObject([
      { settledMicroUsd: 1_600_000n, settledTokens: 60n, unpricedCalls: 1n, calls: 1n },
    ]);
    expect(await faults()).toEqual([]);
  });

  it("a delegating run's envelope caps what it sets off", async () => {
    const parent = await runOf("chief");
    const child = await startRun(gates[0].url, parent.token, { agent: "hand" });
    const sibling = await startRun(gates[1].url, parent.token, { agent: "hand" });
    expect((await ask(child, { costUsd: 2.5 })).body).toMatchObject({ code: "budget_exceeded" });
    expect((await ask(child, { costUsd: 2 })).body).toMatchObject({ effect: "allow", remaining: { usd: 0 } });
    expect((await ask(sibling, { costUsd: 2 }, "desk.note", gates[1])).body).toMatchObject({
      code: "budget_exceeded",
      remaining: { usd: 1 },
    });
    expect((await ask(parent, { costUsd: 1 })).body).toMatchObject({ effect: "allow" });
    expect((await ask(sibling, { costUsd: 0.1 }, "desk.note", gates[1])).body).toMatchObject({
      code: "budget_exceeded",
    });
    expect(await faults()).toEqual([]);
  });

  it("what is denied or asked of a person holds nothing; redeeming an approval does", async () => {
    const run = await runOf("asks");
    expect((await ask(run, { costUsd: 3 }, "desk.wipe")).body).toMatchObject({
      code: "policy_denied",
      remaining: { usd: 5, calls: 9 },
    });
    const bo = await personOf(desk, "bo@example.com");
    const approved = async (): Promise<string> => {
      const { body } = await ask(run, { costUsd: 3 }, "desk.pay");
      expect(body).toMatchObject({ effect: "escalate", remaining: { usd: 5 } });
      const approvalId = String((body.approval as { id: string }).id);
      expect(await approveApproval(bo, { approvalId })).toMatchObject({ ok: true });
      return approvalId;
    };
    const [one, two] = [await approved(), await approved()];
    expect(await useOf("asks")).toEqual([]);
    const redeem = (approvalId: string) =>
      run.post("/decisions", { action: "desk.pay", args: {}, estimate: { costUsd: 3 }, approvalId });
    expect((await redeem(one)).body).toMatchObject({
      effect: "allow",
      code: "approved",
      remaining: { usd: 2, calls: 8 },
    });
    // The other does not fit any more: it is not used up, and holds nothing. Who looks at it is told just what the gate then finds.
    const viewer = await loadViewer(
      { ...desk.context, clock: systemClock },
      { personId: desk.id("bo@example.com"), sessionEpoch: 0 },
    );
    const foreseen = viewer && (await getApproval(viewer, two))?.obstacles;
    expect(foreseen).toMatchObject([
      { kind: "envelope_used", words: "Asks has $2.00 of $5.00 left this day; this asks for $3.00." },
    ]);
    expect((await redeem(two)).body).toMatchObject({ code: "budget_exceeded", remaining: { usd: 2, calls: 8 } });
    expect(await useOf("asks")).toMatchObject([{ reservedMicroUsd: 3_000_000n, calls: 1n }]);
    expect(await desk.database.db.approval.findUniqueOrThrow({ where: { id: two } })).toMatchObject({
      redeemedAt: null,
    });
    const refused = await desk.database.db.decision.findFirstOrThrow({
      where: { runId: run.id, code: "budget_exceeded" },
    });
    expect(refused.checks).toContainEqual(
      expect.objectContaining({
        check: "budget",
        message: foreseen?.[0]?.kind === "envelope_used" && foreseen[0].words,
      }),
    );
    expect(await faults()).toEqual([]);
  });

  it("a shadow run is checked and not charged", async () => {
    const shadow = await runOf("shade", { mode: "shadow" });
    for (let time = 0; time < 5; time += 1)
      expect((await ask(shadow, null)).body).toMatchObject({ effect: "allow", remaining: { calls: 3 } });
    await shadow.post("/events", { events: [llm({ costUsd: 9 })] });
    const live = await runOf("shade");
    expect(codes(await Promise.all([1, 2, 3, 4].map(() => ask(live, null))))).toEqual({
      allowed: 3,
      budget_exceeded: 1,
    });
    expect((await ask(shadow, null)).body).toMatchObject({ code: "budget_exceeded" });
    expect(await useOf("shade")).toMatchObject([{ calls: 3n, settledMicroUsd: 0n }]);
  });

  it("each window is counted by itself: what the one before took is over", async () => {
    const now = Date.now();
    const row = { ownerId: desk.id("rolls"), calls: 4n };
    await desk.database.db.envelopeUse.createMany({
      data: [
        { ...row, period: "hour", startsAt: new Date(startOf("hour", now) - 3_600_000) },
        { ...row, period: "day", startsAt: new Date(startOf("day", now)) },
      ],
    });
    const run = await runOf("rolls");
    expect(codes(await Promise.all([1, 2, 3].map(() => ask(run, null))))).toEqual({ allowed: 2, budget_exceeded: 1 });
  });

  it("what a run holds counts as spent when a person halts it, and when it is lost", async () => {
    const held = async () => (await useOf("ends"))[0]?.reservedMicroUsd;
    const [halted, lost] = [await runOf("ends"), await runOf("ends", { ttlSeconds: 5 }, gates[1])];
    await ask(halted, { costUsd: 0.5 });
    await ask(lost, { costUsd: 0.75 }, "desk.note", gates[1]);
    expect(await held()).toBe(1_250_000n);
    expect(await haltRun(desk.context, { runId: halted.id, reason: "enough" })).toMatchObject({ ok: true });
    expect(await held()).toBe(750_000n);
    const later = new Date(Date.now() + 6_000);
    expect(await expireRuns({ ...desk.context, clock: { now: () => later } })).toMatchObject({ ok: true });
    expect(await useOf("ends")).toMatchObject([{ reservedMicroUsd: 0n, settledMicroUsd: 5_000_000n }]);
    expect(await faults()).toEqual([]);
  });

  it("an envelope that is set late counts what the window has taken", async () => {
    const run = await runOf("late");
    for (const key of ["1", "2", "3"]) await run.post("/decisions", { action: "desk.note", args: {} }, key);
    await run.post("/events", { events: [llm({ costUsd: 0.6 }), llm({})] });
    await setEnvelope(desk.context, { id: desk.id("late"), envelope: { day: { usd: 1, calls: 5 } } });
    expect(await useOf("late")).toMatchObject([
      { period: "day", settledMicroUsd: 600_000n, settledTokens: 30n, calls: 3n, unpricedCalls: 1n },
    ]);
    expect((await ask(run, { costUsd: 0.3 })).body).toMatchObject({
      effect: "allow",
      remaining: { usd: 0.1, calls: 1 },
    });
    expect(await faults()).toEqual([]);
    // Taken away and set again: what was spent between counts as well.
    await setEnvelope(desk.context, { id: desk.id("late"), envelope: {} });
    await run.post("/events", { events: [llm({ costUsd: 0.5 })] });
    await setEnvelope(desk.context, { id: desk.id("late"), envelope: { day: { usd: 1, calls: 5 } } });
    expect(await useOf("late")).toMatchObject([{ settledMicroUsd: 1_100_000n, reservedMicroUsd: 300_000n, calls: 4n }]);
    expect((await ask(run, { costUsd: 0.1 })).body).toMatchObject({ code: "budget_exceeded" });
    expect(await faults()).toEqual([]);
  });

  it("another envelope binds the next request on every gate; none costs nothing", async () => {
    const run = await runOf("free");
    expect((await ask(run, { costUsd: 100 })).body).toMatchObject({ effect: "allow", windDown: false, remaining: {} });
    expect(await useOf("free")).toEqual([]);
    expect(await setEnvelope(desk.context, { id: desk.id("free"), envelope: { day: { usd: 1 } } })).toMatchObject({
      ok: true,
    });
    for (const gate of gates)
      expect((await ask(run, { costUsd: 2 }, "desk.note", gate)).body).toMatchObject({ code: "budget_exceeded" });
    await setEnvelope(desk.context, { id: desk.id("free"), envelope: {} });
    expect((await ask(run, { costUsd: 2 }, "desk.note", gates[1])).body).toMatchObject({
      effect: "allow",
      remaining: {},
    });
  });

  it("a repeat is answered as the first time", async () => {
    const run = await runOf("free");
    await setEnvelope(desk.context, { id: desk.id("free"), envelope: { run: { calls: 10 }, month: { usd: 50 } } });
    const body = { action: "desk.note", args: {}, estimate: { costUsd: 1.1 } };
    const first = await run.post("/decisions", body, "again");
    expect(first.body).toMatchObject({ effect: "allow", remaining: { usd: 48.9, calls: 9 } });
    expect((await run.post("/decisions", body, "again")).body).toEqual(first.body);
    const [month] = (await useOf("free")).filter((use) => use.period === "month");
    expect(month).toMatchObject({ reservedMicroUsd: 1_100_000n });
    await setEnvelope(desk.context, { id: desk.id("free"), envelope: {} });
  });
});
