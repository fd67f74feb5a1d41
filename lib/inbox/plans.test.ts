import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { NOW, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { countViews } from "@/lib/inbox/counts";
import { NO_FILTER, VIEWS, type InboxFilter } from "@/lib/inbox/filter";
import type { Place } from "@/lib/inbox/item";
import { listItems, pageKeysSql } from "@/lib/inbox/list-items";
import { makeWaiting } from "@/lib/inbox/many-testing";

const COUNT = 10_000;
const ENDED = 40_000;
const RARE = 500;

let database: TestDatabase;
let viewer: Viewer;

beforeAll(async () => {
  database = await createTestDatabase();
  const acme = await seedAcme(database.db);
  const { id: runId } = await acme.run(acme.ids.desk);
  const { desk: agentId, rob, ada } = acme.ids;
  await makeWaiting(
    database.ownerDb,
    { count: COUNT, ended: ENDED, runId, agentId, asked: [rob], others: [ada], rare: RARE },
    NOW,
  );
  await database.ownerDb.$executeRaw`ANALYZE`;
  viewer = await acme.viewer(rob);
});
afterAll(() => database.close());

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
}

async function plan(filter: InboxFilter, after: Place | null = null): Promise<Node[]> {
  const sql = pageKeysSql(viewer, filter, after, 61);
  if (!sql) throw new Error("rob sees nothing");
  const [row] = await viewer.db.$queryRaw<{ "QUERY PLAN": [{ Plan: Node }] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
  );
  const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];
  return row ? all(row["QUERY PLAN"][0].Plan) : [];
}

const ofApprovals = (nodes: Node[]) => nodes.find((node) => node["Relation Name"] === "approval");

describe(`with ${COUNT} waiting`, () => {
  it("a page is read from the index in its order, and no further than it is long", async () => {
    const first = ofApprovals(await plan(NO_FILTER));
    expect(first).toMatchObject({ "Index Name": "approval_waiting" });
    expect(first?.["Actual Rows"]).toBeLessThanOrEqual(100);
  });

  it("a page in the middle begins at its place, within its risk", async () => {
    const { next } = await listItems(viewer, { ...NO_FILTER, risk: ["low"] }, { limit: 200 });
    const later = ofApprovals(await plan(NO_FILTER, next));
    expect(later).toMatchObject({ "Index Name": "approval_waiting" });
    expect(later?.["Actual Rows"]).toBeLessThanOrEqual(100);
    expect(later?.["Rows Removed by Filter"] ?? 0).toBeLessThanOrEqual(200);
  });

  it("what few of them are mine is found among what waits, however much has been decided", async () => {
    const nodes = await plan({ ...NO_FILTER, mine: true });
    expect(ofApprovals(nodes)?.["Node Type"]).not.toBe("Seq Scan");
    const { items } = await listItems(viewer, { ...NO_FILTER, mine: true });
    expect(items).toHaveLength(COUNT / RARE);
  });

  it("all pages together hold everything once", async () => {
    const keys = new Set<string>();
    let pages = 0;
    for (let after: Place | null = null; ;) {
      const page = await listItems(viewer, NO_FILTER, { after });
      for (const item of page.items) keys.add(item.key);
      pages += 1;
      if (page.next === null) break;
      after = page.next;
    }
    expect([keys.size, pages]).toEqual([COUNT, COUNT / 200]);
  });

  it("the numbers of all views come from one statement", async () => {
    expect(await countViews(viewer, VIEWS)).toEqual({ mine: 20, all: COUNT, high: 20, soon: 3, snoozed: 0 });
  });
});
