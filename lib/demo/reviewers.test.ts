import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import type { CommandContext } from "@/lib/audit/change";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { rollDice, type Dice } from "@/lib/demo/dice";
import { reviewOne } from "@/lib/demo/reviewers";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const context = (): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => NOW },
  newId,
});
/** Looks for no time at all, and always agrees. */
const quick: Dice = { ...rollDice(1), int: () => 0, chance: () => true };
const state = async (id: string) => (await database.db.approval.findUniqueOrThrow({ where: { id } })).state;

describe("the demo's reviewers", () => {
  it("decide what they are asked and has waited, and leave high risk and newcomers' work alone", async () => {
    const { ids } = acme;
    const run = await acme.run(ids.desk);
    const risky = await acme.approval(run, [ids.rob], { risk: "high" });
    const fresh = await acme.approval(run, [ids.rob], { requestedAt: at(-5) });
    await database.db.person.update({ where: { id: ids.ada }, data: { email: "nora@larkfield.example" } });
    const newcomers = await acme.approval(run, [ids.ada]);
    const signal = new AbortController().signal;
    expect(await reviewOne(context(), quick, signal)).toBe(false);
    const theirs = await acme.approval(run, [ids.rob]);
    expect(await reviewOne(context(), quick, signal)).toBe(true);
    expect(await Promise.all([risky, fresh, newcomers, theirs].map((one) => state(one.id)))).toEqual([
      "pending",
      "pending",
      "pending",
      "approved",
    ]);
  });
});
