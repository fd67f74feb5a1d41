import { afterAll, beforeAll, expect, it } from "vitest";

import { at, seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { expireRuns } from "@/lib/runs/expire";
import { haltRun } from "@/lib/runs/halt";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

it("ends a run, its token and what it waits for, with one record", async () => {
  const { db } = database;
  const run = await acme.run(acme.ids.desk);
  const { id } = await acme.approval(run, [acme.ids.rob]);
  const ada = await acme.viewer(acme.ids.ada);
  expect(await haltRun(ada, { runId: run.id, reason: "Loops" })).toEqual({ ok: true, value: null });
  expect(await db.run.findUnique({ where: { id: run.id } })).toMatchObject({
    status: "halted",
    error: { code: "halted", message: "Loops" },
    tokenRevokedAt: expect.any(Date),
    revision: 1,
  });
  expect((await db.approval.findUnique({ where: { id } }))?.state).toBe("cancelled");
  expect(await db.auditRecord.count({ where: { action: "run.halt", subjectId: run.id, nodeId: acme.ids.desk } })).toBe(
    1,
  );
  expect(await haltRun(ada, { runId: run.id, reason: "Again" })).toMatchObject({
    ok: false,
    error: { code: "run_ended" },
  });
  expect(await db.auditRecord.count({ where: { subjectId: run.id } })).toBe(1);
});

it("is refused to who may not, and a foreign run does not exist (I12)", async () => {
  const run = await acme.run(acme.ids.desk);
  const code = async (person: string, runId: string, reason = "Why") => {
    const result = await haltRun(await acme.viewer(person), { runId, reason });
    return result.ok ? "ok" : result.error.code;
  };
  expect(await code(acme.ids.rob, run.id)).toBe("forbidden");
  expect(await code(acme.ids.fay, run.id)).toBe("not_found");
  expect(await code(acme.ids.ada, newId())).toBe("not_found");
  expect(await code(acme.ids.ada, "x")).toBe("not_found");
  expect(await code(acme.ids.ada, run.id, " ")).toBe("invalid_input");
});

it("what a run has touched goes up when it is halted or lost, too, however deep", async () => {
  const { db } = database;
  const classesOf = async (id: string) => (await db.run.findUniqueOrThrow({ where: { id } })).dataClasses;
  const top = await acme.run(acme.ids.desk, { dataClasses: ["public"] });
  const child = (dataClass: string, above = top, depth = 1, leaseUntil = at(120)) =>
    acme.run(acme.ids.desk, { parentRunId: above.id, depth, dataClasses: [dataClass], leaseUntil });
  const halted = await child("pii");
  const ada = await acme.viewer(acme.ids.ada);
  expect(await haltRun(ada, { runId: halted.id, reason: "Loops" })).toMatchObject({ ok: true });
  expect(await classesOf(top.id)).toEqual(["pii", "public"]);
  const lost = await child("health", top, 1, at(-20));
  await child("secret", lost, 2, at(-10));
  expect(await expireRuns({ ...ada, actor: { kind: "system", id: "worker" } })).toEqual({
    ok: true,
    value: { lost: 2 },
  });
  expect(await classesOf(top.id)).toEqual(["health", "pii", "public", "secret"]);
  expect((await db.run.findUniqueOrThrow({ where: { id: top.id } })).revision).toBe(2);
});
