import { afterAll, beforeEach, describe, expect, it } from "vitest";

import {
  createOrganisation,
  createTestDatabase,
  handClock,
  must,
  operator,
  type TestDatabase,
  viewerOf,
} from "@/lib/people/people-testing";
import { grantRole } from "@/lib/people/role-grant";
import { revokeRole } from "@/lib/people/role-revoke";
import { disablePerson } from "@/lib/people/status";

const clock = handClock();
const open: TestDatabase[] = [];
let database: TestDatabase;
let org: Awaited<ReturnType<typeof createOrganisation>>;
beforeEach(async () => {
  database = await createTestDatabase();
  open.push(database);
  org = await createOrganisation(database.db, clock);
});
afterAll(() => Promise.all(open.map((each) => each.close())));

const admins = () =>
  database.db.roleBinding.count({ where: { role: "admin", nodeId: org.nodes.root, person: { status: "active" } } });

describe("the last admin", () => {
  it("is neither disabled nor loses the role, whoever asks", async () => {
    const ctx = operator(database.db, clock);
    expect(await disablePerson(ctx, { personId: org.people.ada })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
    const role = { personId: org.people.ada, role: "admin" as const, nodeId: org.nodes.root };
    expect(await revokeRole(ctx, role)).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await admins()).toBe(1);
  });

  it("remains when two admins disable each other at one time", async () => {
    must(
      await grantRole(operator(database.db, clock), {
        personId: org.people.sam,
        role: "admin",
        nodeId: org.nodes.root,
      }),
    );
    const [ada, sam] = [
      await viewerOf(database.db, clock, org.people.ada),
      await viewerOf(database.db, clock, org.people.sam),
    ];
    const answers = await Promise.all([
      disablePerson(ada, { personId: org.people.sam }),
      disablePerson(sam, { personId: org.people.ada }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await admins()).toBe(1);
  });

  it("does not count somebody who cannot sign in", async () => {
    const ctx = operator(database.db, clock);
    must(await grantRole(ctx, { personId: org.people.zoe, role: "admin", nodeId: org.nodes.root }));
    await database.db.person.update({ where: { id: org.people.zoe }, data: { passwordHash: null } });
    expect(await disablePerson(ctx, { personId: org.people.ada })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
  });
});

describe("disabling", () => {
  it("I12: of somebody out of sight is not found; within sight without the role it is forbidden", async () => {
    const pat = await viewerOf(database.db, clock, org.people.pat);
    expect(await disablePerson(pat, { personId: org.people.sam })).toMatchObject({ error: { code: "not_found" } });
    const sue = await viewerOf(database.db, clock, org.people.sue);
    expect(await disablePerson(sue, { personId: org.people.dan })).toMatchObject({ error: { code: "forbidden" } });
    must(await disablePerson(pat, { personId: org.people.dan }));
  });

  it("by an admin of a part does not reach somebody who also stands elsewhere", async () => {
    must(
      await grantRole(operator(database.db, clock), {
        personId: org.people.dan,
        role: "auditor",
        nodeId: org.nodes.sales,
      }),
    );
    const pat = await viewerOf(database.db, clock, org.people.pat);
    expect(await disablePerson(pat, { personId: org.people.dan })).toMatchObject({ error: { code: "forbidden" } });
  });

  it("of oneself is refused", async () => {
    must(
      await grantRole(operator(database.db, clock), {
        personId: org.people.sam,
        role: "admin",
        nodeId: org.nodes.root,
      }),
    );
    const ada = await viewerOf(database.db, clock, org.people.ada);
    expect(await disablePerson(ada, { personId: org.people.ada })).toMatchObject({ error: { code: "conflict" } });
  });
});
