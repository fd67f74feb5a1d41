import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { absencesOf } from "@/lib/people/absence-queries";
import { endAbsence, setAbsence } from "@/lib/people/absence-set";
import {
  createOrganisation,
  createTestDatabase,
  handClock,
  must,
  type TestDatabase,
  viewerOf,
} from "@/lib/people/people-testing";

let clock = handClock();
const open: TestDatabase[] = [];
let database: TestDatabase;
let org: Awaited<ReturnType<typeof createOrganisation>>;
beforeEach(async () => {
  clock = handClock();
  database = await createTestDatabase();
  open.push(database);
  org = await createOrganisation(database.db, clock);
});
afterAll(() => Promise.all(open.map((each) => each.close())));

const as = (personId: string) => viewerOf(database.db, clock, personId);
const refused = (code: string, field?: string) => ({ ok: false, error: field ? { code, field } : { code } });
const [morning, noon, night] = ["2026-11-21T10:00:00Z", "2026-11-21T12:00:00Z", "2026-11-21T22:00:00Z"];

describe("away", () => {
  it("everybody says for themselves, and whoever administers the account for others; nobody else", async () => {
    const { sue, sam, ada } = org.people;
    expect(await setAbsence(await as(sue), { personId: sue, startsAt: morning, endsAt: noon })).toMatchObject({
      ok: true,
    });
    expect(await setAbsence(await as(ada), { personId: sue, startsAt: noon, endsAt: night })).toMatchObject({
      ok: true,
    });
    expect(await setAbsence(await as(sam), { personId: sue, startsAt: night })).toMatchObject(refused("not_found"));
    expect(await absencesOf(await as(sam), sue)).toBeNull();
    const own = await absencesOf(await as(sue), sue);
    expect(own?.rows).toHaveLength(2);
    expect(own?.delegates.map((one) => one.id)).not.toContain(sue);
    const records = await database.db.auditRecord.findMany({ where: { subjectId: sue, action: "absence.set" } });
    expect(records.map((one) => one.actorId)).toEqual([sue, ada]);
  });

  it("not twice at a time, not in the past, and in the right order", async () => {
    const { sue } = org.people;
    const set = async (startsAt: string, endsAt: string | null) =>
      setAbsence(await as(sue), { personId: sue, startsAt, endsAt });
    must(await set(morning, noon));
    expect(await set("2026-11-21T11:00:00Z", night)).toMatchObject(refused("conflict", "startsAt"));
    expect(await set("2026-11-21T09:30:00Z", null)).toMatchObject(refused("conflict", "startsAt"));
    expect(await set(night, noon)).toMatchObject(refused("invalid_input", "endsAt"));
    expect(await set("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z")).toMatchObject(refused("invalid_input", "endsAt"));
    const both = await Promise.all([set(noon, night), set(noon, null)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });

  it("I3: a delegate holds a role that decides, and is somebody else", async () => {
    const { sue, ada, zoe } = org.people;
    const set = async (delegateId: string) =>
      setAbsence(await as(sue), { personId: sue, startsAt: morning, delegateId });
    expect(await set(sue)).toMatchObject(refused("invalid_input", "delegateId"));
    await database.db.roleBinding.updateMany({ where: { personId: zoe }, data: { role: "auditor" } });
    expect(await set(zoe)).toMatchObject(refused("invalid_input", "delegateId"));
    expect(await set(ada)).toMatchObject({ ok: true });
  });

  it("ends when they are back, and one that has not begun is gone", async () => {
    const { sue, sam } = org.people;
    const { id: now } = must(await setAbsence(await as(sue), { personId: sue, startsAt: "2026-11-21T08:00:00Z" }));
    expect(await endAbsence(await as(sam), { absenceId: now })).toMatchObject(refused("not_found"));
    must(await endAbsence(await as(sue), { absenceId: now }));
    expect(await database.db.absence.findUnique({ where: { id: now } })).toMatchObject({ endsAt: clock.now() });
    expect(await endAbsence(await as(sue), { absenceId: now })).toMatchObject(refused("conflict"));
    const { id: later } = must(await setAbsence(await as(sue), { personId: sue, startsAt: noon, endsAt: night }));
    must(await endAbsence(await as(sue), { absenceId: later }));
    expect(await database.db.absence.findUnique({ where: { id: later } })).toBeNull();
  });
});
