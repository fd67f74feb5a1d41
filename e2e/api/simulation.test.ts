import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { approveApproval } from "@/lib/approvals/approve";
import type { CommandContext } from "@/lib/audit/change";
import { newId } from "@/lib/kernel/ids";
import { publishPolicy } from "@/lib/policies/publish";
import type { Rule } from "@/lib/policies/schemas";
import { runSimulation, type SimulationState } from "@/lib/policies/simulation/run-simulation";
import type { Tally } from "@/lib/policies/simulation/tally";

/** Rules that look at everything that a run carries from one decision to the next. */
const RULES: Rule[] = [
  {
    id: "large-refund",
    match: { actions: ["desk.refund"] },
    when: "args.amount > 100.0",
    effect: "escalate",
    to: ["bo@example.com"],
  },
  { id: "never-wipe", match: { actions: ["desk.wipe"] }, effect: "deny" },
  {
    id: "only-open-orders",
    match: { actions: ["desk.cancel"] },
    when: 'facts["desk.read_order"][args.id].state == "shipped"',
    effect: "deny",
  },
  { id: "talks-too-much", match: { actions: ["desk.note"] }, when: "usage.run.decisions >= 6", effect: "deny" },
  {
    id: "thinks-too-much",
    match: { actions: ["desk.note"] },
    when: "usage.run.inputTokens > 1000 || usage.run.unpricedCalls > 1",
    effect: "escalate",
  },
  {
    id: "looks-after-persons",
    match: { actions: ["desk.no*"] },
    when: '"pii" in run.dataClasses && run.onBehalfOf.subject != "ana@example.com"',
    effect: "review",
  },
];
const MANIFEST = DESK.slice(0, DESK.indexOf("policies:"));
const at = "2026-11-21T09:00:00Z";
const APPROVED = { comment: "Yes." };

let desk: Desk;
let bo: CommandContext;
let gate: GateProcess;
let from: Date;

const simulate = async (rules: readonly Rule[], more: { action?: string } = {}): Promise<Tally> => {
  const tally = await runSimulation(
    desk.database.pool,
    { policy: "desk-rules", rules, range: range(more.action), resume: null },
    () => Promise.resolve("continue"),
  );
  if (!tally) throw new Error("it was not told to stop");
  return tally;
};
const range = (action: string | null = null) => ({
  from,
  to: new Date(Date.now() + 60_000),
  agentIds: null,
  action,
});
const without = (...names: string[]): Rule[] => RULES.filter((rule) => !names.includes(rule.id));
const refundsAbove = (amount: number, effect: Rule["effect"] = "escalate"): Rule[] => [
  ...without("large-refund"),
  { id: "large-refund", match: { actions: ["desk.refund"] }, when: `args.amount > ${amount}.0`, effect },
];
/** Every rule differs, so that every decision that one is about is decided anew; none says anything else than before. */
const reworded = RULES.map((rule) => ({
  ...rule,
  when: `${rule.when === undefined ? "true" : `(${rule.when})`} && true`,
}));
const moves = (tally: Tally) =>
  Object.fromEntries(
    tally.transitions.filter((one) => one.from !== one.to).map((one) => [`${one.from} → ${one.to}`, one.count]),
  );
const publish = async (rules: Rule[]): Promise<void> => {
  const published = await publishPolicy(desk.context, { id: "desk-rules", name: "Desk", rules });
  if (!published.ok) throw new Error(published.error.message);
};
function idOf({ status, body }: Answer): string {
  expect({ status, body }).toMatchObject({ status: 200 });
  return String(body.decisionId);
}

