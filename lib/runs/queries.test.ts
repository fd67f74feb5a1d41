import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { at, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import type { RunListParams } from "@/lib/runs/list-params";
import { runsCsv, runsLines } from "@/lib/runs/export";
import { getRun, listRuns, runFacets, runTitle } from "@/lib/runs/queries";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
const id: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const { desk, helper, ledger } = acme.ids;
  id.old = (
    await acme.run(desk, { startedAt: at(-9_000), status: "succeeded", endedAt: at(-8_990), costMicroUsd: 2_500n })
  ).id;
  id.going = (
    await acme.run(desk, {
      startedAt: at(-600),
      onBehalfOf: { subject: "mia@example.com" },
      trigger: { kind: "ticket", reference: "T-77" },
    })
  ).id;
  id.child = (
    await acme.run(helper, { startedAt: at(-500), parentRunId: id.going, depth: 1, denials: 2, decisions: 3 })
  ).id;
  id.shadow = (
    await acme.run(desk, { startedAt: at(-400), mode: "shadow", status: "failed", endedAt: at(-10), unpricedCalls: 1 })
  ).id;
  id.foreign = (await acme.run(ledger, { startedAt: at(-300) })).id;
  id.foreignChild = (await acme.run(ledger, { startedAt: at(-290), parentRunId: id.going, depth: 1 })).id;
});
afterAll(() => database.close());

const PARAMS: RunListParams = {
  search: "",
  status: [],
  mode: [],
  agent: [],
  trigger: [],
  with: [],
  sort: { id: "startedAt", desc: true },
  page: 1,
  pageSize: 50,
};

async function names(params: Partial<RunListParams> = {}, person = acme.ids.rob): Promise<string[]> {
  const { rows } = await listRuns(await acme.viewer(person), { ...PARAMS, ...params });
  return rows.map((row) => Object.entries(id).find(([, value]) => value === row.id)?.[0] ?? "?");
}

describe("listRuns", () => {
  it("I12: shows the runs of the viewer's subtree only", async () => {
    expect(await names()).toEqual(["shadow", "child", "going", "old"]);
    expect(await names({}, acme.ids.fay)).toEqual(["foreignChild", "foreign"]);
    expect(await names({ agent: ["ledger"] })).toEqual([]);
    expect(await names({ search: id.foreign })).toEqual([]);
    const facets = await runFacets(await acme.viewer(acme.ids.rob));
    expect(facets.agents).toEqual([
      { value: "desk", label: "Agent desk", count: 3 },
      { value: "helper", label: "Agent helper", count: 1 },
    ]);
    expect(facets.triggers.map((one) => [one.value, one.count])).toEqual([
      ["api", 3],
      ["ticket", 1],
    ]);
  });

  it("filters, searches, sorts and pages", async () => {
    expect(await names({ status: ["running"], mode: ["live"] })).toEqual(["child", "going"]);
    expect(await names({ trigger: ["ticket"] })).toEqual(["going"]);
    expect(await names({ with: ["denials"] })).toEqual(["child"]);
    expect(await names({ with: ["unpriced"] })).toEqual(["shadow"]);
    expect(await names({ from: at(-300), to: at(-450) })).toEqual(["child", "going"]);
    expect(await names({ search: "MIA" })).toEqual(["going"]);
    expect(await names({ search: "t-77 desk" })).toEqual(["going"]);
    expect(await names({ search: id.old?.slice(0, 20) })).toContain("old");
    expect(await names({ sort: { id: "duration", desc: true } })).toEqual(["going", "child", "shadow", "old"]);
    expect(await names({ sort: { id: "cost", desc: true }, page: 1, pageSize: 1 })).toEqual(["old"]);
    expect(await names({ page: 2, pageSize: 3 })).toEqual(["old"]);
    expect((await listRuns(await acme.viewer(acme.ids.rob), { ...PARAMS, page: 2, pageSize: 3 })).total).toBe(4);
  });

  it("keeps unpriced apart from zero (I7)", async () => {
    const { rows } = await listRuns(await acme.viewer(acme.ids.rob), PARAMS);
    expect(rows.map((row) => [row.costMicroUsd, row.unpricedCalls])).toEqual([
      ["0", 1],
      ["0", 0],
      ["0", 0],
      ["2500", 0],
    ]);
  });
});

describe("getRun", () => {
  it("gives the head with what delegates to and from it, within sight", async () => {
    const run = await getRun(await acme.viewer(acme.ids.rob), id.going ?? "");
    expect(run).toMatchObject({
      status: "running",
      mayHalt: false,
      childCount: 1,
      children: [{ id: id.child, agent: { slug: "helper" } }],
      trail: { onBehalfOf: { subject: "mia@example.com" }, trigger: { kind: "ticket", reference: "T-77" } },
    });
    expect((await getRun(await acme.viewer(acme.ids.ada), id.going ?? ""))?.mayHalt).toBe(true);
  });
  it("I12: is null for a foreign, unknown or malformed id", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    for (const no of [id.foreign ?? "", newId(), "", "nope", "' OR 1=1 --"]) {
      expect(await getRun(rob, no)).toBeNull();
      expect(await runTitle(rob, no)).toBeNull();
    }
    expect(await runTitle(rob, id.going ?? "")).toBe("Run of Agent desk");
  });
});

describe("exports of runs", () => {
  const whole = async (parts: AsyncGenerator<string>) => {
    let text = "";
    for await (const part of parts) text += part;
    return text;
  };

  it.each([1, 2, 4, 500])(
    "hold what the viewer sees once each, the latest begun first, read %d at a time",
    async (take) => {
      const rob = await acme.viewer(acme.ids.rob);
      const rows = (await whole(runsLines(rob, PARAMS, take))).trimEnd().split("\n");
      expect(rows.map((row) => JSON.parse(row).id)).toEqual([id.shadow, id.child, id.going, id.old]);
      expect((await whole(runsCsv(rob, PARAMS, take))).trimEnd().split("\r\n")).toHaveLength(5);
    },
  );
});
