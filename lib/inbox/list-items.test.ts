import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { seedInbox } from "@/lib/inbox/acme-testing";
import { NOW } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { countViews } from "@/lib/inbox/counts";
import { inboxFacets } from "@/lib/inbox/facets";
import { matches, NO_FILTER, VIEWS, type InboxFilter } from "@/lib/inbox/filter";
import { compareItems, type Item, type Place } from "@/lib/inbox/item";
import { itemFor } from "@/lib/inbox/item-for";
import { itemsOf, listItems } from "@/lib/inbox/list-items";
import { readRows, type Wanted } from "@/lib/inbox/read-rows";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedInbox>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedInbox(database.db);
});
afterAll(() => database.close());

const nameOf = (key: string): string => Object.entries(acme.keys).find(([, value]) => value === key)?.[0] ?? key;

async function shown(person: string, filter: Partial<InboxFilter> = {}, limit = 200): Promise<string[]> {
  const viewer = await acme.viewer(person);
  const items: Item[] = [];
  for (let after: Place | null = null; ;) {
    const page = await listItems(viewer, { ...NO_FILTER, ...filter }, { after, limit });
    items.push(...page.items);
    if (page.next === null) return items.map((item) => nameOf(item.key));
    after = page.next;
  }
}

describe("listItems", () => {
  it("holds what waits for me, by risk, deadline and age", async () => {
    expect(await shown(acme.ids.rob, { mine: true })).toEqual([
      "highSooner",
      "highLater",
      "awake",
      "low",
      "review",
      "claimed",
    ]);
  });

  it("holds everything in sight under All, without what I put aside", async () => {
    const all = await shown(acme.ids.rob);
    expect(all).toEqual(
      expect.arrayContaining([
        "notAsked",
        "askedLater",
        "excluded",
        "taken",
        "voted",
        "appeal",
        "conflict",
        "promotion",
        "action",
      ]),
    );
    expect(all).not.toContain("snoozed");
    expect(await shown(acme.ids.rob, { snoozed: true })).toEqual(["snoozed"]);
  });

  it("I12: nothing of a foreign subtree, whoever is named there", async () => {
    for (const filter of [{}, { mine: true }, { snoozed: true }]) {
      const names = await shown(acme.ids.rob, filter);
      expect(names).not.toContain("foreign");
      expect(names).not.toContain("foreignReview");
    }
    expect(
      await itemsOf(await acme.viewer(acme.ids.rob), [acme.keys.foreign ?? "", acme.keys.low ?? ""]),
    ).toMatchObject([{ key: acme.keys.low }]);
    expect(await shown(acme.ids.fay)).toEqual(["foreignReview", "foreign"]);
  });

  it("shows at a glance who wants to do what, to what, how much and by when", async () => {
    const viewer = await acme.viewer(acme.ids.rob);
    const { items } = await listItems(viewer, { ...NO_FILTER, search: "4wq150" });
    expect(items).toMatchObject([
      {
        title: "Refund",
        target: "4WQ150",
        amount: "250 EUR",
        agent: { slug: "desk" },
        onBehalfOf: "customer 7",
        risk: "high",
        mine: true,
        votes: null,
      },
    ]);
    const voted = (await itemsOf(viewer, [acme.keys.voted ?? ""]))[0];
    expect(voted).toMatchObject({ votes: { have: 1, need: 2 }, mine: false });
  });

  it("narrows by everything that a filter names", async () => {
    const { rob, ada } = acme.ids;
    expect(await shown(rob, { kind: ["review", "conflict"] })).toEqual(["conflict", "review"]);
    expect(await shown(rob, { agent: ["helper"] })).toEqual(["highSooner", "promotion"]);
    expect(await shown(rob, { agent: ["desk"], kind: ["action"] })).toEqual(["action"]);
    expect(await shown(rob, { action: ["crm.refund"], kind: ["approval"] })).toEqual(["highLater"]);
    expect(await shown(rob, { system: ["mail"] })).toEqual(["action"]);
    expect(await shown(rob, { assignee: [ada] })).toEqual(["taken"]);
    expect(await shown(rob, { assignee: [rob, "none"], risk: ["low"] })).toEqual(["low", "review", "claimed"]);
    expect(await shown(rob, { dueSoon: true, mine: true })).toEqual(["highSooner", "low", "review", "claimed"]);
    expect(await shown(rob, { search: "customer 7", risk: ["high"] })).toEqual(["highLater"]);
  });

  it.each(["rob", "ada", "fay", "mia"] as const)(
    "%s: pages of any size, and lines told one by one, say the same",
    async (who) => {
      const viewer = await acme.viewer(acme.ids[who]);
      const wanted: Wanted = {};
      for (const key of Object.values(acme.keys)) {
        const [kind, id] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
        Object.assign(wanted, { [kind]: [...(wanted[kind as keyof Wanted] ?? []), id] });
      }
      const items = (await readRows(database.db, wanted)).flatMap((row) => itemFor(row, viewer.access, NOW) ?? []);
      const filters: Partial<InboxFilter>[] = [
        ...VIEWS.map((view) => view.filter),
        { agent: ["desk"], kind: ["approval", "review", "appeal", "conflict", "promotion"] },
        { system: ["crm"] },
        { risk: ["low", "high"], mine: true },
        { assignee: ["none"] },
      ];
      for (const filter of filters) {
        const expected = items
          .filter((item) => matches(item, { ...NO_FILTER, ...filter }, NOW.getTime()) === true)
          .toSorted(compareItems)
          .map((item) => nameOf(item.key));
        for (const limit of [1, 3, 200]) expect(await shown(acme.ids[who], filter, limit)).toEqual(expected);
      }
      const counts = await countViews(viewer, VIEWS);
      for (const view of VIEWS) expect(counts[view.id]).toBe((await shown(acme.ids[who], view.filter)).length);
    },
  );
});

describe("inboxFacets", () => {
  it("counts the choices within a view", async () => {
    const facets = await inboxFacets(await acme.viewer(acme.ids.rob), { ...NO_FILTER, mine: true });
    expect(facets.kind).toEqual([
      { value: "approval", label: "approval", count: 5 },
      { value: "review", label: "review", count: 1 },
    ]);
    expect(facets.agent).toEqual([
      { value: "desk", label: "Agent desk", count: 5 },
      { value: "helper", label: "Agent helper", count: 1 },
    ]);
    expect(facets.assignee).toEqual([
      { value: "none", label: "Nobody", count: 5 },
      { value: acme.ids.rob, label: "Rob", count: 1 },
    ]);
    expect(facets.system).toEqual([{ value: "crm", label: "Customer records", count: 6 }]);
  });
});
