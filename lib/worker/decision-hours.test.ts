import { afterAll, beforeAll, expect, it } from "vitest";

import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { decisionsOverTime, mostDenied } from "@/lib/overview/queries";
import { countDecisionHours } from "@/lib/worker/decision-hours";

const HOUR_S = 3_600;

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

it("counts hours that are over, each once, and pages say the same of what is counted and what is not yet", async () => {
  const { db } = database;
  expect(await countDecisionHours(db, NOW)).toBe(0);
  const [desk, books] = [await acme.run(acme.ids.desk), await acme.run(acme.ids.ledger)];
  for (const seconds of [1, 60, HOUR_S + 1, 3 * HOUR_S, 3 * HOUR_S + 1, 30 * HOUR_S, 9 * 24 * HOUR_S])
    for (const run of [desk, books])
      for (const effect of ["allow", "deny"] as const)
        await acme.decision(run, { effect, code: effect, at: at(-seconds) });
  await acme.decision(desk, { effect: "deny", code: "deny", mode: "shadow", at: at(-3 * HOUR_S) });

  const viewers = [await acme.viewer(acme.ids.ada), await acme.viewer(acme.ids.rob)];
  const seen = () =>
    Promise.all(
      viewers.flatMap((viewer) => [
        decisionsOverTime(viewer, "day"),
        decisionsOverTime(viewer, "week"),
        mostDenied(viewer, "day"),
        mostDenied(viewer, "week"),
      ]),
    );
  const before = await seen();
  const hours = await Promise.all([1, 2, 3].map(() => countDecisionHours(db, NOW)));
  // Eight days; the hour that has just ended is left alone for five minutes.
  expect(hours.reduce((sum, one) => sum + one, 0)).toBe(8 * 24 - 1);
  expect(await db.decisionHour.aggregate({ _sum: { count: true } })).toEqual({ _sum: { count: 16 } });
  expect(await seen()).toEqual(before);

  expect(await countDecisionHours(db, at(299))).toBe(0);
  expect(await countDecisionHours(db, at(300))).toBe(1);
  expect(await seen()).toEqual(before);
  // What no page shows any more is forgotten.
  await countDecisionHours(db, at(8 * 24 * HOUR_S));
  expect(await db.decisionHour.count({ where: { hour: { lt: NOW } } })).toBe(0);
});
