import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { newId } from "@/lib/kernel/ids";
import { INVITE_MS, issueInvite, readInvite, redeemInvite } from "@/lib/people/invite";
import {
  createOrganisation,
  createTestDatabase,
  handClock,
  must,
  type TestDatabase,
  viewerOf,
} from "@/lib/people/people-testing";
import { signIn } from "@/lib/people/sign-in";
import { disablePerson } from "@/lib/people/status";

let database: TestDatabase;
let org: Awaited<ReturnType<typeof createOrganisation>>;
const clock = handClock();
beforeAll(async () => {
  database = await createTestDatabase();
  org = await createOrganisation(database.db, clock);
});
afterAll(() => database.close());

const services = () => ({ db: database.db, clock, newId });
const NEXT = "seven copper kettles sing";

describe("a link that sets a password", () => {
  it("works once, of two at one time for one", async () => {
    const admin = await viewerOf(database.db, clock, org.people.ada);
    const { token } = must(await issueInvite(admin, { personId: org.people.zoe }));
    expect((await readInvite(services(), token))?.person.email).toBe("zoe@example.com");
    const answers = await Promise.all([1, 2, 3].map(() => redeemInvite(services(), { token, password: NEXT })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await signIn(services(), { email: "zoe@example.com", password: NEXT, address: null })).toMatchObject({
      kind: "signed_in",
    });
    expect(await readInvite(services(), token)).toBeNull();
  });

  it("dies with a newer one, with time, and when the person is disabled", async () => {
    const admin = await viewerOf(database.db, clock, org.people.ada);
    const first = must(await issueInvite(admin, { personId: org.people.dan }));
    const second = must(await issueInvite(admin, { personId: org.people.dan }));
    expect(await readInvite(services(), first.token)).toBeNull();
    expect(await readInvite(services(), second.token)).not.toBeNull();
    clock.advance(INVITE_MS);
    expect(await redeemInvite(services(), { token: second.token, password: NEXT })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
    const third = must(await issueInvite(admin, { personId: org.people.dan }));
    must(await disablePerson(admin, { personId: org.people.dan }));
    expect(await redeemInvite(services(), { token: third.token, password: NEXT })).toMatchObject({ ok: false });
  });

  it.each(["", "x", "a".repeat(43), "../../etc"])("is not found for %j", async (token) => {
    expect(await readInvite(services(), token)).toBeNull();
  });

  it("stores only the hash of its token", async () => {
    const admin = await viewerOf(database.db, clock, org.people.ada);
    const { token } = must(await issueInvite(admin, { personId: org.people.sam }));
    const rows = await database.pool.query(
      "SELECT row_to_json(invite)::text AS row FROM invite UNION ALL SELECT body FROM audit_record",
    );
    expect(rows.rows.some(({ row }) => String(row).includes(token))).toBe(false);
  });

  it("is not made by an admin of a part for somebody whose role reaches further, nor by a manager", async () => {
    const pat = await viewerOf(database.db, clock, org.people.pat);
    expect(await issueInvite(pat, { personId: org.people.sue })).toMatchObject({ ok: true });
    expect(await issueInvite(pat, { personId: org.people.ada })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
    const sue = await viewerOf(database.db, clock, org.people.sue);
    expect(await issueInvite(sue, { personId: org.people.pat })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
  });
});
