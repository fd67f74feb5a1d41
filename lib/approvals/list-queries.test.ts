import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { decidedFacets, listDecided } from "@/lib/approvals/list-queries";
import type { ApprovalListParams } from "@/lib/approvals/list-params";
import { at, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

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
  await add("waits", deskRun, [rob, ada], { risk: "low", deadline: at(60) });
  await add("overdue", deskRun, [rob], { risk: "high", deadline: at(-1) });
  await add("approved", deskRun, [rob], {
    state: "approved",
    risk: "high",
    decidedAt: at(-30),
    decidedById: rob,
    validUntil: at(600),
    comment: "Fine",
    args: { reservation_id: "4WQ150" },
    action: "air.cancel",
  });
  await add("rejected", helperRun, [rob], { state: "rejected", risk: "low", decidedAt: at(-20), decidedById: ada });
  await add("foreign", ledgerRun, [fay], { state: "rejected", decidedAt: at(-10), decidedById: fay });
});
afterAll(() => database.close());

const PARAMS: ApprovalListParams = {
  search: "",
  agent: [],
  action: [],
  risk: [],
  state: [],
  sort: { id: "decidedAt", desc: true },
  page: 1,
  pageSize: 50,
};

async function names(person: string, params: Partial<ApprovalListParams> = {}): Promise<string[]> {
  const { rows } = await listDecided(await acme.viewer(person), { ...PARAMS, ...params });
  return rows.map((row) => Object.entries(id).find(([, value]) => value === row.id)?.[0] ?? "?");
}

describe("what was decided", () => {
  it("is the latest first, without what waits; what is overdue counts as expired", async () => {
    expect(await names(acme.ids.rob)).toEqual(["overdue", "rejected", "approved"]);
    expect(await names(acme.ids.rob, { state: ["expired"] })).toEqual(["overdue"]);
    expect(await names(acme.ids.rob, { state: ["approved"] })).toEqual(["approved"]);
    const { rows, total } = await listDecided(await acme.viewer(acme.ids.rob), { ...PARAMS, pageSize: 3 });
    expect(total).toBe(3);
    expect(rows[0]?.state).toBe("expired");
    expect(rows[2]).toMatchObject({
      actionTitle: "Cancel",
      target: "4WQ150",
      agent: { slug: "desk", name: "Agent desk" },
      onBehalfOf: "mia@example.com",
      decidedBy: "Rob",
      state: "approved",
      reversibility: null,
    });
  });

  it("I12: shows nothing of a foreign subtree", async () => {
    expect(await names(acme.ids.fay)).toEqual(["foreign"]);
    expect(await names(acme.ids.ada)).toHaveLength(4);
    const facets = await decidedFacets(await acme.viewer(acme.ids.fay));
    expect(facets.agent.map((one) => one.value)).toEqual(["ledger"]);
  });

  it("searches every word in agent, action, arguments and id", async () => {
    expect(await names(acme.ids.rob, { search: "4wq150" })).toEqual(["approved"]);
    expect(await names(acme.ids.rob, { search: "HELPER update" })).toEqual(["rejected"]);
    expect(await names(acme.ids.rob, { search: "desk nowhere" })).toEqual([]);
    expect(await names(acme.ids.rob, { search: id.overdue ?? "" })).toEqual(["overdue"]);
    expect(await names(acme.ids.rob, { search: "%" })).toEqual([]);
    expect(await names(acme.ids.rob, { search: "\0" })).toHaveLength(3);
  });

  it("filters, sorts and pages", async () => {
    expect(await names(acme.ids.rob, { agent: ["helper"] })).toEqual(["rejected"]);
    expect(await names(acme.ids.rob, { action: ["air.cancel"], risk: ["high"] })).toEqual(["approved"]);
    expect(await names(acme.ids.rob, { page: 2, pageSize: 2 })).toEqual(["approved"]);
    expect(await names(acme.ids.rob, { page: 9, pageSize: 2 })).toEqual([]);
    expect((await names(acme.ids.rob, { sort: { id: "risk", desc: false } }))[0]).toBe("rejected");
  });
});
