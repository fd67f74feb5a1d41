import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { suspendAgent } from "@/lib/agents/suspend";
import { resumeAgent } from "@/lib/agents/resume";
import { approveApproval } from "@/lib/approvals/approve";
import { judgeEditedArguments } from "@/lib/approvals/judge";
import { undoDecision } from "@/lib/approvals/undo";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Viewer } from "@/lib/auth/viewer";
import { argsHash, type JsonObject } from "@/lib/kernel/json";

/** Beside the rule of refunds above 100, which asks Bo: above 1,000 two of three, above 5,000 Ana alone, above 9,000 nobody may. */
const RULES = `      - {id: large-refund, match: {actions: [desk.refund]}, when: args.amount > 100.0, effect: escalate, to: [bo@example.com, cy@example.com], deadline: 30m, message: A person decides large refunds.}
      - {id: named-order, match: {actions: [desk.refund]}, when: 'has(args.id) && args.id.startsWith("vip")', effect: escalate, message: A person decides about VIPs.}
      - {id: ana-only, match: {actions: [desk.refund]}, when: 'has(args.id) && args.id.startsWith("board")', effect: escalate, to: [ana@example.com], message: Ana decides about the board.}
      - {id: two-people, match: {actions: [desk.refund]}, when: args.amount > 1000.0, effect: escalate, quorum: 2, message: Two decide very large refunds.}
      - {id: too-large, match: {actions: [desk.refund]}, when: args.amount > 9000.0, effect: deny, message: Nobody refunds that much.}
      - {id: seen-order, match: {actions: [desk.refund]}, when: 'has(args.id) && args.id == "known" && facts["desk.read_order"][args.id].state == "shipped"', effect: deny, message: It has shipped.}`;
