import { afterAll, beforeAll, expect, it } from "vitest";

import { resumeAgent } from "@/lib/agents/resume";
import { suspendAgent } from "@/lib/agents/suspend";
import { seedAcme } from "@/lib/approvals/test-store";
import { currentHeads } from "@/lib/audit/checkpoints/signed-heads";
import { auditCsv, auditLines, recordExport } from "@/lib/audit/exports/export-audit";
import { verifyExport } from "@/lib/audit/exports/verify-export";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
/** Ada sees all, Fay finance; Rob reviews and reads no audit. */
let ada: Viewer;
let fay: Viewer;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  ada = await acme.viewer(acme.ids.ada);
  fay = await acme.viewer(acme.ids.fay);
  await suspendAgent(ada, { id: acme.ids.desk, reason: "=cmd|' /C calc'!A1" });
  await suspendAgent(ada, { id: acme.ids.ledger, reason: "quarter end" });
  await resumeAgent(ada, { id: acme.ids.desk, reason: "explained" });
});
afterAll(() => database.close());

async function text(parts: AsyncGenerator<string>): Promise<string> {
  let all = "";
  for await (const part of parts) all += part;
  return all;
}

const said = { at: new Date("2026-11-21T12:00:00Z"), filters: {} };
const linesOf = async (viewer: Viewer, params = {}) => (await text(auditLines(viewer, params, said))).split("\n");

it("JSON Lines hold every record, and can be recomputed up to what a checkpoint signs", async () => {
  const lines = await linesOf(ada);
  expect(await verifyExport(lines, await currentHeads(database.db))).toMatchObject({
    head: { by: ada.person.email },
    records: 3,
    streams: 1,
    gaps: 0,
    anchored: 3,
    complete: true,
    faults: [],
  });
});

it("I12: hold what the reader sees, and say where something is left out", async () => {
  const lines = await linesOf(fay);
  expect(lines.join("")).toContain("quarter end");
  expect(lines.join("")).not.toContain("explained");
  expect(await verifyExport(lines)).toMatchObject({ records: 1, gaps: 1, complete: true, faults: [] });
  expect(await verifyExport(await linesOf(ada, { actions: ["agent.resume"] }))).toMatchObject({ records: 1, gaps: 1 });
  expect(await verifyExport(await linesOf(await acme.viewer(acme.ids.rob)))).toMatchObject({
    records: 0,
    complete: true,
  });
});

it("CSV holds the same, newest first, and no formula", async () => {
  const rows = (await text(auditCsv(ada, {}))).split("\r\n");
  expect(rows).toHaveLength(5);
  expect(rows[0]).toMatch(/^at,action,summary,actor_kind,/);
  expect(rows[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,agent\.resume,/);
  expect(rows[3]).toContain(`,'=cmd|' /C calc'!A1,`);
  expect(await text(auditCsv(fay, {}))).not.toContain("explained");
});

it.each([1, 2, 3])("hold the same, read %d at a time", async (take) => {
  expect((await text(auditLines(ada, {}, said, take))).split("\n")).toEqual(await linesOf(ada));
  expect(await text(auditCsv(ada, {}, take))).toBe(await text(auditCsv(ada, {})));
  expect((await text(auditLines(fay, {}, said, take))).split("\n")).toEqual(await linesOf(fay));
});

it("that somebody exports is recorded, and refused without the right", async () => {
  const input = { what: "audit" as const, format: "csv" as const, filters: { what: "agent" } };
  expect(await recordExport(await acme.viewer(acme.ids.rob), input)).toMatchObject({
    ok: false,
    error: { code: "forbidden" },
  });
  expect(await recordExport(ada, input)).toMatchObject({ ok: true });
  const record = await database.db.auditRecord.findFirst({ where: { action: "audit.export" } });
  expect(record).toMatchObject({ actorId: ada.person.id, subjectId: "audit" });
  expect(JSON.parse(record?.body ?? "").detail).toEqual({ format: "csv", filters: { what: "agent" } });
});

it("of one run it is a record about that run, for whoever sees its agent", async () => {
  const run = await acme.run(acme.ids.ledger);
  expect(await recordExport(fay, { what: "run", format: "jsonl", filters: { run: run.id }, run })).toMatchObject({
    ok: true,
  });
  const record = await database.db.auditRecord.findFirst({ where: { action: "run.export" } });
  expect(record).toMatchObject({ subjectKind: "run", subjectId: run.id, nodeId: acme.ids.ledger });
});
