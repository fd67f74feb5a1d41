import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { suspendAgent } from "@/lib/agents/suspend";
import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { feed } from "@/lib/overview/feed";
import { costToday, decisionsOverTime, fleet, firstSteps, mostDenied, waitingApprovals } from "@/lib/overview/queries";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
/** Ada sees all, Rob support, Fay finance. */
let ada: Viewer;
let rob: Viewer;
let fay: Viewer;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const { ids } = acme;
  ada = await acme.viewer(ids.ada);
  rob = await acme.viewer(ids.rob);
  fay = await acme.viewer(ids.fay);
});
afterAll(() => database.close());

it("is empty for a new organisation", async () => {
  expect(await firstSteps(ada)).toMatchObject({ runs: false, agent: { id: acme.ids.desk, slug: "desk" } });
  expect(await feed(ada)).toEqual([]);
  expect(await costToday(ada)).toMatchObject({ costMicroUsd: "0", unpricedCalls: 0, runs: 0 });
  expect(await waitingApprovals(ada)).toEqual({ rows: [], total: 0, mine: 0 });
});

describe("the overview", () => {
  beforeAll(async () => {
    const { ids } = acme;
    const open = await acme.run(ids.desk, { costMicroUsd: 1_500_000n, unpricedCalls: 1 });
    const lost = await acme.run(ids.helper, { status: "lost", endedAt: at(-30), costMicroUsd: 10n });
    const books = await acme.run(ids.ledger, { costMicroUsd: 7n });
    await acme.run(ids.ledger, {
      costMicroUsd: 99n,
      startedAt: at(-13 * 3_600),
      status: "succeeded",
      endedAt: at(-12 * 3_600),
    });
    for (const minutes of [1, 2, 61])
      await acme.decision(open, { effect: "deny", code: "not_granted", at: at(-60 * minutes) });
    await acme.decision(open, { effect: "deny", code: "tier_denies", at: at(-90) });
    await acme.decision(open, { effect: "deny", code: "not_granted", mode: "shadow", at: at(-90) });
    await acme.decision(lost, { at: at(-40) });
    await acme.decision(books, { effect: "deny", code: "not_granted", at: at(-3 * 86_400) });
    await acme.approval(open, [ids.rob], { risk: "low", deadline: at(60) });
    await acme.approval(open, [ids.ada], { risk: "high", deadline: at(3_600) });
    await acme.approval(open, [ids.ada, ids.rob], { risk: "low", deadline: at(30), excludedIds: [ids.ada] });
    await acme.approval(open, [ids.rob], { deadline: at(-10) });
    await acme.approval(books, [ids.fay], {
      state: "rejected",
      decidedById: ids.fay,
      decidedAt: at(-20),
      comment: "no",
    });
    await suspendAgent(ada, { id: ids.ledger, reason: "quarter end" });
  });

  it("counts the fleet", async () => {
    expect(await fleet(ada)).toEqual({
      status: { active: 2, suspended: 1, retired: 0 },
      tier: { observe: 0, recommend: 0, prepare: 0, execute: 3, escalate: 0 },
      runningRuns: 2,
      runningAgents: 2,
      lost: 1,
    });
  });

  it("puts what the viewer may decide first, then the riskiest, then the most urgent; what is overdue waits for nobody", async () => {
    const { rows, total, mine } = await waitingApprovals(ada);
    expect({ total, mine }).toEqual({ total: 3, mine: 1 });
    expect(rows.map((row) => [row.risk, row.mine])).toEqual([
      ["high", true],
      ["low", false],
      ["low", false],
    ]);
    expect(rows[0]).toMatchObject({ title: "Update an account", agent: { slug: "desk" } });
    expect(await waitingApprovals(rob, 1)).toMatchObject({
      total: 3,
      mine: 2,
      rows: [{ risk: "low", deadline: at(30) }],
    });
  });

  it("counts live decisions by hour and by quarter day", async () => {
    const sum = (buckets: Awaited<ReturnType<typeof decisionsOverTime>>, effect: "allow" | "deny" | "escalate") =>
      buckets.reduce((total, bucket) => total + bucket[effect], 0);
    const day = await decisionsOverTime(ada, "day");
    expect([sum(day, "allow"), sum(day, "deny"), sum(day, "escalate")]).toEqual([1, 4, 5]);
    expect(day.at(-3)).toMatchObject({ start: at(-2 * 3_600), deny: 1 });
    expect(sum(await decisionsOverTime(ada, "week"), "deny")).toBe(5);
  });

  it("says what today has cost in the viewer's zone, and that something has no price", async () => {
    expect(await costToday(ada)).toEqual({
      since: at(-12 * 3_600),
      costMicroUsd: "1500017",
      unpricedCalls: 1,
      runs: 3,
    });
    const kiwi = { ...ada, person: { ...ada.person, timeZone: "Asia/Kolkata" } };
    expect(await costToday(kiwi)).toMatchObject({ since: at(-17.5 * 3_600), costMicroUsd: "1500116", runs: 4 });
  });

  it("names what is denied most, and why", async () => {
    expect(await mostDenied(ada, "day")).toEqual([
      { action: "crm.update_account", title: "Update an account", code: "not_granted", count: 3, agents: 1 },
      { action: "crm.update_account", title: "Update an account", code: "tier_denies", count: 1, agents: 1 },
    ]);
    expect(await mostDenied(ada, "week", 1)).toMatchObject([{ count: 4, agents: 2 }]);
  });

  it("feeds the newest of decisions, approvals and runs, newest first, bounded", async () => {
    const items = await feed(ada);
    expect(items.slice(0, 4).map((item) => item.kind)).toEqual(["approval", "run", "decision", "decision"]);
    expect(items[0]).toMatchObject({ state: "rejected", by: "Fay", agent: { slug: "ledger" } });
    expect(items[1]).toMatchObject({ status: "lost", agent: { slug: "helper" } });
    expect(await feed(ada, 2)).toEqual(items.slice(0, 2));
  });

  it("I12: is about the viewer's subtree only", async () => {
    expect(await fleet(fay)).toMatchObject({ status: { active: 0, suspended: 1 }, runningRuns: 1, lost: 0 });
    expect(await waitingApprovals(fay)).toEqual({ rows: [], total: 0, mine: 0 });
    expect((await decisionsOverTime(fay, "day")).reduce((total, bucket) => total + bucket.deny, 0)).toBe(0);
    expect(await costToday(fay)).toMatchObject({ costMicroUsd: "7", unpricedCalls: 0, runs: 1 });
    expect(await mostDenied(fay, "week")).toMatchObject([{ count: 1 }]);
    expect((await feed(fay)).every((item) => item.agent.slug === "ledger")).toBe(true);
    expect((await feed(rob)).some((item) => item.agent.slug === "ledger")).toBe(false);
    const nobody = await acme.viewer(await acme.person("Nobody"));
    expect(await firstSteps(nobody)).toEqual({ agent: null, runs: false });
    expect(await feed(nobody)).toEqual([]);
    expect(await fleet(nobody)).toMatchObject({ status: { active: 0, suspended: 0, retired: 0 }, runningRuns: 0 });
  });
});

describe("what waits for others", () => {
  it("is not the viewer's while they may decide it but are not asked, nor before what is", async () => {
    const { ids } = acme;
    const run = await acme.run(ids.desk);
    const { id } = await acme.approval(run, [ids.ada, ids.rob], {
      risk: "high",
      askedIds: [ids.rob],
      deadline: at(20),
    });
    const { rows, mine } = await waitingApprovals(ada);
    expect(mine).toBe(rows.filter((row) => row.mine).length);
    expect(rows.find((row) => row.id === id)?.mine).toBe(false);
    expect(rows.map((row) => row.mine)).toEqual(rows.map((row) => row.mine).toSorted((a, b) => Number(b) - Number(a)));
  });
});