const MANIFEST = DESK.replace(/ {6}- \{id: large-refund.*\n/, `${RULES}\n`).replace(
  "{role: admin, node: support}",
  "{role: admin, node: support}]}\n  - {email: cy@example.com, name: Cy Moss, roles: [{role: reviewer, node: support}",
);

let desk: Desk;
let gate: GateProcess;
let run: TestRun;

beforeAll(async () => {
  desk = await createDesk(MANIFEST);
  gate = await startGateProcess(desk.database.runtimeUrl);
  run = await startRun(gate.url, desk.credential);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

const viewer = async (name: string): Promise<Viewer> => {
  const services = { db: desk.database.db, clock: desk.context.clock, newId: () => desk.context.newId() };
  const loaded = await loadViewer(services, { personId: desk.id(`${name}@example.com`), sessionEpoch: 0 });
  if (!loaded) throw new Error("no such person");
  return loaded;
};
const asked = async (args: object, by: TestRun = run): Promise<string> => {
  const { body } = await by.ask("desk.refund", args);
  expect(body).toMatchObject({ effect: "escalate" });
  return (body.approval as { id: string }).id;
};
const approve = async (who: string, approvalId: string, args?: JsonObject, seen?: object) =>
  approveApproval(await viewer(who), { approvalId, ...(args && { args }), ...(seen && { seen }) });
const judge = async (who: string, approvalId: string, args: JsonObject) =>
  judgeEditedArguments(await viewer(who), { approvalId, args });
const stored = (id: string) => desk.database.db.approval.findUniqueOrThrow({ where: { id }, include: { votes: true } });
const told = async (id: string, by: TestRun = run) =>
  (await call(gate.url, "GET", `/approvals/${id}?wait=0`, { bearer: by.token })).body;
const failing = (code: string, message?: RegExp, field = "args") => ({
  ok: false,
  error: { code, field, ...(message && { message: expect.stringMatching(message) }) },
});

describe("approving with other arguments", () => {
  it("binds the approval to them: the agent learns them, and redeems exactly these", async () => {
    const id = await asked({ amount: 500 });
    expect(await judge("bo", id, { amount: 150 })).toEqual({ ok: true, value: { kind: "fits" } });
    expect(await approve("bo", id, { amount: 150 })).toMatchObject({ ok: true, value: { state: "approved" } });
    expect(await told(id)).toMatchObject({ state: "approved", args: { amount: 150 } });
    expect(await stored(id)).toMatchObject({ editedById: desk.id("bo@example.com"), answers: [] });
    const redeem = (amount: number) => run.ask("desk.refund", { amount }, { approvalId: id });
    expect((await redeem(500)).body).toMatchObject({ effect: "deny", code: "approval_mismatch" });
    expect((await redeem(150)).body).toMatchObject({ effect: "allow", code: "approved" });
    expect((await redeem(150)).body).toMatchObject({ effect: "deny", code: "approval_redeemed" });
  });

  it("refuses what does not fit the action, or what a rule denies with its message", async () => {
    const id = await asked({ amount: 510 });
    expect(await approve("bo", id, { amount: "many" })).toMatchObject(
      failing("invalid_input", /amount/, "args/amount"),
    );
    expect(await approve("bo", id, {})).toMatchObject(failing("invalid_input"));
    expect(await approve("bo", id, { amount: 9_001 })).toMatchObject(
      failing("edit_denied", /^Nobody refunds that much\.$/),
    );
    expect(await judge("bo", id, { amount: 9_001 })).toEqual({
      ok: true,
      value: { kind: "denied", message: "Nobody refunds that much." },
    });
    expect(await stored(id)).toMatchObject({ state: "pending", args: { amount: 510 }, votes: [] });
  });

  it("decides them with what the run knows now, not when it asked", async () => {
    const later = await startRun(gate.url, desk.credential);
    const id = await asked({ amount: 520 }, later);
    const edit = { amount: 520, id: "known" };
    expect(await judge("bo", id, edit)).toMatchObject({ value: { kind: "denied" } });
    const read = await later.ask("desk.read_order", { id: "known" });
    const learn = (state: string, event: string) =>
      later.post("/events", {
        events: [
          {
            id: event,
            at: new Date().toISOString(),
            kind: "tool",
            decisionId: read.body.decisionId,
            ok: true,
            result: { state },
          },
        ],
      });
    await learn("shipped", "e1");
    expect(await approve("bo", id, edit)).toMatchObject(failing("edit_denied", /It has shipped/));
    await learn("open", "e2");
    expect(await approve("bo", id, edit)).toMatchObject({ ok: true });
    expect((await later.ask("desk.refund", edit, { approvalId: id })).body).toMatchObject({ effect: "allow" });
  });

  it("says nothing of whether the agent is stopped at the moment: that is for the redemption", async () => {
    const id = await asked({ amount: 530 });
    const ana = await personOf(desk, "ana@example.com");
    await suspendAgent(ana, { id: desk.id("desk"), reason: "Odd." });
    expect(await approve("bo", id, { amount: 140 })).toMatchObject({ ok: true });
    const redeem = () => run.ask("desk.refund", { amount: 140 }, { approvalId: id });
    expect((await redeem()).body).toMatchObject({ code: "agent_suspended" });
    await resumeAgent(ana, { id: desk.id("desk"), reason: "Fine." });
    expect((await redeem()).body).toMatchObject({ effect: "allow" });
  });

  it("shows what they ask beyond the original ones, and answers it only when the person says so", async () => {
    const id = await asked({ amount: 540 });
    const edit = { amount: 540, id: "vip-1" };
    const verdict = await judge("bo", id, edit);
    expect(verdict).toMatchObject({
      value: { kind: "asks", yours: true, questions: [{ message: "A person decides about VIPs." }] },
    });
    const questions = verdict.ok && verdict.value.kind === "asks" ? verdict.value.questions.map((one) => one.id) : [];
    expect(questions[0]).toMatch(/^desk-rules\/named-order@/);
    expect(await approve("bo", id, edit)).toMatchObject(failing("needs_more", /Confirm that you approve that as well/));
    expect(await approve("bo", id, edit, { questions: ["something else"] })).toMatchObject(failing("needs_more"));
    expect(await approve("bo", id, edit, { questions })).toMatchObject({ ok: true, value: { state: "approved" } });
    expect((await stored(id)).answers).toEqual(questions);
    expect((await run.ask("desk.refund", edit, { approvalId: id })).body).toMatchObject({
      effect: "allow",
      code: "approved",
    });
  });

  it("leaves to others what this person would not have been asked, or what takes more people", async () => {
    const id = await asked({ amount: 550 });
    const board = { amount: 560, id: "board-1" };
    expect(await judge("cy", id, board)).toMatchObject({ value: { kind: "asks", yours: true } });
    // Here Ana alone would have been asked: whatever Cy says they have seen.
    const hers = { amount: 50, id: "board-2" };
    const verdict = await judge("cy", id, hers);
    expect(verdict).toMatchObject({ value: { kind: "asks", yours: false } });
    const questions = verdict.ok && verdict.value.kind === "asks" ? verdict.value.questions.map((one) => one.id) : [];
    expect(await approve("cy", id, hers, { questions })).toMatchObject(failing("needs_more", /Others must be asked/));
    expect(await judge("cy", id, { amount: 1_500 })).toMatchObject({ value: { yours: false } });
    expect(await approve("cy", id, { amount: 1_500 })).toMatchObject(failing("needs_more", /Others must be asked/));
  });

  it("I3: voids what others approved, who must see the new ones to approve them", async () => {
    const id = await asked({ amount: 1_200 });
    expect(await approve("bo", id)).toMatchObject({ ok: true, value: { state: "pending", votes: 1, quorum: 2 } });
    const edit = { amount: 1_100 };
    expect(await approve("cy", id, edit)).toMatchObject({ ok: true, value: { state: "pending", votes: 1 } });
    expect((await stored(id)).votes.map((vote) => vote.personId)).toEqual([desk.id("cy@example.com")]);
    // Whoever opened it before the edit does not approve what they have not seen.
    const hash = (args: JsonObject) => argsHash("desk.refund", args).toString("hex");
    const blind = { ok: false, error: { code: "approval_changed", field: "seen.argsHash" } };
    expect(await approve("bo", id)).toMatchObject(blind);
    expect(await approve("bo", id, undefined, { argsHash: hash({ amount: 1_200 }) })).toMatchObject(blind);
    expect(await approve("bo", id, undefined, { argsHash: hash(edit) })).toMatchObject({
      ok: true,
      value: { state: "approved", votes: 2 },
    });
    expect((await run.ask("desk.refund", edit, { approvalId: id })).body).toMatchObject({ effect: "allow" });
  });

  it("an undone edit leaves what the agent asked for", async () => {
    const id = await asked({ amount: 1_300 });
    await approve("cy", id, { amount: 1_250 });
    expect(await stored(id)).toMatchObject({ args: { amount: 1_250 }, editedById: desk.id("cy@example.com") });
    expect(await undoDecision(await viewer("cy"), { approvalId: id })).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({
      args: { amount: 1_300 },
      argsHash: new Uint8Array(argsHash("desk.refund", { amount: 1_300 })),
      editedById: null,
      editedAt: null,
      votes: [],
    });
  });

  it("I12: nobody learns what arguments would come to for an agent out of their sight", async () => {
    const id = await asked({ amount: 560 });
    await desk.database.db.roleBinding.deleteMany({ where: { personId: desk.id("cy@example.com") } });
    expect(await judge("cy", id, { amount: 1 })).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(await judge("bo", "nonsense", { amount: 1 })).toMatchObject({ ok: false, error: { code: "not_found" } });
  });
});