beforeAll(async () => {
  from = new Date(Date.now() - 60_000);
  desk = await createDesk(MANIFEST);
  bo = await personOf(desk, "bo@example.com");
  await publish(RULES);
  gate = await startGateProcess(desk.database.runtimeUrl);
  await aDay();
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

const begin = (more: object = {}): Promise<TestRun> => startRun(gate.url, desk.credential, more);

/** What a desk does in a day: facts that are learnt and overwritten, counters that rise, approvals, delegation, refusals. */
async function aDay(): Promise<void> {
  const orders = await begin({ onBehalfOf: { subject: "cy@example.com" } });
  const read = async (id: string, state: string): Promise<void> => {
    const answer = await orders.ask("desk.read_order", { id });
    const result = JSON.stringify({ state, note: "\u0000 \ud83d\ude00" });
    const event = { id: newId(), kind: "tool", at, decisionId: idOf(answer), ok: true, result };
    expect((await orders.post("/events", { events: [event] })).body).toMatchObject({ accepted: 1, rejected: [] });
  };
  await orders.ask("desk.note", { text: "before reading" });
  await orders.ask("desk.cancel", { id: "A" });
  await read("A", "open");
  await orders.ask("desk.cancel", { id: "A" });
  await orders.ask("desk.note", { text: "after reading" });
  await read("A", "shipped");
  await orders.ask("desk.cancel", { id: "A" });
  await read("B", "shipped");
  await orders.ask("desk.cancel", { id: "B" });
  await orders.ask("desk.note", { text: "one too many" });

  const thinking = await begin();
  const llm = { kind: "llm", at, model: "m", outputTokens: 5, prompt: { inputTokens: 9_999_999 } };
  // Larger than what is read with others.
  await thinking.ask("desk.note", { text: randomBytes(40_000).toString("base64") });
  await thinking.post("/events", { events: [{ ...llm, id: newId(), inputTokens: 700, costUsd: 0.1 }] });
  await thinking.ask("desk.note");
  await thinking.post("/events", { events: [{ ...llm, id: newId(), inputTokens: 700 }] });
  await thinking.ask("desk.note");

  const refunds = await begin();
  for (const amount of [50, 150, 250]) {
    const { body } = await refunds.ask("desk.refund", { amount });
    if (body.effect !== "escalate" || amount === 250) continue;
    const { id } = body.approval as { id: string };
    expect(await approveApproval(bo, { approvalId: id, ...APPROVED })).toMatchObject({ ok: true });
    expect((await refunds.ask("desk.refund", { amount }, { approvalId: id })).body.effect).toBe("allow");
    expect((await refunds.ask("desk.refund", { amount }, { approvalId: id })).body.code).toBe("approval_redeemed");
  }
  await refunds.ask("desk.wipe");
  await refunds.ask("desk.unheard_of");
  await refunds.ask("mail.send");

  const started = await call(gate.url, "POST", "/runs", {
    bearer: refunds.token,
    body: { agent: "helper", scope: ["desk.note"], trigger: { kind: "delegation" } },
  });
  expect(started.status).toBe(201);
  const child = (action: string) =>
    call(gate.url, "POST", `/runs/${String(started.body.runId)}/decisions`, {
      bearer: String(started.body.token),
      body: { action, args: {} },
    });
  await child("desk.note");
  await child("desk.read_order");
}

describe("a simulation", () => {
  it("of the rules in force changes nothing, and has nothing to decide", async () => {
    const tally = await simulate(RULES);
    expect(tally).toMatchObject({ decided: 0, transitions: [] });
    expect(tally.decisions).toBe(await desk.database.db.decision.count());
    expect(tally.unconcerned + tally.standing).toBe(tally.decisions);
  });

  it("finds each decision as it was made, with the facts, counters, approvals and delegation of its moment", async () => {
    const tally = await simulate(reworded);
    expect(moves(tally)).toEqual({});
    expect(tally.exactness).toMatchObject({ differing: [] });
    expect(tally.exactness.same).toBe(tally.exactness.compared);
    expect(tally.exactness.current).toEqual({ compared: tally.decided, same: tally.decided });
    expect(tally.decided).toBeGreaterThan(15);
    const outcomes = Object.fromEntries(tally.transitions.map((one) => [one.from, one.count]));
    expect(Object.keys(outcomes).toSorted()).toEqual(["allow", "deny", "escalate", "review"]);
  });

  it("counts what would change, by transition, rule, agent and action, with samples", async () => {
    const { decisions } = await simulate(RULES);
    const lower = await simulate(refundsAbove(40, "deny"));
    expect(lower.decisions).toBe(decisions);
    // 50 was allowed; 150 asked and was then approved; 250 asked.
    expect(moves(lower)).toEqual({ "allow → deny": 2, "escalate → deny": 2 });
    expect(lower.rules).toEqual([
      { rule: "large-refund", before: 3, after: 4, newly: 1, nolonger: 0, errors: 0, changes: 4 },
    ]);
    expect(lower.agents).toEqual([{ name: desk.id("desk"), decided: 4, stricter: 4, milder: 0 }]);
    expect(lower.actions).toEqual([{ name: "desk.refund", decided: 4, stricter: 4, milder: 0 }]);
    const [sample] = lower.transitions.find((one) => one.from === "escalate" && one.to === "deny")?.samples ?? [];
    expect(sample).toMatchObject({ was: "policy_escalates", is: "policy_denied", rules: ["large-refund"] });
    const asked = await desk.database.db.decision.findUnique({ where: { id: sample?.decisionId ?? "" } });
    expect(asked).toMatchObject({ action: "desk.refund", effect: "escalate" });
  });

  it("takes an approval that a person gave as the answer to what is asked under the draft", async () => {
    const tally = await simulate(refundsAbove(120));
    expect(moves(tally)).toEqual({});
    expect(tally.rules).toMatchObject([{ before: 3, after: 3, changes: 0 }]);
  });

  it("shows what a rule that is taken away let through", async () => {
    expect(moves(await simulate(without("large-refund", "never-wipe")))).toEqual({
      "escalate → allow": 2,
      "deny → allow": 1,
    });
  });

  it("names a rule that cannot be evaluated, which holds for safety", async () => {
    const rules: Rule[] = [
      ...RULES,
      { id: "typo", match: { actions: ["desk.note"] }, when: "run.onBehalfOf.authenticatedAt < now", effect: "deny" },
    ];
    const tally = await simulate(rules);
    const typo = tally.rules.find((one) => one.rule === "typo");
    expect(typo?.errors).toBe(typo?.after);
    expect(typo?.newly).toBeGreaterThan(4);
  });

  it("counts only the actions that were asked for, and everything towards what their runs had used", async () => {
    const tally = await simulate(reworded, { action: "desk.note" });
    expect(tally.decisions).toBe(await desk.database.db.decision.count({ where: { action: "desk.note" } }));
    expect(tally.exactness).toMatchObject({ compared: tally.decided, same: tally.decided });
  });

  it("that begins in the middle of a run knows what the run had used", async () => {
    const notes = await desk.database.db.decision.findMany({
      where: { action: "desk.note", code: "policy_denied" },
      orderBy: { at: "asc" },
    });
    expect(notes).toHaveLength(1);
    const begins = notes[0]?.at ?? new Date();
    const tally = await runSimulation(
      desk.database.pool,
      { policy: "desk-rules", rules: reworded, range: { ...range(), from: begins }, resume: null },
      () => Promise.resolve("continue"),
    );
    expect(tally?.exactness.differing).toEqual([]);
    expect(tally?.exactness.compared).toBeGreaterThan(9);
  });

  it("goes on after an interruption as if there had been none", async () => {
    const whole = await simulate(reworded);
    const { rows } = await desk.database.pool.query<{ id: string; run_id: string; at: Date }>(
      "SELECT id, run_id, at FROM decision ORDER BY run_id, at, id",
    );
    for (const cut of [1, 4, 9, rows.length - 2]) {
      const [before, last] = [rows.slice(0, cut), rows[cut - 1]];
      const interrupted = await stateAfter(before.length);
      expect(interrupted.cursor.id).toBe(last?.id);
      const rest = await runSimulation(
        desk.database.pool,
        { policy: "desk-rules", rules: reworded, range: range(), resume: interrupted },
        () => Promise.resolve("continue"),
      );
      expect(rest).toEqual(whole);
    }
  });

  it("stops when it is told to", async () => {
    const stopped = await runSimulation(
      desk.database.pool,
      { policy: "desk-rules", rules: reworded, range: range(), resume: null },
      () => Promise.resolve("stop"),
    );
    expect(stopped).toBeNull();
  });

  it("compares what was answered with the rules of its time", async () => {
    await publish(without("large-refund"));
    const tally = await simulate(refundsAbove(100, "deny"));
    expect(moves(tally)).toEqual({ "allow → deny": 3 });
    expect(tally.exactness).toMatchObject({ differing: [], current: { compared: 0, same: 0 } });
    expect(tally.exactness.compared).toBe(tally.decided);
    await publish(RULES);
  });
});

/** The state of a simulation after so many decisions: pages of that size, one of them. */
async function stateAfter(count: number): Promise<SimulationState> {
  let state: SimulationState | null = null;
  await runSimulation(
    desk.database.pool,
    { policy: "desk-rules", rules: reworded, range: range(), resume: null, pageSize: count },
    (progress) => {
      state = progress.state();
      return Promise.resolve("stop");
    },
  );
  if (!state) throw new Error("it reported nothing");
  return state;
}
