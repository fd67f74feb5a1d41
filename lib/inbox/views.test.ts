import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { matches, narrowed, NO_FILTER, VIEWS } from "@/lib/inbox/filter";
import { parseItemKey } from "@/lib/inbox/item";
import { deleteView, renameView } from "@/lib/inbox/view-change";
import { listViews } from "@/lib/inbox/view-queries";
import { saveView } from "@/lib/inbox/view-save";
import { VIEWS_MAX } from "@/lib/inbox/view-schemas";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

describe("saved views", () => {
  it("are a person's own, take a new filter under the same name, and leave a record", async () => {
    const [rob, ada] = [await acme.viewer(acme.ids.rob), await acme.viewer(acme.ids.ada)];
    const filter = { ...NO_FILTER, mine: true, risk: ["high" as const], agent: ["desk"] };
    const saved = await saveView(rob, { name: "Desk, high", filter });
    expect(saved).toMatchObject({ ok: true });
    const again = await saveView(rob, { name: "Desk, high", filter: { ...filter, risk: [] } });
    expect(again).toEqual(saved);
    const views = await listViews(rob);
    expect(views.slice(0, VIEWS.length).map((view) => view.id)).toEqual(["mine", "all", "high", "soon", "snoozed"]);
    expect(views.slice(VIEWS.length)).toMatchObject([{ name: "Desk, high", filter: { agent: ["desk"], risk: [] } }]);
    expect(await listViews(ada)).toHaveLength(VIEWS.length);
    const viewId = saved.ok ? saved.value.viewId : "";
    expect(await renameView(ada, { viewId, name: "Mine now" })).toMatchObject({ error: { code: "not_found" } });
    expect(await deleteView(ada, { viewId })).toMatchObject({ error: { code: "not_found" } });
    expect(await renameView(rob, { viewId, name: "Snoozed" })).toMatchObject({
      error: { code: "conflict", field: "name" },
    });
    expect(await renameView(rob, { viewId, name: "Desk" })).toMatchObject({ ok: true });
    expect(await deleteView(rob, { viewId })).toMatchObject({ ok: true });
    const records = await database.db.auditRecord.findMany({ where: { subjectId: viewId }, orderBy: { seq: "asc" } });
    expect(records.map((record) => record.action)).toEqual([
      "inbox_view.save",
      "inbox_view.save",
      "inbox_view.rename",
      "inbox_view.delete",
    ]);
  });

  it("are so many, and none is called like one that everybody has", async () => {
    const fay = await acme.viewer(acme.ids.fay);
    expect(await saveView(fay, { name: " mine ", filter: NO_FILTER })).toMatchObject({
      error: { code: "conflict", field: "name" },
    });
    expect(await saveView(fay, { name: "", filter: NO_FILTER })).toMatchObject({
      error: { code: "invalid_input", field: "name" },
    });
    for (let at = 0; at < VIEWS_MAX; at += 1) await saveView(fay, { name: `View ${at}`, filter: NO_FILTER });
    expect(await saveView(fay, { name: "One more", filter: NO_FILTER })).toMatchObject({
      error: { code: "too_large" },
    });
    expect(
      await saveView({ ...fay, actor: { kind: "cli", id: "operator" } }, { name: "x", filter: NO_FILTER }),
    ).toMatchObject({
      error: { code: "forbidden" },
    });
  });

  it("of an older format is left out", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    await database.ownerDb.inboxView.create({
      data: { id: crypto.randomUUID(), personId: acme.ids.ada, name: "Old", filter: { odd: 1 }, createdAt: new Date() },
    });
    expect(await listViews(ada)).toHaveLength(VIEWS.length);
  });
});

describe("narrowed", () => {
  const high = { ...NO_FILTER, mine: true, risk: ["high" as const] };
  it("holds both the view and what is chosen", () => {
    expect(narrowed(high, { agent: ["desk"], search: "x" })).toMatchObject({
      mine: true,
      risk: ["high"],
      agent: ["desk"],
      search: "x",
    });
    expect(narrowed(high, { risk: ["high", "low"] })).toMatchObject({ risk: ["high"] });
    expect(narrowed(high, { risk: ["low"] })).toBeNull();
  });
});

describe("matches", () => {
  const item = {
    key: "approval:1",
    kind: "approval",
    id: "1",
    risk: "low",
    title: "x",
    action: "crm.refund",
    target: null,
    agent: null,
    onBehalfOf: null,
    amount: null,
    deadline: null,
    since: "2026-01-01T00:00:00Z",
    assignee: null,
    snoozedUntil: null,
    votes: null,
    mine: true,
  } as const;
  it("leaves what a search looks into to the store, unless the rest says no", () => {
    expect(matches(item, { ...NO_FILTER, search: "x" }, 0)).toBe("unknown");
    expect(matches(item, { ...NO_FILTER, search: "x", risk: ["high"] }, 0)).toBe(false);
    expect(matches(item, { ...NO_FILTER, system: ["crm"] }, 0)).toBe(true);
  });
});

describe("parseItemKey", () => {
  it.each([
    ["approval:1", { kind: "approval", id: "1" }],
    ["action:mail.send", { kind: "action", id: "mail.send" }],
    ["approval:", null],
    ["approval", null],
    ["nothing:1", null],
    [":1", null],
  ])("%s", (key, expected) => {
    expect(parseItemKey(key)).toEqual(expected);
  });
});
