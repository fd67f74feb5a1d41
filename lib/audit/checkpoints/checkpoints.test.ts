import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { suspendAgent } from "@/lib/agents/suspend";
import { resumeAgent } from "@/lib/agents/resume";
import { seedAcme } from "@/lib/approvals/test-store";
import type { CommandContext } from "@/lib/audit/change";
import { checkpointCommand, makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { checkpointFile, readKept, verifyKept } from "@/lib/audit/checkpoints/kept";
import { signerOf } from "@/lib/audit/checkpoints/signer";
import { verifyCheckpoints } from "@/lib/audit/checkpoints/verify-checkpoints";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let operator: CommandContext;

const TABLES = ["audit_record", "audit_stream", "checkpoint", "checkpoint_head"];
const GUARDED = ["audit_record", "checkpoint", "checkpoint_head"];

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  operator = { db: database.db, actor: { kind: "cli", id: "test" }, clock: { now: () => new Date() }, newId };
  // Records 1 and 2, checkpoint 1 with record 3; 4 and 5, checkpoint 2 with record 6; and 7.
  for (let i = 0; i < 2; i++) {
    await suspendAgent(operator, { id: acme.ids.desk, reason: `check ${i}` });
    await resumeAgent(operator, { id: acme.ids.desk, reason: `checked ${i}` });
    await makeCheckpoint(operator, {});
  }
  await suspendAgent(operator, { id: acme.ids.ledger, reason: "behind the last checkpoint" });
});
afterAll(() => database.close());

/** Looks at the store as an owner of the database left it who turned the guards off, and puts everything back afterwards. */
async function tampered<T>(sql: readonly string[], look: () => Promise<T>): Promise<T> {
  const { ownerDb } = database;
  const each = async (tables: readonly string[], say: (table: string) => string): Promise<void> => {
    for (const table of tables) await ownerDb.$executeRawUnsafe(say(table));
  };
  await each(TABLES, (table) => `CREATE TABLE kept_${table} AS TABLE ${table}`);
  await each(GUARDED, (table) => `ALTER TABLE ${table} DISABLE TRIGGER append_only`);
  try {
    for (const one of sql) await ownerDb.$executeRawUnsafe(one);
    return await look();
  } finally {
    await ownerDb.$executeRawUnsafe(`TRUNCATE ${TABLES.join(", ")}`);
    await each(TABLES, (table) => `INSERT INTO ${table} SELECT * FROM kept_${table}`);
    await each(TABLES, (table) => `DROP TABLE kept_${table}`);
    await each(GUARDED, (table) => `ALTER TABLE ${table} ENABLE TRIGGER append_only`);
  }
}

/** Cuts the stream off behind a record, and moves its head there: the chain that is left holds by itself. */
const cutBehind = (seq: number): string[] => [
  `DELETE FROM audit_record WHERE seq > ${seq}`,
  `UPDATE audit_stream SET seq = ${seq}, head_hash = (SELECT hash FROM audit_record WHERE seq = ${seq})`,
];

