import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
const warnings: string[] = [];
const onWarning = (warning: Error) => void warnings.push(warning.message);

beforeAll(async () => {
  process.on("warning", onWarning);
  database = await createTestDatabase();
});
afterAll(async () => {
  process.off("warning", onWarning);
  await database.close();
});

it("the statements of a transaction go to its connection in turn, also for relations that Prisma asks for at once", async () => {
  const { ownerDb: db } = database;
  await db.person.create({ data: { id: newId(), name: "Ada", email: "ada@example.com" } });
  const include = { leads: true, owned: true, roles: true, invites: true } as const;
  const found = await db.$transaction((tx) => tx.person.findMany({ include }));
  expect(found).toMatchObject([{ name: "Ada", leads: [], owned: [], roles: [], invites: [] }]);
  expect(warnings).toEqual([]);
});
