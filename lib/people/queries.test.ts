import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { newId } from "@/lib/kernel/ids";
import { listPeople } from "@/lib/people/list-queries";
import {
  createOrganisation,
  createTestDatabase,
  handClock,
  must,
  operator,
  type TestDatabase,
  viewerOf,
} from "@/lib/people/people-testing";
import { getPerson, grantableNodes } from "@/lib/people/queries";
import { grantRole } from "@/lib/people/role-grant";
import { disablePerson } from "@/lib/people/status";
import { searchRecords } from "@/lib/search/queries";

let database: TestDatabase;
let org: Awaited<ReturnType<typeof createOrganisation>>;
const clock = handClock();
beforeAll(async () => {
  database = await createTestDatabase();
  org = await createOrganisation(database.db, clock);
});
afterAll(() => database.close());

type Name = keyof typeof org.people;
const as = (name: Name) => viewerOf(database.db, clock, org.people[name]);
const names = async (viewer: Name) => (await listPeople(await as(viewer), {})).rows.map((row) => row.name);

describe("I12: whom one sees", () => {
  it("is everybody for who stands at the root, else the own subtree and oneself", async () => {
    expect(await names("ada")).toEqual(["Ada Root", "dan", "pat", "sam", "sue", "zoe"]);
    expect(await names("sue")).toEqual(["dan", "pat", "sue"]);
    expect(await names("sam")).toEqual(["sam"]);
    expect(await names("dan")).toEqual(["dan"]);
    expect(await names("zoe")).toEqual(["zoe"]);
  });

  it("list, page and search agree for every pair of people", async () => {
    for (const [name, id] of Object.entries(org.people)) {
      const viewer = await viewerOf(database.db, clock, id);
      const listed = new Set((await listPeople(viewer, {})).rows.map((row) => row.id));
      const found = new Set((await searchRecords(viewer, "@example.com")).map((hit) => hit.id));
      for (const other of Object.values(org.people)) {
        expect((await getPerson(viewer, other)) !== null, `${name} sees ${other}`).toBe(listed.has(other));
      }
      expect([...found].filter((other) => !listed.has(other))).toEqual([]);
    }
  });

  it("a foreign, unknown or malformed id is nobody", async () => {
    const sue = await as("sue");
    expect(await getPerson(sue, org.people.sam)).toBeNull();
    expect(await getPerson(sue, newId())).toBeNull();
    expect(await getPerson(sue, "' OR 1=1 --")).toBeNull();
  });

  it("tells only the roles on nodes within sight", async () => {
    must(
      await grantRole(operator(database.db, clock), {
        personId: org.people.dan,
        role: "auditor",
        nodeId: org.nodes.sales,
      }),
    );
    const roles = async (viewer: Name) =>
      (await getPerson(await as(viewer), org.people.dan))?.roles.map((held) => held.node.slug);
    expect(await roles("sue")).toEqual(["desk"]);
    expect(await roles("sam")).toEqual(["sales"]);
    expect(await roles("dan")).toEqual(["desk", "sales"]);
    expect((await listPeople(await as("sue"), { roles: ["auditor"] })).rows).toEqual([]);
  });
});

describe("the list of people", () => {
  it("finds by name and e-mail, filters, sorts and pages", async () => {
    const ada = await as("ada");
    expect((await listPeople(ada, { q: "ADA root" })).rows.map((row) => row.email)).toEqual(["ada@example.com"]);
    expect((await listPeople(ada, { q: "100%_\0" })).rows).toEqual([]);
    must(await disablePerson(ada, { personId: org.people.zoe }));
    expect((await listPeople(ada, { states: ["disabled"] })).rows.map((row) => row.name)).toEqual(["zoe"]);
    expect((await listPeople(ada, { roles: ["manager"] })).rows.map((row) => row.name)).toEqual(["sam", "sue"]);
    const page = await listPeople(ada, { sort: { id: "name", desc: true }, size: 2, page: 2 });
    expect(page.rows.map((row) => row.name)).toEqual(["sam", "pat"]);
    expect(page.total).toBe(6);
  });

  it("hands out no secrets", async () => {
    const ada = await as("ada");
    const told = JSON.stringify([await listPeople(ada, {}), await getPerson(ada, org.people.sam)]);
    expect(told).not.toMatch(/argon2|hash|epoch/i);
  });
});

const slugs = async (viewer: Name) => (await grantableNodes(await as(viewer))).map((node) => node.slug);

describe("where roles may be given", () => {
  it("is the part of the chart that one administers", async () => {
    expect(await slugs("ada")).toEqual(["organisation", "sales", "support", "desk"]);
    expect(await slugs("pat")).toEqual(["support", "desk"]);
    expect(await slugs("sue")).toEqual([]);
  });
});