describe("checkpoints", () => {
  it("hold, each after the one before, over all that stood when they were made", async () => {
    expect(await verifyCheckpoints(database.db)).toEqual({
      checkpoints: 2,
      keys: [signerOf("tests sign their checkpoints with this").keyId],
      faults: [],
    });
    const records = await database.db.checkpoint.findMany({ orderBy: { seq: "asc" }, select: { body: true } });
    expect(records.map((one) => JSON.parse(one.body).records)).toEqual(["2", "5"]);
  });

  it("I8: find a stream whose end was cut off together with its head, which the chains alone do not", async () => {
    const found = await tampered(cutBehind(4), async () => ({
      chains: await verifyStreams(database.db),
      whole: await verifyAudit(operator),
    }));
    expect(found.chains.faults).toEqual([]);
    expect(found.whole).toMatchObject({
      ok: true,
      value: {
        faults: [
          { kind: "checkpoint", stream: "checkpoint", seq: 2n },
          { kind: "checkpoint", stream: "configuration", seq: 5n },
        ],
      },
    });
  });

  it("find a stream that is gone as a whole, and one that was written anew", async () => {
    const gone = await tampered(["DELETE FROM audit_record", "DELETE FROM audit_stream"], () =>
      verifyCheckpoints(database.db),
    );
    expect(gone.faults).toContainEqual(expect.objectContaining({ stream: "configuration", seq: 2n }));
    const anew = await tampered(
      [
        "UPDATE audit_record SET hash = sha256(hash) WHERE seq = 5",
        "UPDATE audit_stream SET head_hash = sha256(head_hash)",
      ],
      () => verifyCheckpoints(database.db),
    );
    expect(anew.faults).toContainEqual(expect.objectContaining({ stream: "configuration", seq: 5n }));
  });

  it("cannot say what was cut off behind the last of them", async () => {
    const found = await tampered(cutBehind(6), () => verifyCheckpoints(database.db));
    expect(found.faults).toEqual([]);
  });

  it.each([
    ["DELETE FROM checkpoint_head WHERE checkpoint_seq = 2", 2n, "heads"],
    ["UPDATE checkpoint_head SET seq = 4 WHERE checkpoint_seq = 2", 2n, "heads"],
    ['UPDATE checkpoint SET body = replace(body, \'"records":"5"\', \'"records":"4"\') WHERE seq = 2', 2n, "signature"],
    ["UPDATE checkpoint SET body = body || ' ' WHERE seq = 1", 1n, "body"],
    [
      "UPDATE checkpoint SET signature = set_byte(signature, 0, 255 - get_byte(signature, 0)) WHERE seq = 1",
      1n,
      "signature",
    ],
    ["UPDATE checkpoint SET public_key = '\\x00' WHERE seq = 1", 1n, "key"],
    ["UPDATE checkpoint SET at = at + interval '1 millisecond' WHERE seq = 2", 2n, "time"],
  ])("are named when somebody runs %s", async (sql, seq, words) => {
    const { faults } = await tampered(["ALTER TABLE checkpoint_head DISABLE TRIGGER ALL", sql], () =>
      verifyCheckpoints(database.db),
    );
    const own = faults.filter((fault) => fault.stream === "checkpoint");
    expect(own).toEqual([expect.objectContaining({ seq, message: expect.stringContaining(words) })]);
  });

  it("are missed when they were taken away, because their records stand in a chain", async () => {
    const { faults } = await tampered(
      ["DELETE FROM checkpoint_head WHERE checkpoint_seq = 2", "DELETE FROM checkpoint WHERE seq = 2"],
      () => verifyCheckpoints(database.db),
    );
    expect(faults).toEqual([expect.objectContaining({ seq: 2n, message: "Checkpoint 2 was recorded and is gone." })]);
  });

  it("are not made over a record that contradicts the last one", async () => {
    const made = await tampered(cutBehind(4), () => makeCheckpoint(operator, {}));
    expect(made).toMatchObject({ ok: false, error: { code: "record_contradicted" } });
    expect(made.ok ? "" : made.error.message).toContain("contradicts checkpoint 2: configuration #5");
  });

  it("can be kept elsewhere, and show there what even their own removal cannot hide", async () => {
    const file = (await checkpointFile(database.db, 2n)) ?? "";
    const kept = readKept(file);
    if (typeof kept === "string") throw new Error(kept);
    expect(await verifyKept(database.db, kept)).toEqual([]);
    // The whole end is gone: records, head, checkpoint, and what was recorded of it.
    const everything = ["DELETE FROM checkpoint_head WHERE checkpoint_seq = 2", "DELETE FROM checkpoint WHERE seq = 2"];
    const found = await tampered([...cutBehind(3), ...everything], async () => ({
      inside: (await verifyCheckpoints(database.db)).faults,
      outside: await verifyKept(database.db, kept),
    }));
    expect(found.inside).toEqual([]);
    expect(found.outside).toEqual([
      expect.objectContaining({ stream: "configuration", seq: 5n }),
      expect.objectContaining({ stream: "checkpoint", seq: 2n, message: "Checkpoint 2 is gone here." }),
    ]);
  });

  it.each([
    [
      "signature",
      (file: string) =>
        file.replace(/"signature": "./, (start) =>
          start.endsWith("A") ? `${start.slice(0, -1)}B` : `${start.slice(0, -1)}A`,
        ),
    ],
    ["heads", (file: string) => file.replace(/"seq": "5"/, '"seq": "4"')],
    ["signature", (file: string) => file.replace(String.raw`\"records\":\"5\"`, String.raw`\"records\":\"4\"`)],
    ["file", () => "{}"],
  ])("are refused as a file whose %s was edited", async (words, edit) => {
    const file = (await checkpointFile(database.db, 2n)) ?? "";
    expect(edit(file)).not.toBe(file);
    expect(readKept(edit(file))).toContain(words);
  });

  it("are made once for what was recorded, however many ask, and name the key that signed", async () => {
    const other = checkpointCommand(() => signerOf("another key, which came after the first"));
    const made = await Promise.all(Array.from({ length: 4 }, () => other(operator, {})));
    expect(made.filter((one) => one.ok)).toHaveLength(1);
    expect(made.filter((one) => !one.ok && one.error.code === "conflict")).toHaveLength(3);
    const { faults, keys } = await verifyCheckpoints(database.db);
    expect(faults).toEqual([]);
    expect(keys).toHaveLength(2);
  });

  it("are made by people who read the audit, and by no agent", async () => {
    expect(await makeCheckpoint(await acme.viewer(acme.ids.rob), {})).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    expect(await makeCheckpoint({ ...operator, actor: { kind: "agent", id: acme.ids.desk } }, {})).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    await suspendAgent(operator, { id: acme.ids.helper, reason: "something new" });
    expect(await makeCheckpoint(await acme.viewer(acme.ids.ada), {})).toMatchObject({ ok: true });
  });
});
