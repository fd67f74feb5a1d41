import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it("gives a migrated database of its own, as the runtime role", async () => {
  expect(await database.db.configuration.count()).toBe(1);
  const who = await database.pool.query<{ who: string }>("SELECT current_user AS who");
  expect(who.rows[0]?.who).toBe("remit_runtime");
});

it("keeps the runtime role from what only the owner may do", async () => {
  await expect(database.pool.query("DELETE FROM audit_record")).rejects.toThrow("permission denied");
  await expect(database.pool.query("CREATE TABLE mine (id int)")).rejects.toThrow("permission denied");
});
