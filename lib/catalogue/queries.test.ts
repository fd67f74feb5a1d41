import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addGrant } from "@/lib/agents/grant-add";
import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { ACTION_SORTS, actionListSchema, type ActionListParams } from "@/lib/catalogue/list-params";
import { getAction, listActions, listSystems } from "@/lib/catalogue/queries";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let ada: Viewer;
let fay: Viewer;
let nobody: Viewer;

const list = (viewer: Viewer, params: Partial<ActionListParams> = {}) =>
  listActions(viewer, actionListSchema.parse(params));
const ids = async (params: Partial<ActionListParams>) => (await list(ada, params)).rows.map((row) => row.id);

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  ada = await acme.viewer(acme.ids.ada);
  fay = await acme.viewer(acme.ids.fay);
  nobody = await acme.viewer(await acme.person("Nobody"));
  await database.db.action.create({
    data: {
      id: "crm.read_account",
      systemId: "crm",
      kind: "read",
      impact: "low",
      reversibility: "reversible",
      dataClasses: ["pii"],
    },
  });
  await database.db.action.create({ data: { id: "crm.old", systemId: "crm", kind: "read", retiredAt: at(-1) } });
  await addGrant(ada, { agentId: acme.ids.desk, pattern: "crm.*" });
  await addGrant(ada, { agentId: acme.ids.desk, pattern: "crm.read_account" });
  await addGrant(ada, { agentId: acme.ids.ledger, pattern: "crm.read_*" });
});
afterAll(() => database.close());

describe("the catalogue", () => {
  it("says of every action what each tier may do, and how many agents hold it", async () => {
    const { rows, total } = await list(ada);
    expect(total).toBe(3);
    expect(rows.find((row) => row.id === "crm.read_account")).toMatchObject({
      system: { name: "Customer records" },
      dataClasses: ["pii"],
      holders: 2,
      tiers: { observe: { effect: "allow" }, execute: { effect: "allow" } },
    });
    expect(rows.find((row) => row.id === "crm.update_account")).toMatchObject({
      holders: 1,
      tiers: {
        observe: { effect: "deny" },
        escalate: { effect: "escalate", by: "tier" },
        execute: { effect: "escalate", by: "reversibility" },
      },
    });
    expect(rows.find((row) => row.id === "crm.old")?.retired).toBe(true);
    expect(await listSystems(ada)).toEqual([
      { id: "crm", name: "Customer records", description: null, actions: 2, called: false },
    ]);
  });

  it("is searched, filtered, sorted and paged", async () => {
    expect(await ids({ q: "update account" })).toEqual(["crm.update_account"]);
    expect(await ids({ kind: ["read"], impact: ["low"] })).toEqual(["crm.read_account"]);
    expect(await ids({ system: ["mail"] })).toEqual([]);
    expect(await ids({ system: ["a\0b"], reversibility: ["reversible"] })).toEqual(["crm.read_account"]);
    expect(await ids({ sort: "kind", descending: true })).toEqual([
      "crm.update_account",
      "crm.old",
      "crm.read_account",
    ]);
    expect(await ids({ page: 2, pageSize: 2 })).toEqual(["crm.update_account"]);
    for (const sort of ACTION_SORTS) expect(await ids({ sort })).toHaveLength(3);
  });

  it("shows one action with the agents that hold it and what it comes to for each", async () => {
    const found = await getAction(ada, "crm.read_account");
    expect(found?.action).toMatchObject({ id: "crm.read_account", evidence: [], args: null });
    expect(found?.holders).toMatchObject([
      { slug: "desk", patterns: ["crm.*", "crm.read_account"], outcome: { effect: "allow" } },
      { slug: "ledger", patterns: ["crm.read_*"] },
    ]);
  });

  it("I12: counts and names agents in the viewer's subtree only, and shows nothing to those without a role", async () => {
    expect((await list(fay)).rows.find((row) => row.id === "crm.read_account")?.holders).toBe(1);
    expect((await getAction(fay, "crm.read_account"))?.holders).toMatchObject([{ slug: "ledger" }]);
    expect((await getAction(fay, "crm.update_account"))?.holders).toEqual([]);
    expect(await list(nobody)).toEqual({ rows: [], total: 0 });
    expect(await listSystems(nobody)).toEqual([]);
    expect(await getAction(nobody, "crm.read_account")).toBeNull();
    for (const id of ["crm.nothing", "nonsense", "a\0.b", ""]) expect(await getAction(ada, id)).toBeNull();
  });
});
