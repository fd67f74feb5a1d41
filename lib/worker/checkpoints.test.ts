import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";

import { suspendAgent } from "@/lib/agents/suspend";
import { seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { checkpointWhenDue } from "@/lib/worker/checkpoints";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
const log = pino({ level: "silent" });

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const START = Date.parse("2026-11-21T12:00:00Z");
const at = (minutes: number) => ({
  db: database.db,
  actor: { kind: "system" as const, id: "worker" },
  clock: { now: () => new Date(START + minutes * 60_000) },
  newId,
});
const made = () => database.db.checkpoint.count();

it("a checkpoint is made every hour in which something was recorded, by one of the workers", async () => {
  await checkpointWhenDue(at(0), log);
  expect(await made()).toBe(0);
  await suspendAgent(at(1), { id: acme.ids.desk, reason: "first" });
  await Promise.all([checkpointWhenDue(at(1), log), checkpointWhenDue(at(1), log)]);
  expect(await made()).toBe(1);
  await suspendAgent(at(2), { id: acme.ids.ledger, reason: "second" });
  await checkpointWhenDue(at(60), log);
  expect(await made()).toBe(1);
  await checkpointWhenDue(at(61), log);
  expect(await made()).toBe(2);
  await checkpointWhenDue(at(500), log);
  expect(await made()).toBe(2);
});
