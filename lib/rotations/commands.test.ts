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
import { publishPolicy } from "@/lib/policies/publish";
import { createRotation } from "@/lib/rotations/create";
import { getRotation, listRotations, rotationChoices } from "@/lib/rotations/queries";
import { removeRotation } from "@/lib/rotations/remove";
import { swapTurn, unswapTurn } from "@/lib/rotations/swap";
import { updateRotation } from "@/lib/rotations/update";

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

const fields = () => ({
  name: "Night desk",
  nodeId: org.nodes.support,
  memberIds: [org.people.sue, org.people.ada],
  shiftLength: 1,
  shiftUnit: "days" as const,
  handover: "09:00",
  zone: "UTC",
  startsOn: "2026-11-20",
});
const made = async () =>
  must(await createRotation(await viewerOf(database.db, clock, org.people.sue), { slug: "night", ...fields() }));
const refused = (code: string, field?: string) => ({ ok: false, error: field ? { code, field } : { code } });
const noon = "2026-11-21T12:00:00Z";
const evening = "2026-11-21T20:00:00Z";

describe("a rotation", () => {
  it("is kept by whoever may change the chart where it stands, and seen there and above (I12)", async () => {
    await made();
    const [sue, sam] = [
      await viewerOf(database.db, clock, org.people.sue),
      await viewerOf(database.db, clock, org.people.sam),
    ];
    expect(await listRotations(sue)).toMatchObject([
      { slug: "night", now: { name: "Ada Root" }, next: { name: "sue" } },
    ]);
    expect(await getRotation(sue, "night")).toMatchObject({
      mayWrite: true,
      members: [
        { name: "sue", decides: true, away: null },
        { name: "Ada Root", decides: true },
      ],
      turns: [{ insteadOf: null }, ...Array.from({ length: 9 }, () => ({}))],
    });
    expect(await listRotations(sam)).toEqual([]);
    expect(await getRotation(sam, "night")).toBeNull();
    expect((await rotationChoices(sam)).nodes.map((node) => node.id)).toEqual([org.nodes.sales]);
    const { id } = await database.db.rotation.findFirstOrThrow();
    expect(await updateRotation(sam, { id, ...fields() })).toMatchObject(refused("not_found"));
    expect(await removeRotation(sam, { id })).toMatchObject(refused("not_found"));
    expect(await createRotation(sam, { slug: "other", ...fields(), nodeId: org.nodes.support })).toMatchObject(
      refused("not_found"),
    );
  });

  it("refuses a name that is taken, and members who are not there", async () => {
    await made();
    const sue = await viewerOf(database.db, clock, org.people.sue);
    expect(await createRotation(sue, { slug: "night", ...fields() })).toMatchObject(refused("conflict", "slug"));
    const without = { slug: "day", ...fields(), memberIds: [] };
    expect(await createRotation(sue, without)).toMatchObject(refused("invalid_input", "memberIds"));
    expect(await createRotation(sue, { ...without, memberIds: [org.nodes.root] })).toMatchObject(
      refused("not_found", "memberIds"),
    );
    await database.db.person.update({ where: { id: org.people.sam }, data: { status: "disabled" } });
    expect(await createRotation(sue, { ...without, memberIds: [org.people.sam] })).toMatchObject(
      refused("conflict", "memberIds"),
    );
  });

  it("binds the next decision, and stays while a rule in force asks it", async () => {
    const version = async () => (await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } })).version;
    const before = await version();
    const { id } = await made();
    expect(await version()).toBe(before + 1n);
    const ctx = operator(database.db, clock);
    must(
      await publishPolicy(ctx, {
        id: "limits",
        name: "Limits",
        note: null,
        rules: [{ id: "big", match: { actions: ["crm.*"] }, effect: "escalate", to: ["rotation:night"] }],
      }),
    );
    expect(await removeRotation(ctx, { id })).toMatchObject(refused("conflict"));
    expect(await getRotation(await viewerOf(database.db, clock, org.people.ada), "night")).toMatchObject({
      rules: [{ policy: "limits", rule: "big" }],
    });
    must(await publishPolicy(ctx, { id: "limits", name: "Limits", note: null, rules: [] }));
    expect(await removeRotation(ctx, { id })).toMatchObject({ ok: true });
    const records = await database.db.auditRecord.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(records.map((one) => one.action)).toEqual(["rotation.create", "rotation.remove"]);
  });
});

describe("a stand-in", () => {
  it("is a member, in time, and alone; and goes with who is a member no longer", async () => {
    const { id: rotationId } = await made();
    const sue = await viewerOf(database.db, clock, org.people.sue);
    const swap = (personId: string, startsAt: string, endsAt: string) =>
      swapTurn(sue, { rotationId, personId, startsAt, endsAt });
    expect(await swap(org.people.sam, noon, evening)).toMatchObject(refused("invalid_input", "personId"));
    expect(await swap(org.people.sue, evening, noon)).toMatchObject(refused("invalid_input", "endsAt"));
    const { id: overrideId } = must(await swap(org.people.sue, noon, evening));
    expect(await swap(org.people.ada, noon, evening)).toMatchObject(refused("conflict", "startsAt"));
    expect(await getRotation(sue, "night")).toMatchObject({
      overrides: [{ id: overrideId, name: "sue" }],
      turns: [
        { name: "Ada Root" },
        { name: "sue", insteadOf: "Ada Root", endsAt: new Date(evening) },
        ...Array.from({ length: 8 }, () => ({})),
      ],
    });
    expect(await unswapTurn(sue, { overrideId })).toMatchObject({ ok: true });
    expect(await unswapTurn(sue, { overrideId })).toMatchObject(refused("not_found"));
    must(await swap(org.people.sue, noon, evening));
    must(await updateRotation(sue, { id: rotationId, ...fields(), memberIds: [org.people.ada] }));
    expect(await database.db.rotationOverride.count()).toBe(0);
  });

  it("of two who swap the same hours at one time exactly one does", async () => {
    const { id: rotationId } = await made();
    const sue = await viewerOf(database.db, clock, org.people.sue);
    const both = await Promise.all(
      [org.people.sue, org.people.ada].map((personId) =>
        swapTurn(sue, { rotationId, personId, startsAt: noon, endsAt: evening }),
      ),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });
});
