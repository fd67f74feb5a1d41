import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { byteaArray, intArray, textArray, timeArray } from "@/lib/gate/pg-arrays";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const read = async (type: string, value: Buffer): Promise<unknown> =>
  (await database.pool.query(`SELECT $1::${type}[] AS value`, [value])).rows[0].value;

it("PostgreSQL reads every array as it was meant", async () => {
  const texts = ["", "a", null, 'quoted "\\{},', "żółć 🙂", "x".repeat(200_000), "NULL"];
  expect(await read("text", textArray(texts))).toEqual(texts);
  const bytes = [Buffer.alloc(0), Buffer.from([0, 255, 92]), null];
  expect(await read("bytea", byteaArray(bytes))).toEqual(bytes);
  const numbers = [0, -1, 2_147_483_647, -2_147_483_648];
  expect(await read("int", intArray(numbers))).toEqual(numbers);
  const times = [
    "2026-11-21T10:00:00.123Z",
    "1969-12-31T23:59:59.999Z",
    "2000-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
  ];
  expect(await read("timestamptz", timeArray([...times.map(Date.parse), null]))).toEqual([
    ...times.map((time) => new Date(time)),
    null,
  ]);
  for (const [type, empty] of [
    ["text", textArray([])],
    ["int", intArray([])],
  ] as const)
    expect(await read(type, empty)).toEqual([]);
});
