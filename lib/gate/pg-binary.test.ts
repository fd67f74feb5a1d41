import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { OID, PgWriter } from "@/lib/gate/pg-binary";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** What PostgreSQL makes of a value as it was written; `pg` writes its length itself. */
async function read<T>(type: string, write: (writer: PgWriter) => void): Promise<T> {
  const writer = new PgWriter();
  write(writer);
  const value = writer.take();
  expect(value.readInt32BE(0)).toBe(value.length - 4);
  return (await database.pool.query(`SELECT $1::${type} AS value`, [value.subarray(4)])).rows[0].value;
}

const IDS = ["01a1fcc9-4cb9-71f9-8b3f-a1be9acfc7f5", "00000000-0000-0000-0000-000000000000"];
const TIMES = [
  "2026-11-21T10:00:00.123Z",
  "1969-12-31T23:59:59.999Z",
  "2000-01-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
];

it.each(["", "a", 'quoted "\\{},', "żółć 🙂", "é", "x".repeat(1_000_000), `${"x".repeat(47)}ü`])(
  "a text",
  async (text) => {
    expect(await read("text", (writer) => writer.text(text))).toBe(text);
  },
);

it("single values", async () => {
  for (const value of [0, -1, 256, 2_147_483_647, -2_147_483_648])
    expect(await read("int", (writer) => writer.integer(value))).toBe(value);
  for (const value of [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)])
    expect(await read("bigint", (writer) => writer.bigint(value))).toBe(value.toString());
  for (const value of [true, false]) expect(await read("boolean", (writer) => writer.boolean(value))).toBe(value);
  for (const value of TIMES)
    expect(await read("timestamptz", (writer) => writer.time(Date.parse(value)))).toEqual(new Date(value));
  for (const value of IDS) expect(await read("uuid", (writer) => writer.uuid(value))).toBe(value);
  for (const value of [Buffer.alloc(0), Buffer.from([0, 255, 92])])
    expect(await read("bytea", (writer) => writer.bytes(value))).toEqual(value);
});

it("arrays, with nulls and without, and empty ones", async () => {
  expect(await read("uuid[]", (writer) => writer.array(OID.uuid, IDS, (id) => writer.uuid(id)))).toEqual(IDS);
  const texts = ["a", null, "NULL"];
  expect(await read("text[]", (writer) => writer.array(OID.text, texts, (text) => writer.text(text)))).toEqual(texts);
  expect(await read("text[]", (writer) => writer.array(OID.text, [], () => {}))).toEqual([]);
});

it("begins anew after each message", () => {
  const writer = new PgWriter();
  writer.text("a");
  const first = writer.take();
  writer.text("b");
  expect(writer.take().toString("latin1")).toBe("\0\0\0\x01b");
  expect(first.toString("latin1")).toBe("\0\0\0\x01a");
});

it("leaves nothing of a message that could not be finished before the next one", () => {
  const writer = new PgWriter();
  writer.text("a".repeat(16 * 1024 * 1024));
  expect(() => writer.bigint(2n ** 63n)).toThrow(RangeError);
  writer.restart();
  writer.text("b");
  expect(writer.take().toString("latin1")).toBe("\0\0\0\x01b");
});
