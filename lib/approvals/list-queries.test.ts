import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { approvalFacets, countApprovals, listApprovals, nextWaiting } from "@/lib/approvals/list-queries";
import type { ApprovalListParams } from "@/lib/approvals/list-params";
import { at, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
const id: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const { rob, ada, fay, desk, helper, ledger } = acme.ids;
  const deskRun = await acme.run(desk, { onBehalfOf: { subject: "mia@example.com" } });
  const helperRun = await acme.run(helper);
  const ledgerRun = await acme.run(ledger);
  const add = async (name: string, ...args: Parameters<typeof acme.approval>) => {
    id[name] = (await acme.approval(...args)).id;
  };
  await add("low", deskRun, [rob, ada], { risk: "low", deadline: at(60) });
  await add("highLater", deskRun, [rob, ada], {
    risk: "high",
    deadline: at(7_200),
    args: { reservation_id: "4WQ150" },
    action: "air.cancel",
  });
  await add("highSooner", helperRun, [rob, ada], { risk: "high", deadline: at(600) });
  await add("notMine", deskRun, [ada], { risk: "medium" });
  await add("excluded", deskRun, [rob, ada], { risk: "medium", excludedIds: [rob] });
  await add("overdue", deskRun, [rob], { risk: "high", deadline: at(-1) });
  await add("approved", deskRun, [rob], {
    state: "approved",
    decidedAt: at(-30),
    decidedById: rob,
    validUntil: at(600),
    comment: "Fine",
  });
  await add("rejected", deskRun, [rob], { state: "rejected", decidedAt: at(-20), decidedById: ada });
  await add("foreign", ledgerRun, [fay], { risk: "high" });
  // Named by a rule, but without a role for that agent.
  await add("foreignNamed", ledgerRun, [rob], { risk: "high" });
});
afterAll(() => database.close());

const PARAMS: ApprovalListParams = {
  queue: "mine",
  search: "",
  agent: [],
  action: [],
  risk: [],
  state: [],
  sort: { id: "risk", desc: true },
  page: 1,
  pageSize: 50,
};

async function names(person: string, params: Partial<ApprovalListParams> = {}): Promise<string[]> {
  const { rows } = await listApprovals(await acme.viewer(person), { ...PARAMS, ...params });
  return rows.map((row) => Object.entries(id).find(([, value]) => value === row.id)?.[0] ?? "?");
}

describe("the queue", () => {
  it("holds what waits for me, by risk and then deadline", async () => {
    expect(await names(acme.ids.rob)).toEqual(["highSooner", "highLater", "low"]);
  });

  it("I12: shows nothing of a foreign subtree, not even to an approver that a rule names without a role", async () => {
    expect(await names(acme.ids.rob, { queue: "waiting" })).toEqual([
      "highSooner",
      "highLater",
      "notMine",
      "excluded",
      "low",
    ]);
    expect(await names(acme.ids.fay, { queue: "waiting" })).toEqual(["foreign", "foreignNamed"]);
    expect(await names(acme.ids.fay, { queue: "decided" })).toEqual([]);
    expect(await countApprovals(await acme.viewer(acme.ids.rob))).toEqual({ mine: 3, waiting: 5 });
    expect(await countApprovals(await acme.viewer(acme.ids.ada))).toEqual({ mine: 5, waiting: 7 });
    const facets = await approvalFacets(await acme.viewer(acme.ids.fay), "waiting");
    expect(facets.agent.map((one) => one.value)).toEqual(["ledger"]);
  });

  it("counts what is overdue as expired", async () => {
    const decided = { queue: "decided", sort: { id: "decidedAt", desc: true } } as const;
    expect(await names(acme.ids.rob, decided)).toEqual(["overdue", "rejected", "approved"]);
    expect(await names(acme.ids.rob, { ...decided, state: ["expired"] })).toEqual(["overdue"]);
    expect(await names(acme.ids.rob, { ...decided, state: ["approved"] })).toEqual(["approved"]);
    const { rows } = await listApprovals(await acme.viewer(acme.ids.rob), { ...PARAMS, ...decided });
    expect(rows[0]?.state).toBe("expired");
    expect(rows[2]).toMatchObject({ decidedBy: "Rob", state: "approved", mine: false });
  });

  it("searches every word in agent, action, arguments and id", async () => {
    expect(await names(acme.ids.rob, { search: "4wq150" })).toEqual(["highLater"]);
    expect(await names(acme.ids.rob, { search: "DESK update" })).toEqual(["low"]);
    expect(await names(acme.ids.rob, { search: "desk nowhere" })).toEqual([]);
    expect(await names(acme.ids.rob, { search: id.low ?? "" })).toEqual(["low"]);
    expect(await names(acme.ids.rob, { search: "%" })).toEqual([]);
    expect(await names(acme.ids.rob, { search: "\0" })).toHaveLength(3);
  });

  it("filters and pages", async () => {
    expect(await names(acme.ids.rob, { agent: ["helper"] })).toEqual(["highSooner"]);
    expect(await names(acme.ids.rob, { action: ["air.cancel"], risk: ["high"] })).toEqual(["highLater"]);
    expect(await names(acme.ids.rob, { page: 2, pageSize: 2 })).toEqual(["low"]);
    const second = await listApprovals(await acme.viewer(acme.ids.rob), { ...PARAMS, page: 2, pageSize: 2 });
    expect(second.total).toBe(3);
    expect(await names(acme.ids.rob, { page: 9, pageSize: 2 })).toEqual([]);
    expect(await names(acme.ids.rob, { sort: { id: "deadline", desc: false } })).toEqual([
      "low",
      "highSooner",
      "highLater",
    ]);
  });

  it("says who wants to do what to what, for whom, and who may decide", async () => {
    const { rows } = await listApprovals(await acme.viewer(acme.ids.rob), PARAMS);
    expect(rows[1]).toMatchObject({
      actionTitle: "Cancel",
      target: "4WQ150",
      agent: { slug: "desk", name: "Agent desk" },
      onBehalfOf: "mia@example.com",
      approvers: ["Rob", "Ada"],
      approverCount: 2,
      mine: true,
      reversibility: null,
    });
    expect(rows[0]).toMatchObject({ actionTitle: "Update an account", target: "A-1", reversibility: "irreversible" });
  });
});

const next = async (from: string) => {
  const found = await nextWaiting(await acme.viewer(acme.ids.rob), PARAMS, id[from] ?? "");
  return Object.entries(id).find(([, value]) => value === found)?.[0] ?? found;
};

describe("nextWaiting", () => {
  it("goes down the queue, and from its end back to the top", async () => {
    expect(await next("highSooner")).toBe("highLater");
    expect(await next("highLater")).toBe("low");
    expect(await next("low")).toBe("highSooner");
  });
  it("knows the place of one that has left the queue", async () => {
    expect(await next("notMine")).toBe("low");
    expect(await next("overdue")).toBe("highSooner");
  });
  it("is null when nothing waits, and for an id of nothing", async () => {
    const fay = await acme.viewer(acme.ids.fay);
    expect(await nextWaiting(fay, PARAMS, id.foreign ?? "")).toBeNull();
    expect(await nextWaiting(fay, PARAMS, newId())).toBeNull();
    expect(await nextWaiting(fay, PARAMS, "1 OR 1=1")).toBeNull();
  });
});
