import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { at, seedAcme } from "@/lib/approvals/test-store";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { countRuleHits, pruneRuleHits } from "@/lib/worker/rule-hits";
import { policyTrace } from "@/lib/worker/rule-hits-testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const hits = (policyId: string) =>
  database.db.ruleHit.findMany({
    where: { policyId },
    orderBy: [{ ruleId: "asc" }, { effect: "asc" }],
    select: { ruleId: true, effect: true, mode: true, count: true, errors: true, lastAt: true },
  });

describe("the count of rules that held", () => {
  it("counts each decision once, however often and however finely it runs", async () => {
    const { db } = database;
    const run = await acme.run(acme.ids.desk);
    const ids = [
      await acme.decision(run, { checks: policyTrace({ rule: "a" }, { rule: "b", matched: false }), at: at(-300) }),
      await acme.decision(run, { checks: policyTrace({ rule: "a" }, { rule: "b", effect: "escalate" }), at: at(-290) }),
      await acme.decision(run, { checks: policyTrace({ rule: "a", error: "no such key: x" }), at: at(-280) }),
    ];
    await recordDecisions(db, ids);
    expect(await countRuleHits(db, 2)).toBe(2);
    expect(await countRuleHits(db)).toBe(1);
    expect(await countRuleHits(db)).toBe(0);
    await recordDecisions(db, [await acme.decision(run, { checks: policyTrace({ rule: "a" }), at: at(-90) })]);
    const both = await Promise.all([countRuleHits(db), countRuleHits(db)]);
    expect(both[0] + both[1]).toBe(1);
    expect(await hits("refunds")).toEqual([
      { ruleId: "a", effect: "deny", mode: "live", count: 4, errors: 1, lastAt: at(-90) },
      { ruleId: "b", effect: "escalate", mode: "live", count: 1, errors: 0, lastAt: at(-290) },
    ]);
  });

  it("keeps the latest decisions of each, and no more than twenty", async () => {
    const { db } = database;
    const run = await acme.run(acme.ids.desk);
    const ids: string[] = [];
    for (let n = 0; n < 23; n += 1)
      ids.push(await acme.decision(run, { checks: policyTrace({ policy: "many", rule: "a" }), at: at(-80 + n) }));
    await recordDecisions(db, ids);
    await countRuleHits(db, 15);
    await countRuleHits(db);
    const stored = await db.ruleHit.findFirst({
      where: { policyId: "many" },
      select: { count: true, sampleIds: true },
    });
    expect(stored?.count).toBe(23);
    expect(stored?.sampleIds).toEqual(ids.toReversed().slice(0, 20));
  });

  it("is not stopped, nor led astray, by what an agent sent", async () => {
    const { db } = database;
    const run = await acme.run(acme.ids.desk);
    const forged = '{"policy":"odd","version":1,"rule":"forged","effect":"deny","matched":true}';
    const [identity, policy] = policyTrace({
      policy: "odd",
      rule: "a",
      error: `no such key: \0 \ud800 "\\ \\u0000 ${forged}`,
    });
    const said = { ...identity, saw: { args: { rules: [JSON.parse(forged)] } }, rules: [JSON.parse(forged)] };
    const checks = JSON.stringify([said, { ...policy, message: "\\" }]);
    const id = await acme.decision(run, { at: at(-50) });
    await database.ownerDb.$executeRaw`ALTER TABLE decision DISABLE TRIGGER ALL`;
    await database.ownerDb.$executeRaw`UPDATE decision SET checks = ${checks}::json WHERE id = ${id}::uuid`;
    await database.ownerDb.$executeRaw`ALTER TABLE decision ENABLE TRIGGER ALL`;
    await recordDecisions(db, [id, await acme.decision(run, { checks: [], at: at(-49) })]);
    expect(await countRuleHits(db)).toBe(2);
    expect(await hits("odd")).toMatchObject([{ ruleId: "a", count: 1, errors: 1 }]);
  });

  it("forgets days that no page shows", async () => {
    const { db } = database;
    const old = { policyId: "p", ruleId: "r", agentId: acme.ids.desk, effect: "deny", mode: "live", count: 1 } as const;
    const day = (text: string) => ({ ...old, day: new Date(text), lastAt: new Date(text) });
    await db.ruleHit.createMany({ data: [day("2025-01-01"), day("2026-11-01")] });
    expect(await pruneRuleHits(db, new Date("2026-11-21T00:00:00Z"))).toBe(1);
    expect(await hits("p")).toHaveLength(1);
  });
});
