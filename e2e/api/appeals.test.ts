import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { suspendAgent } from "@/lib/agents/suspend";
import { resumeAgent } from "@/lib/agents/resume";
import { changeForAppeal } from "@/lib/appeals/change";
import { permitAppeal } from "@/lib/appeals/permit";
import { upholdAppeal } from "@/lib/appeals/uphold";
import type { CommandContext } from "@/lib/audit/change";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { publishPolicy } from "@/lib/policies/publish";
import { rulesSchema } from "@/lib/policies/schemas";

let desk: Desk;
let root: CommandContext;
let bo: CommandContext;
let gate: GateProcess;
let run: TestRun;

beforeAll(async () => {
  desk = await createDesk();
  bo = await personOf(desk, "bo@example.com");
  root = await admin();
  gate = await startGateProcess(desk.database.runtimeUrl);
  run = await startRun(gate.url, desk.credential);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

/** Ana, as an admin of the whole organisation. */
async function admin(): Promise<CommandContext> {
  const top = await desk.database.db.node.findFirstOrThrow({ where: { parentId: null } });
  const personId = desk.id("ana@example.com");
  await desk.database.db.roleBinding.create({
    data: { id: desk.context.newId(), personId, role: "admin", nodeId: top.id },
  });
  return personOf(desk, "ana@example.com");
}

const REASON = "The customer asked for it in writing.";
const denied = async (action = "desk.wipe", args: object = {}, of = run): Promise<string> => {
  const { body } = await of.ask(action, args);
  expect(body.effect).toBe("deny");
  return String(body.decisionId);
};
const appeal = (decisionId: string, more: object = {}, key?: string, of = run) =>
  of.post("/appeals", { decisionId, reason: REASON, ...more }, key);
const opened = async (decisionId: string, of = run): Promise<string> => {
  const { status, body } = await appeal(decisionId, {}, undefined, of);
  expect({ status, body }).toMatchObject({ status: 201, body: { state: "pending" } });
  return String(body.appealId);
};
const poll = (id: string, wait = 0, of = run) =>
  call(gate.url, "GET", `/appeals/${id}?wait=${wait}`, { bearer: of.token });

describe("making an appeal", () => {
  it("is answered with its id, and a repeat with the same content with the same", async () => {
    const decisionId = await denied("desk.wipe", { n: 1 });
    const first = await appeal(decisionId, { evidence: { confidence: 0.9 } }, "once");
    const again = await appeal(decisionId, { evidence: { confidence: 0.9 } }, "once");
    expect(first).toMatchObject({ status: 201, body: { state: "pending" } });
    expect(again).toMatchObject({ status: 201, body: { appealId: first.body.appealId } });
    expect(await appeal(decisionId, { reason: "Another." })).toMatchObject({
      status: 409,
      body: { code: "appeal_exists", field: "decisionId" },
    });
    const other = await denied("desk.wipe", { n: 2 });
    expect(await appeal(other, {}, "once")).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
  });

  it("is refused for what is no denial, not its own, not judged, or not bound", async () => {
    const allowed = await run.ask("desk.note", {});
    expect(allowed.body.effect).toBe("allow");
    expect(await appeal(String(allowed.body.decisionId))).toMatchObject({ status: 409, body: { code: "not_denied" } });
    const foreign = await startRun(gate.url, desk.credential);
    expect(await appeal(await denied("desk.wipe", {}, foreign))).toMatchObject({
      status: 404,
      body: { code: "not_found", field: "decisionId" },
    });
    const invalid = await run.ask("desk.refund", { amount: "much" });
    expect(await appeal(String(invalid.body.decisionId))).toMatchObject({
      status: 409,
      body: { code: "not_appealable" },
    });
    const shadow = await startRun(gate.url, desk.credential, { mode: "shadow" });
    expect(await appeal(await denied("desk.wipe", {}, shadow), {}, undefined, shadow)).toMatchObject({
      status: 409,
      body: { code: "run_shadow" },
    });
    expect(await run.post("/appeals", { decisionId: "nonsense", reason: REASON })).toMatchObject({
      status: 400,
      body: { field: "decisionId" },
    });
    expect(await appeal(await denied(), { reason: "" })).toMatchObject({ status: 400, body: { field: "reason" } });
    const ending = await startRun(gate.url, desk.credential);
    const last = await denied("desk.wipe", {}, ending);
    await ending.post("/complete", { outcome: "failed" });
    expect(await appeal(last, {}, undefined, ending)).toMatchObject({ status: 409, body: { code: "run_ended" } });
  });
});

describe("the answer", () => {
  it("is told at once to the agent that waits, with its reason, and is given once", async () => {
    const id = await opened(await denied());
    expect(await poll(id)).toMatchObject({ status: 200, body: { state: "pending" } });
    const waiting = poll(id, 30);
    expect(await upholdAppeal(root, { appealId: id, comment: "Nobody wipes." })).toMatchObject({ ok: true });
    expect(await waiting).toMatchObject({ status: 200, body: { state: "upheld", comment: "Nobody wipes." } });
    expect(await permitAppeal(root, { appealId: id, comment: "After all." })).toMatchObject({
      ok: false,
      error: { code: "appeal_not_pending" },
    });
    const foreign = await startRun(gate.url, desk.credential);
    expect(await poll(id, 0, foreign)).toMatchObject({ status: 404 });
  });

  it("is for those who may change what denied, and not for whom the run acts for", async () => {
    const id = await opened(await denied());
    expect(await upholdAppeal(bo, { appealId: id, comment: "No." })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    expect(await upholdAppeal(desk.context, { appealId: id, comment: "No." })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    const hers = await startRun(gate.url, desk.credential, { onBehalfOf: { subject: "ana@example.com" } });
    const own = await opened(await denied("desk.wipe", {}, hers), hers);
    expect(await permitAppeal(root, { appealId: own, comment: "For me." })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
  });
});

describe("a permit", () => {
  const ask = (approvalId: string, args: object = { disk: "a" }, action = "desk.wipe") =>
    run.ask(action, args, { approvalId });
  const permitted = async (args: object): Promise<string> => {
    const id = await opened(await denied("desk.wipe", args));
    const granted = await permitAppeal(root, { appealId: id, comment: "This one, once." });
    if (!granted.ok) throw new Error(granted.error.message);
    expect((await poll(id)).body).toMatchObject({
      state: "granted",
      outcome: "permit",
      approvalId: granted.value.approvalId,
    });
    return granted.value.approvalId;
  };

  it("I2: allows exactly what was denied, once, to this run", async () => {
    const approvalId = await permitted({ disk: "a" });
    expect((await ask(approvalId, { disk: "b" })).body).toMatchObject({ effect: "deny" });
    const foreign = await startRun(gate.url, desk.credential);
    expect((await foreign.ask("desk.wipe", { disk: "a" }, { approvalId })).body).toMatchObject({ effect: "deny" });
    const many = await Promise.all(Array.from({ length: 12 }, () => ask(approvalId)));
    expect(many.map(({ body }) => body.effect).toSorted()).toEqual([
      "allow",
      ...Array.from({ length: 11 }, () => "deny"),
    ]);
    expect((await run.ask("desk.wipe", { disk: "a" })).body).toMatchObject({ effect: "deny", code: "policy_denied" });
  });

  it("I9: does not help a suspended agent, and is not used up by trying", async () => {
    const approvalId = await permitted({ disk: "c" });
    await suspendAgent(desk.context, { id: desk.id("desk"), reason: "A test." });
    expect((await ask(approvalId, { disk: "c" })).body).toMatchObject({ effect: "deny", code: "agent_suspended" });
    await resumeAgent(desk.context, { id: desk.id("desk"), reason: "A test." });
    expect((await ask(approvalId, { disk: "c" })).body).toMatchObject({ effect: "allow" });
  });

  it("ends with the rule that it was given for, and is not given for one that has changed", async () => {
    const before = await permitted({ disk: "d" });
    const late = await opened(await denied("desk.wipe", { disk: "e" }));
    const policy = await desk.database.db.policyVersion.findFirstOrThrow({ where: { policyId: "desk-rules" } });
    const rules = rulesSchema
      .parse(policy.rules)
      .map((rule) => (rule.id === "never-wipe" ? { ...rule, when: "true || false" } : rule));
    const published = await publishPolicy(desk.context, {
      id: "desk-rules",
      name: "Desk rules",
      rules,
      note: "Changed.",
    });
    expect(published).toMatchObject({ ok: true });
    expect((await ask(before, { disk: "d" })).body).toMatchObject({ effect: "deny", code: "policy_denied" });
    expect(await permitAppeal(root, { appealId: late, comment: "Once." })).toMatchObject({
      ok: false,
      error: { code: "conflict", message: expect.stringContaining("changed") },
    });
    expect(
      await changeForAppeal(root, { appealId: late, comment: "We make room.", draft: "desk-rules" }),
    ).toMatchObject({
      ok: true,
    });
    expect((await poll(late)).body).toMatchObject({ state: "granted", outcome: "change", comment: "We make room." });
    expect(await desk.database.db.policyDraft.count({ where: { policyId: "desk-rules" } })).toBe(1);
    expect((await run.ask("desk.wipe", { disk: "e" })).body).toMatchObject({ effect: "deny" });
  });

  it("is not given where more than a rule stood in the way, nor once the run is over", async () => {
    const ungranted = await run.ask("vault.open", {});
    const id = await opened(String(ungranted.body.decisionId));
    expect(await permitAppeal(root, { appealId: id, comment: "Once." })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
    const ending = await startRun(gate.url, desk.credential);
    const late = await opened(await denied("desk.wipe", {}, ending), ending);
    await ending.post("/complete", { outcome: "blocked", blocker: { reason: "Denied." } });
    expect(await permitAppeal(root, { appealId: late, comment: "Once." })).toMatchObject({
      ok: false,
      error: { code: "run_ended" },
    });
    expect(await upholdAppeal(root, { appealId: late, comment: "It is over." })).toMatchObject({ ok: true });
  });
});

it("I8: every stream verifies, and says who answered which appeal", async () => {
  expect((await verifyStreams(desk.database.db)).faults).toEqual([]);
  const actions = await desk.database.db.auditRecord.findMany({
    where: { action: { startsWith: "appeal." } },
    select: { action: true, actorKind: true },
  });
  expect(new Set(actions.map((one) => `${one.action} ${one.actorKind}`))).toEqual(
    new Set(["appeal.open agent", "appeal.uphold person", "appeal.permit person", "appeal.change person"]),
  );
});
