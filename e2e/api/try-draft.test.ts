import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess } from "@/e2e/api/gate-process";
import { startRun } from "@/e2e/api/http";
import { systemClock } from "@/lib/kernel/clock";
import { viewerOf } from "@/lib/people/people-testing";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { readEditorWorld } from "@/lib/policies/builder/read-editor-world";
import { ruleWorldOf } from "@/lib/policies/builder/editor-world";
import { draftFaults } from "@/lib/policies/drafts/faults";
import { listTryCandidates } from "@/lib/policies/try/candidates";
import { tryDraft } from "@/lib/policies/try/try-draft";

/** Ana manages everything here, Bo reviews support only. */
const MANIFEST = DESK.replace("{role: admin, node: support}", "{role: admin, node: organisation}");

let desk: Desk;
let gate: Awaited<ReturnType<typeof startGateProcess>>;
/** Decisions that the gate made: a refund of 80, one of 250, a cancellation of a shipped order. */
const decided: Record<string, string> = {};

beforeAll(async () => {
  desk = await createDesk(MANIFEST);
  gate = await startGateProcess(desk.database.runtimeUrl);
  const run = await startRun(gate.url, desk.credential, { onBehalfOf: { subject: "customer 7" } });
  const ask = async (name: string, action: string, args: object) => {
    const { status, body } = await run.ask(action, args);
    expect(status).toBe(200);
    decided[name] = String(body.decisionId);
  };
  await ask("small", "desk.refund", { amount: 80, id: "o-1" });
  await ask("large", "desk.refund", { amount: 250, id: "o-2" });
  await ask("read", "desk.read_order", { id: "o-3" });
  const event = { id: "e1", kind: "tool", at: new Date().toISOString(), decisionId: decided.read, ok: true };
  await run.post("/events", { events: [{ ...event, result: { state: "shipped", total: 12.5, lines: [1] } }] });
  await ask("cancel", "desk.cancel", { id: "o-3" });
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

const viewer = (email: string) => viewerOf(desk.database.db, systemClock, desk.id(email));
const ana = () => viewer("ana@example.com");
const idOf = (name: string): string => decided[name] ?? expect.fail(name);
const rule = (more: Partial<DraftRule>): DraftRule => ({
  id: "refunds",
  match: { actions: ["desk.refund"] },
  effect: "deny",
  ...more,
});
const tried = async (rules: DraftRule[], name: string) => {
  const result = await tryDraft(await ana(), { policy: "desk-rules", rules, decisionId: idOf(name) });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

describe("a draft tried on a past decision", () => {
  it("answers beside the rules in force, with each rule's condition taken apart", async () => {
    const draft = [rule({ when: "args.amount > 50.0 && has(run.onBehalfOf)", message: "Not by machine." })];
    const result = await tried(draft, "small");
    expect(result).toMatchObject({
      decision: { id: decided.small, action: "desk.refund", agent: "Service desk", effect: "allow" },
      before: { outcome: "allow" },
      after: { outcome: "deny", message: "Not by machine." },
      notes: [],
      unfinished: [],
    });
    expect(result.rules).toMatchObject([
      {
        rule: "refunds",
        said: "matched",
        condition: {
          kind: "all",
          truth: "true",
          parts: [{ truth: "true", reads: [{ text: "args.amount", value: 80 }] }, { truth: "true" }],
        },
      },
    ]);
  });

  it("replaces the policy's rules, and only those", async () => {
    expect(await tried([], "large")).toMatchObject({ before: { outcome: "escalate" }, after: { outcome: "allow" } });
    const other = await tryDraft(await ana(), { policy: "another", rules: [], decisionId: idOf("large") });
    expect(other).toMatchObject({ ok: true, value: { after: { outcome: "escalate" } } });
  });

  it("sees the facts that the run knew", async () => {
    const cancel = rule({
      id: "cancel",
      match: { actions: ["desk.cancel"] },
      when: 'facts["desk.read_order"][args.id].total > 10.0',
      effect: "escalate",
    });
    const result = await tried([cancel], "cancel");
    expect(result).toMatchObject({
      decision: { effect: "deny" },
      before: { outcome: "deny" },
      after: { outcome: "escalate" },
    });
  });

  it("says which condition could not be evaluated, and what that does", async () => {
    const result = await tried([rule({ when: 'args.gone == "x"' })], "small");
    expect(result.unfinished).toMatchObject([{ path: ["when"] }]);
    const missing = await tried([rule({ when: 'evidence.reason == "x"' })], "small");
    expect(missing).toMatchObject({ after: { outcome: "deny" }, rules: [{ said: "error" }] });
  });

  it("leaves out rules that are not finished, and names them", async () => {
    const result = await tried(
      [rule({ id: "", match: { actions: [] } }), rule({ when: "args.amount > 50.0" })],
      "small",
    );
    expect(result.unfinished.map((fault) => fault.rule)).toContain(0);
    expect(result.after.outcome).toBe("deny");
    expect(result.rules.map((one) => one.rule)).toEqual(["refunds"]);
  });

  it("writes nothing", async () => {
    const { db } = desk.database;
    const before = await db.auditRecord.count();
    await tried([rule({})], "small");
    expect(await db.auditRecord.count()).toBe(before);
    expect(await db.policyVersion.count()).toBe(1);
  });

  it("is for who writes policies everywhere, and for decisions in their sight (I12)", async () => {
    const bo = await viewer("bo@example.com");
    const input = { policy: "desk-rules", rules: [], decisionId: idOf("small") };
    expect(await tryDraft(bo, input)).toMatchObject({ ok: false, error: { code: "forbidden" } });
    for (const decisionId of ["nonsense", desk.id("desk")]) {
      const gone = await tryDraft(await ana(), { ...input, decisionId });
      expect(gone).toMatchObject({ ok: false, error: { code: "not_found", field: "decisionId" } });
    }
  });
});

describe("decisions to try on", () => {
  it("are the latest about the rule's actions, by outcome", async () => {
    const found = async (actions: string[], effect: "allow" | "escalate" | "deny" | null = null) =>
      (await listTryCandidates(await ana(), { actions, effect })).map((one) => one.id);
    expect(await found(["desk.refund"])).toEqual([decided.large, decided.small]);
    expect(await found(["desk.ref*"], "escalate")).toEqual([decided.large]);
    expect(await found(["*"])).toHaveLength(4);
    expect(await found(["nothing.*"])).toEqual([]);
    expect(await found([])).toEqual([]);
  });
});

describe("what the editor offers", () => {
  it("is the catalogue with arguments and facts as they were seen, and who can be named", async () => {
    const world = await readEditorWorld(await ana(), []);
    const read = world.actions.find((action) => action.id === "desk.read_order");
    expect(read).toMatchObject({ title: "Read order", fact: { key: "args.id" }, system: { name: "Service desk" } });
    expect(read?.factFields).toEqual([
      { path: "state", type: "text" },
      { path: "total", type: "number" },
      { path: "lines", type: "list" },
    ]);
    expect(world.agents.map((agent) => agent.slug)).toContain("desk");
    expect(world.nodes.map((node) => node.slug)).toContain("support");
    expect(world).toMatchObject({ dataClasses: ["pii"], isPartial: false });
    expect(JSON.stringify(world)).not.toContain("shipped");
  });

  it("finds the same faults in the browser as the server", async () => {
    const world = ruleWorldOf(await readEditorWorld(await ana(), []));
    const faults = (more: Partial<DraftRule>) => draftFaults([rule(more)], world);
    expect(faults({ when: "args.amount > 5.0" })).toEqual([]);
    expect(faults({ when: "args.amuont > 5.0" })).toMatchObject([
      { path: ["when"], condition: { line: 1, column: 6 } },
    ]);
    expect(faults({ match: { actions: ["desk.refund"], agents: ["nobody"] } })).toMatchObject([
      { path: ["match", "agents", 0] },
    ]);
  });

  it("is nothing for who does not write policies", async () => {
    expect((await readEditorWorld(await viewer("bo@example.com"), [])).actions).toEqual([]);
  });
});
