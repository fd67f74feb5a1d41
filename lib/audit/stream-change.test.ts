import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { ProcessStreams, streamChange, type StreamChange } from "@/lib/audit/stream-change";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { fail, ok } from "@/lib/kernel/result";

let database: TestDatabase;
let streams: ProcessStreams;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.ownerDb.$executeRawUnsafe("TRUNCATE audit_record, audit_stream");
  streams = new ProcessStreams(database.pool, "gate/test/runs");
});
afterAll(() => database.close());

const agent = { kind: "agent", id: "desk" } as const;
const note = (change: StreamChange) =>
  change.audit(agent, { action: "run.start", subjectKind: "run", subjectId: "1", nodeId: null, detail: {} });

function noted(body: (change: StreamChange) => Promise<unknown> = () => Promise.resolve()) {
  return streamChange(streams, new Date(), async (change) => {
    note(change);
    await body(change);
    return ok(null);
  });
}

async function waitingForRecords(): Promise<number> {
  const [row] = await database.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'audit_record'::regclass`;
  return Number(row?.count);
}

/** How many records each stream has, and that all of them hold together. */
async function stored(): Promise<Record<string, number>> {
  expect(await verifyStreams(database.db)).toMatchObject({ faults: [] });
  const rows = await database.db.auditStream.findMany({ orderBy: { id: "asc" } });
  return Object.fromEntries(rows.map(({ id, seq }) => [id.replace("gate/test/runs/", ""), Number(seq)]));
}

it("changes one after the other share a stream, whatever connection each has", async () => {
  for (let i = 0; i < 3; i++) {
    await noted();
    const client = await database.pool.connect();
    client.release(true);
  }
  expect(await stored()).toEqual({ 1: 3 });
});

it("changes at once have a stream each, and those after them open none", async () => {
  await database.ownerDb
    .$transaction(
      async (tx) => {
        // Both have begun their stream, and wait for the store to take their record.
        await tx.$executeRaw`LOCK TABLE audit_record IN ACCESS EXCLUSIVE MODE`;
        const both = Promise.all([noted(), noted()]);
        await expect.poll(waitingForRecords).toBe(2);
        return { both };
      },
      { timeout: 60_000 },
    )
    .then(({ both }) => both);
  await noted();
  const each = await stored();
  expect(Object.keys(each)).toEqual(["1", "2"]);
  expect(Object.values(each).toSorted()).toEqual([1, 2]);
});

it("what was refused leaves the stream where it stands", async () => {
  await noted();
  await streamChange(streams, new Date(), (change) => {
    note(change);
    return Promise.resolve(fail("conflict", "No."));
  });
  await noted();
  expect(await stored()).toEqual({ 1: 2 });
});

it("a change that is cut off before it recorded anything leaves the stream where it stands", async () => {
  await noted();
  const cut = noted((change) => change.query("cut", "SELECT pg_terminate_backend(pg_backend_pid())", []));
  await expect(cut).rejects.toThrow(/terminating connection/);
  await noted();
  expect(await stored()).toEqual({ 1: 2 });
});

it("a change whose commit was not answered well takes its stream along", async () => {
  await noted();
  const { ownerDb } = database;
  await ownerDb.$executeRaw`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full''; END'`;
  await ownerDb.$executeRaw`CREATE CONSTRAINT TRIGGER refuses AFTER INSERT ON audit_record
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`;
  await expect(noted()).rejects.toThrow("disk full");
  await ownerDb.$executeRaw`DROP TRIGGER refuses ON audit_record`;
  await noted();
  expect(await stored()).toEqual({ 1: 1, 2: 1 });
});

it("where a stream is not as it was left, all begin anew", async () => {
  await noted();
  await database.ownerDb.$executeRawUnsafe("TRUNCATE audit_record, audit_stream");
  await expect(noted()).rejects.toThrow("not where this process left it");
  await noted();
  expect(await stored()).toEqual({ 2: 1 });
});
