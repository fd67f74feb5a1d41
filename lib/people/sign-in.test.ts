import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { loadViewer } from "@/lib/auth/load-viewer";
import { FIRST_BLOCK_MS, WINDOW_MS } from "@/lib/auth/throttle";
import { newId } from "@/lib/kernel/ids";
import { changePassword } from "@/lib/people/account";
import {
  createOrganisation,
  createTestDatabase,
  handClock,
  must,
  operator,
  PASSWORD,
  type TestDatabase,
  viewerOf,
} from "@/lib/people/people-testing";
import { signIn } from "@/lib/people/sign-in";
import { disablePerson, enablePerson } from "@/lib/people/status";
import { sweepThrottle } from "@/lib/people/throttle-store";

let database: TestDatabase;
let org: Awaited<ReturnType<typeof createOrganisation>>;
const clock = handClock();
beforeAll(async () => {
  database = await createTestDatabase();
  org = await createOrganisation(database.db, clock);
});
afterAll(() => database.close());

const services = () => ({ db: database.db, clock, newId });
const attempt = (email: string, password: string, address: string | null = null) =>
  signIn(services(), { email, password, address });
const audited = (action: string, subjectId: string) => database.db.auditRecord.count({ where: { action, subjectId } });

describe("sign-in", () => {
  it("gives the claims of a session that holds, and records it", async () => {
    const answer = await attempt(" SAM@example.com", PASSWORD);
    expect(answer).toEqual({ kind: "signed_in", claims: { personId: org.people.sam, sessionEpoch: 0 } });
    expect(await audited("sign_in.success", org.people.sam)).toBe(1);
    const { lastSignInAt } = await database.db.person.findUniqueOrThrow({ where: { id: org.people.sam } });
    expect(lastSignInAt).toEqual(clock.now());
  });

  it("answers an unknown e-mail and a wrong password alike", async () => {
    expect(await attempt("sue@example.com", "not her password")).toEqual({ kind: "wrong" });
    expect(await attempt("nobody@example.com", PASSWORD)).toEqual({ kind: "wrong" });
    expect(await audited("sign_in.failure", org.people.sue)).toBe(1);
    expect(await audited("sign_in.failure", "unknown")).toBe(1);
  });

  it("blocks after five failures even for the right password, and lets in when the block is over", async () => {
    for (let index = 0; index < 4; index += 1)
      expect(await attempt("dan@example.com", "wrong")).toEqual({ kind: "wrong" });
    const until = new Date(clock.now().getTime() + FIRST_BLOCK_MS);
    expect(await attempt("dan@example.com", "wrong")).toEqual({ kind: "blocked", until });
    expect(await attempt("dan@example.com", PASSWORD)).toEqual({ kind: "blocked", until });
    expect(await audited("sign_in.failure", org.people.dan)).toBe(5);
    clock.advance(FIRST_BLOCK_MS);
    expect(await attempt("dan@example.com", PASSWORD)).toMatchObject({ kind: "signed_in" });
    expect(await database.db.signInThrottle.findUnique({ where: { key: "email:dan@example.com" } })).toBeNull();
  });

  it("takes no more attempts side by side than one after another", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt("zoe@example.com", "wrong")));
    expect(answers.filter((answer) => answer.kind === "wrong").length).toBeLessThanOrEqual(4);
    expect(await audited("sign_in.failure", org.people.zoe)).toBeLessThanOrEqual(5);
  });

  it("blocks an address that tries many e-mails", async () => {
    for (let index = 0; index < 24; index += 1) await attempt(`guess${index}@example.com`, "wrong", "203.0.113.9");
    expect(await attempt("guess24@example.com", "wrong", "203.0.113.9")).toMatchObject({ kind: "blocked" });
    expect(await attempt("sam@example.com", PASSWORD, "203.0.113.9")).toMatchObject({ kind: "blocked" });
    expect(await attempt("sam@example.com", PASSWORD, "198.51.100.4")).toMatchObject({ kind: "signed_in" });
  });
});

const alive = (personId: string, sessionEpoch: number) => loadViewer(services(), { personId, sessionEpoch });

describe("what is remembered of failures", () => {
  it("is forgotten when the window is over, and not before", async () => {
    await attempt("late@example.com", "wrong");
    const mine = { where: { key: "email:late@example.com" } };
    await sweepThrottle(database.db, new Date(clock.now().getTime() + WINDOW_MS - 1));
    expect(await database.db.signInThrottle.count(mine)).toBe(1);
    await sweepThrottle(database.db, new Date(clock.now().getTime() + WINDOW_MS + 1));
    expect(await database.db.signInThrottle.count(mine)).toBe(0);
  });
});

describe("a session ends at once", () => {
  it("when the person is disabled, and enabling does not revive it", async () => {
    const { pat } = org.people;
    expect(await alive(pat, 0)).not.toBeNull();
    must(await disablePerson(operator(database.db, clock), { personId: pat }));
    expect(await alive(pat, 0)).toBeNull();
    expect(await attempt("pat@example.com", PASSWORD)).toEqual({ kind: "disabled" });
    must(await enablePerson(operator(database.db, clock), { personId: pat }));
    expect(await alive(pat, 0)).toBeNull();
    expect(await alive(pat, 1)).not.toBeNull();
  });

  it("when the password changes; guesses at the current one are throttled", async () => {
    const viewer = await viewerOf(database.db, clock, org.people.sue);
    const next = "seven copper kettles sing";
    for (let index = 0; index < 5; index += 1) {
      expect(await changePassword(viewer, { current: "wrong", next })).toMatchObject({
        ok: false,
        error: { field: "current" },
      });
    }
    expect(await changePassword(viewer, { current: PASSWORD, next })).toMatchObject({
      ok: false,
      error: { code: "too_many_requests" },
    });
    clock.advance(FIRST_BLOCK_MS);
    must(await changePassword(viewer, { current: PASSWORD, next }));
    expect(await alive(org.people.sue, 0)).toBeNull();
    expect(await attempt("sue@example.com", next)).toMatchObject({ kind: "signed_in", claims: { sessionEpoch: 1 } });
  });

  it("for claims that are no id, or of nobody", async () => {
    expect(await alive("x' OR 1=1", 0)).toBeNull();
    expect(await alive(newId(), 0)).toBeNull();
  });
});
