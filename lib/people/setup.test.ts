import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { loadViewer } from "@/lib/auth/load-viewer";
import { newId } from "@/lib/kernel/ids";
import { isSetUp } from "@/lib/people/is-set-up";
import {
  createTestDatabase,
  handClock,
  must,
  operator,
  PASSWORD,
  type TestDatabase,
} from "@/lib/people/people-testing";
import { setUp } from "@/lib/people/setup";

let database: TestDatabase;
const clock = handClock();
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.close());

const input = (email: string) => ({ organisation: "Northwind", name: "Ada Root", email, password: PASSWORD });

describe("first run", () => {
  it("refuses a weak password and one made of the person's own words, and changes nothing", async () => {
    const { db } = database;
    const weak = await setUp(operator(db, clock), { ...input("ada@example.com"), password: "Ada Root Northwind" });
    expect(weak).toMatchObject({ ok: false, error: { code: "invalid_input", field: "password" } });
    expect(await isSetUp(db)).toBe(false);
    expect(await db.node.count()).toBe(0);
  });

  it("of several that come at once exactly one wins, and only it leaves a trace", async () => {
    const { db } = database;
    const answers = await Promise.all(
      ["a", "b", "c", "d"].map((name) => setUp(operator(db, clock), input(`${name}@example.com`))),
    );
    const won = answers.filter((answer) => answer.ok);
    expect(won).toHaveLength(1);
    for (const lost of answers.filter((answer) => !answer.ok))
      expect(lost).toMatchObject({ error: { code: "setup_done" } });
    expect(await db.person.count()).toBe(1);
    expect(await db.auditRecord.count({ where: { action: "organisation.set_up" } })).toBe(1);
    const [root] = await db.node.findMany({ select: { slug: true, name: true, parentId: true } });
    expect(root).toEqual({ slug: "organisation", name: "Northwind", parentId: null });
    expect(await db.configuration.findUnique({ where: { id: 1 }, select: { organisation: true } })).toEqual({
      organisation: "Northwind",
    });
  });

  it("makes the first person admin of the whole organisation", async () => {
    const { db } = database;
    const person = await db.person.findFirstOrThrow({ select: { id: true, passwordHash: true } });
    expect(person.passwordHash).toMatch(/^\$argon2id\$/);
    const viewer = await loadViewer({ db, clock, newId }, { personId: person.id, sessionEpoch: 0 });
    expect(viewer?.access.canEverywhere("people.write")).toBe(true);
  });
});

describe("first run after a manifest", () => {
  it("adopts the root and the person that are there", async () => {
    const other = await createTestDatabase();
    const { db } = other;
    const nodeId = newId();
    await db.node.create({ data: { id: nodeId, kind: "team", slug: "organisation", name: "Acme" } });
    const personId = newId();
    await db.person.create({ data: { id: personId, email: "ana@example.com", name: "Ana" } });
    expect(await isSetUp(db)).toBe(false);
    const done = must(
      await setUp(operator(db, clock), { name: "Ana Reyes", email: "Ana@Example.com ", password: PASSWORD }),
    );
    expect(done.personId).toBe(personId);
    expect(await db.roleBinding.findMany({ select: { personId: true, role: true, nodeId: true } })).toEqual([
      { personId, role: "admin", nodeId },
    ]);
    expect(await isSetUp(db)).toBe(true);
    await other.close();
  });
});
