import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { suspendAgent } from "@/lib/agents/suspend";
import { resumeAgent } from "@/lib/agents/resume";
import { seedAcme } from "@/lib/approvals/test-store";
import type { CommandContext } from "@/lib/audit/change";
import { auditStreams } from "@/lib/audit/queries";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let operator: CommandContext;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  operator = { db: database.db, actor: { kind: "cli", id: "test" }, clock: { now: () => new Date() }, newId };
  for (let i = 0; i < 5; i++) {
    await suspendAgent(operator, { id: acme.ids.desk, reason: `check ${i}` });
    await resumeAgent(operator, { id: acme.ids.desk, reason: `checked ${i}` });
  }
});
afterAll(() => database.close());

/** Looks behind the guards as only an owner of the database could: with the triggers off, and everything put back afterwards. */
async function tampered<T>(sql: string, look: () => Promise<T>): Promise<T> {
  const { ownerDb } = database;
  await ownerDb.$executeRawUnsafe("CREATE TABLE kept_record AS TABLE audit_record");
  await ownerDb.$executeRawUnsafe("CREATE TABLE kept_stream AS TABLE audit_stream");
  await ownerDb.$executeRawUnsafe("ALTER TABLE audit_record DISABLE TRIGGER append_only");
  try {
    await ownerDb.$executeRawUnsafe(sql);
    return await look();
  } finally {
    await ownerDb.$executeRawUnsafe("TRUNCATE audit_record, audit_stream");
    await ownerDb.$executeRawUnsafe("INSERT INTO audit_record SELECT * FROM kept_record");
    await ownerDb.$executeRawUnsafe("INSERT INTO audit_stream SELECT * FROM kept_stream");
    await ownerDb.$executeRawUnsafe("DROP TABLE kept_record, kept_stream");
    await ownerDb.$executeRawUnsafe("ALTER TABLE audit_record ENABLE TRIGGER append_only");
  }
}

describe("I8: the record in the store", () => {
  it("verifies whole, in batches, with progress", async () => {
    const seen: number[] = [];
    const found = await verifyStreams(database.db, { batchSize: 3, onProgress: ({ records }) => seen.push(records) });
    expect(found).toEqual({ streams: 1, records: 10, faults: [] });
    expect(seen).toEqual([3, 6, 9, 10, 10]);
  });

  it.each([
    ["UPDATE audit_record SET actor_id = 'somebody' WHERE seq = 4", "column", 4n],
    ["UPDATE audit_record SET at = at + interval '1 millisecond' WHERE seq = 4", "column", 4n],
    ["UPDATE audit_record SET node_id = NULL WHERE seq = 4", "column", 4n],
    ["UPDATE audit_record SET body = replace(body, 'check', 'chock') WHERE seq = 5", "hash", 5n],
    ["UPDATE audit_record SET body = body || ' ' WHERE seq = 10", "hash", 10n],
    ["UPDATE audit_record SET hash = set_byte(hash, 0, 255 - get_byte(hash, 0)) WHERE seq = 6", "hash", 6n],
    [
      "UPDATE audit_record SET hash = sha256(prev_hash || convert_to(body || ' ', 'UTF8')), body = body || ' ' WHERE seq = 6",
      "link",
      7n,
    ],
    ["UPDATE audit_record SET prev_hash = set_byte(prev_hash, 31, 1) WHERE seq = 1", "link", 1n],
    ["DELETE FROM audit_record WHERE seq = 2", "gap", 2n],
    ["DELETE FROM audit_record WHERE seq = 10", "gap", 10n],
    ["DELETE FROM audit_record", "gap", 1n],
    ["UPDATE audit_stream SET seq = 9", "head", 9n],
    ["UPDATE audit_stream SET head_hash = set_byte(head_hash, 3, 255 - get_byte(head_hash, 3))", "head", 10n],
    ["DELETE FROM audit_stream", "stream", 1n],
    [
      "INSERT INTO audit_record SELECT stream, 11, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, hash, hash FROM audit_record WHERE seq = 10",
      "head",
      11n,
    ],
    [
      "INSERT INTO audit_record SELECT stream, 0, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, hash, hash FROM audit_record WHERE seq = 10",
      "head",
      0n,
    ],
    ["UPDATE audit_record SET seq = 21 - seq WHERE seq > 5", "gap", 6n],
  ])("names the record when somebody runs %s", async (sql, kind, seq) => {
    const found = await tampered(sql, () => verifyStreams(database.db, { batchSize: 4 }));
    expect(found.faults).toEqual([expect.objectContaining({ stream: "configuration", kind, seq })]);
  });

  it("is verified while others write", async () => {
    const writing = Promise.all(
      Array.from({ length: 4 }, () => suspendAgent(operator, { id: acme.ids.ledger, reason: "race" })),
    );
    const found = await Promise.all(Array.from({ length: 4 }, () => verifyStreams(database.db, { batchSize: 1 })));
    await writing;
    expect(found.flatMap((one) => one.faults)).toEqual([]);
  });

  it("tells when it was last verified, and what was found", async () => {
    const viewer = await acme.viewer(acme.ids.ada);
    expect((await auditStreams(viewer)).lastVerified).toBeNull();
    expect(await verifyAudit(viewer)).toMatchObject({ ok: true, value: { streams: 1, faults: [] } });
    expect((await auditStreams(viewer)).lastVerified).toMatchObject({ at: viewer.clock.now(), streams: 1, faults: 0 });
  });

  it("is verified for nobody who may not read it", async () => {
    expect(await verifyAudit(await acme.viewer(acme.ids.rob))).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    expect(await verifyAudit({ ...operator, actor: { kind: "agent", id: acme.ids.desk } })).toMatchObject({
      ok: false,
    });
  });

  it.each(["audit_record", "decision", "event", "agent_version", "policy_version"])(
    "the runtime role cannot update, delete or truncate %s, nor turn its guard off",
    async (table) => {
      const { pool } = database;
      const column =
        table === "audit_record" ? "action" : table === "event" ? "name" : table === "decision" ? "code" : "created_at";
      for (const sql of [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
        `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
        `DROP TABLE ${table} CASCADE`,
      ]) {
        await expect(pool.query(sql)).rejects.toMatchObject({ code: "42501" });
      }
    },
  );

  it("not even the owner changes a record without turning the guard off first", async () => {
    await expect(database.ownerDb.$executeRaw`DELETE FROM audit_record`).rejects.toThrow("append-only");
    await expect(database.ownerDb.$executeRaw`UPDATE audit_record SET action = action`).rejects.toThrow("append-only");
  });
});
