import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { NOW, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { publishPolicy } from "@/lib/policies/publish";
import { firstDay, noCounts, summarise, summariseByRule } from "@/lib/policies/hits";
import { dailyHits, hitAgents, hitDecisions, hitRules, lastHits, type HitFilter } from "@/lib/policies/hits-queries";
import { policyListSchema } from "@/lib/policies/list-params";
import { listPolicies } from "@/lib/policies/list-queries";
import type { Rule } from "@/lib/policies/schemas";
import { startDraft } from "@/lib/policies/drafts/start";
import { searchRecords } from "@/lib/search/queries";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
const listed: string[] = [];
const deny = (id: string, nodes?: string[]): Rule => ({
  id,
  match: { actions: ["*"], ...(nodes ? { nodes } : {}) },
  effect: "deny",
});

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const { desk, ledger, ada } = acme.ids;
  const admin = await acme.viewer(ada);
  for (const [id, rules] of [
    ["refunds", [deny("a"), deny("b")]],
    ["ledgers", [deny("l", ["finance"])]],
  ] as const)
    await publishPolicy(
      { ...admin, actor: { kind: "cli", id: "test" } },
      { id, name: id.toUpperCase(), rules: [...rules] },
    );
  await startDraft(admin, { policy: "bulk", name: "Bulk", rules: [] });
  const run = await acme.run(desk);
  const [first, second] = [
    await acme.decision(run),
    await acme.decision(run, { effect: "deny", code: "policy_denied" }),
  ];
  listed.push(first, second);
  const hit = { policyId: "refunds", effect: "deny", mode: "live", errors: 0, sampleIds: [] as string[] } as const;
  const day = (text: string) => ({ day: new Date(text), lastAt: new Date(`${text}T10:00:00Z`) });
  await database.db.ruleHit.createMany({
    data: [
      { ...hit, ruleId: "a", agentId: desk, count: 5, ...day("2026-03-10"), sampleIds: [second, first] },
      {
        ...hit,
        ruleId: "b",
        agentId: desk,
        count: 1,
        errors: 1,
        effect: "escalate",
        ...day("2026-03-09"),
        sampleIds: [second],
      },
      { ...hit, ruleId: "a", agentId: ledger, count: 7, ...day("2026-03-10") },
      { ...hit, ruleId: "a", agentId: desk, count: 9, mode: "shadow", ...day("2026-03-10") },
      { ...hit, ruleId: "a", agentId: desk, count: 2, ...day("2026-01-02") },
    ],
  });
});
afterAll(() => database.close());

const filter = (more: Partial<HitFilter> = {}): HitFilter => ({
  rules: [],
  effect: [],
  agent: [],
  modes: ["live"],
  from: "2026-01-01",
  to: "2026-03-10",
  ascending: false,
  page: 1,
  pageSize: 50,
  ...more,
});

describe("how often rules held", () => {
  it("adds up thirty days of live runs, by rule, of agents in sight (I12)", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const all = summariseByRule(await dailyHits(ada, "refunds"), NOW);
    expect(all.get("a")).toMatchObject({ total: 12, errors: 0, counts: { ...noCounts(), deny: 12 } });
    expect(all.get("a")?.daily).toHaveLength(30);
    expect(all.get("a")?.daily.slice(-2)).toEqual([0, 12]);
    expect(all.get("b")).toMatchObject({ total: 1, errors: 1, counts: { ...noCounts(), escalate: 1 } });
    const rob = await acme.viewer(acme.ids.rob);
    expect(summarise(await dailyHits(rob, "refunds"), NOW).total).toBe(6);
    expect((await lastHits(rob, "refunds")).get("b")).toEqual(new Date("2026-03-09T10:00:00Z"));
    expect(firstDay(NOW)).toBe("2026-02-09");
  });

  it("leads to the decisions, each once, newest first", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const [first, second] = listed;
    const found = await hitDecisions(ada, "refunds", filter());
    expect(found).toMatchObject({ listed: 2, held: 15 });
    expect(found.rows.map((row) => [row.id, row.rules, row.effect, row.target])).toEqual([
      [second, ["a", "b"], "deny", "A-1"],
      [first, ["a"], "allow", "A-1"],
    ]);
    const ids = async (more: Partial<HitFilter>) =>
      (await hitDecisions(ada, "refunds", filter(more))).rows.map((row) => row.id);
    expect(await ids({ ascending: true })).toEqual([first, second]);
    expect(await ids({ rules: ["b"] })).toEqual([second]);
    expect(await ids({ effect: ["escalate"] })).toEqual([second]);
    expect(await ids({ agent: [acme.ids.ledger] })).toEqual([]);
    expect(await ids({ agent: ["nonsense"], rules: ["\0"] })).toEqual([]);
    expect(await ids({ page: 2, pageSize: 1 })).toEqual([first]);
    expect(await hitDecisions(ada, "No'Slug", filter())).toMatchObject({ held: 0 });
    expect(await hitRules(ada, "refunds", filter())).toEqual([
      { rule: "a", count: 14 },
      { rule: "b", count: 1 },
    ]);
    expect((await hitAgents(ada, "refunds", filter())).map((one) => one.count)).toEqual([8, 7]);
    const fay = await acme.viewer(acme.ids.fay);
    expect(await hitDecisions(fay, "refunds", filter())).toMatchObject({ listed: 0, held: 7, rows: [] });
  });
});

describe("the list of policies", () => {
  const list = async (personId: string, more: object = {}) => {
    const { rows, total } = await listPolicies(await acme.viewer(personId), policyListSchema.parse(more));
    return { total, rows: rows.map((row) => [row.id, row.rules, row.hits.total, row.draft !== null]) };
  };

  it("has those that concern the viewer, drafts for those who see everything", async () => {
    expect(await list(acme.ids.ada)).toEqual({
      total: 3,
      rows: [
        ["bulk", 0, 0, true],
        ["ledgers", 1, 0, false],
        ["refunds", 2, 13, false],
      ],
    });
    expect(await list(acme.ids.rob)).toEqual({ total: 1, rows: [["refunds", 2, 6, false]] });
    expect((await list(acme.ids.fay)).rows.map(([id]) => id)).toEqual(["ledgers", "refunds"]);
  });

  it("is searched, filtered, ordered and paged", async () => {
    const { ada } = acme.ids;
    expect((await list(ada, { q: "REF" })).rows.map(([id]) => id)).toEqual(["refunds"]);
    expect((await list(ada, { state: ["draft"] })).rows.map(([id]) => id)).toEqual(["bulk"]);
    expect((await list(ada, { state: ["retired"] })).rows).toEqual([]);
    expect((await list(ada, { sort: "hits", descending: true })).rows[0]?.[0]).toBe("refunds");
    expect(await list(ada, { page: 2, pageSize: 2 })).toMatchObject({ total: 3, rows: [["refunds", 2, 13, false]] });
  });

  it("is found from the palette", async () => {
    const hits = await searchRecords(await acme.viewer(acme.ids.ada), "refunds");
    expect(hits.filter((hit) => hit.section === "policies")).toMatchObject([{ href: "/policies/refunds" }]);
  });
});
