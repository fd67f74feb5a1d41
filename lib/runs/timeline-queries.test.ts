import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { at, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { getEntry } from "@/lib/runs/entry-queries";
import { runTimeline, type TimelineFrom } from "@/lib/runs/timeline-queries";
import type { TimelineKind } from "@/lib/runs/timeline";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let runId: string;
let keys: string[];
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const { desk, helper, ledger, rob } = acme.ids;
  const run = await acme.run(desk);
  runId = run.id;
  await acme.event(run, "think", {
    at: at(-500),
    kind: "llm",
    costMicroUsd: 1_200n,
    payload: { model: "m", completion: "Hm", inputTokens: 5 },
  });
  const allowed = await acme.decision(run, { at: at(-490) });
  // The tool reports the same millisecond as its decision: the decision stands first.
  await acme.event(run, "a:tool", {
    at: at(-490),
    receivedAt: at(-100),
    kind: "tool",
    name: "crm",
    decisionId: allowed,
    parentEventId: "think",
    payload: { ok: true, result: "\u0000done" },
  });
  const asked = await acme.approval(run, [rob], {
    requestedAt: at(-400),
    state: "approved",
    decidedAt: at(-300),
    decidedById: rob,
    validUntil: at(9),
    comment: "Go",
  });
  const child = await acme.run(helper, { startedAt: at(-250), parentRunId: runId, depth: 1 });
  await acme.run(ledger, { startedAt: at(-240), parentRunId: runId, depth: 1 });
  const redeemed = await acme.decision(run, { at: at(-200), redeemedApprovalId: asked.id, code: "approved" });
  await acme.event(run, "big", { at: at(-150), kind: "output", payload: { text: "x".repeat(70_000) } });
  const waiting = await acme.approval(run, [rob], { requestedAt: at(-100) });
  keys = [
    "event:think",
    `decision:${allowed}`,
    "event:a:tool",
    `decision:${asked.decisionId}`,
    `approval:${asked.id}`,
    `delegation:${child.id}`,
    `decision:${redeemed}`,
    "event:big",
    `decision:${waiting.decisionId}`,
  ];
});
afterAll(() => database.close());

const page = async (from: TimelineFrom, limit: number, kinds: TimelineKind[] = []) => {
  const found = await runTimeline(await acme.viewer(acme.ids.rob), runId, { from, kinds, limit });
  if (!found) throw new Error("no timeline");
  return { ...found, keys: found.entries.map((entry) => entry.key) };
};

describe("runTimeline", () => {
  it("merges events, decisions, approvals and delegations in order, a foreign delegation left out (I12)", async () => {
    const all = await page({ at: "start" }, 100);
    expect(all.keys).toEqual(keys);
    expect([all.before, all.after]).toEqual([null, null]);
  });

  it.each([1, 2, 3, 4, 100])("read forward in pages of %d, gives each entry once", async (size) => {
    const seen: string[] = [];
    for (let from: TimelineFrom | null = { at: "start" }; from;) {
      const next = await page(from, size);
      seen.push(...next.keys);
      from = next.after === null ? null : { after: next.after };
    }
    expect(seen).toEqual(keys);
  });

  it.each([1, 2, 3, 100])("read backward from the end in pages of %d, gives each entry once", async (size) => {
    const seen: string[] = [];
    for (let from: TimelineFrom | null = { at: "end" }; from;) {
      const next = await page(from, size);
      seen.unshift(...next.keys);
      from = next.before === null ? null : { before: next.before };
    }
    expect(seen).toEqual(keys);
  });

  it("opens around the entry that a link names, whatever it is", async () => {
    for (const key of keys) expect((await page({ around: key }, 20)).keys).toContain(key);
    const { keys: found, before } = await page({ around: "event:big" }, 100);
    expect(found).toEqual(keys);
    expect(before).toBeNull();
    expect((await page({ around: "event:unknown" }, 100)).keys).toEqual(keys);
  });

  it("narrows by kind", async () => {
    expect((await page({ at: "start" }, 100, ["escalate"])).keys).toEqual([keys[3], keys[8]]);
    expect((await page({ at: "start" }, 100, ["tool", "approval"])).keys).toEqual([keys[2], keys[4]]);
    expect((await page({ at: "start" }, 100, ["deny"])).keys).toEqual([]);
  });

  it("says what each entry was", async () => {
    const { entries } = await page({ at: "start" }, 100);
    expect(entries[0]).toMatchObject({
      type: "event",
      kind: "llm",
      costMicroUsd: "1200",
      summary: { preview: "Hm", model: "m", inputTokens: 5 },
      lateMs: null,
    });
    expect(entries[2]).toMatchObject({ parentEventId: "think", name: "crm", lateMs: 390_000, summary: { ok: true } });
    expect(entries[3]).toMatchObject({
      effect: "escalate",
      actionTitle: "Update an account",
      target: "A-1",
      approval: { state: "approved" },
    });
    expect(entries[4]).toMatchObject({ type: "approval", decidedBy: "Rob", comment: "Go", state: "approved" });
    expect(entries[6]).toMatchObject({ redeemedApprovalId: keys[4]?.slice("approval:".length) });
    expect(entries[7]).toMatchObject({ summary: { preview: expect.stringMatching(/^\{"text":\s?"x+…$/) } });
  });

  it("opens an event or a decision whole, of this run only", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    expect(await getEntry(rob, runId, "event:a:tool")).toMatchObject({
      type: "event",
      payload: { ok: true, result: "\0done" },
    });
    expect(await getEntry(rob, runId, keys[1] ?? "")).toMatchObject({
      type: "decision",
      decision: { runId, effect: "allow" },
    });
    const other = await acme.run(acme.ids.desk);
    expect(await getEntry(rob, other.id, keys[1] ?? "")).toBeNull();
    expect(await getEntry(rob, other.id, "event:think")).toBeNull();
    const fay = await acme.viewer(acme.ids.fay);
    for (const key of keys) expect(await getEntry(fay, runId, key)).toBeNull();
  });

  it("I12: is null for a run of another subtree, an unknown and a malformed id", async () => {
    const fay = await acme.viewer(acme.ids.fay);
    for (const id of [runId, newId(), "x"])
      expect(await runTimeline(fay, id, { from: { at: "start" }, kinds: [], limit: 10 })).toBeNull();
  });
});
