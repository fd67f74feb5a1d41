import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { advanceRoutes } from "@/lib/approvals/route/advance";
import { askedOf } from "@/lib/approvals/route/asked";
import { storedSteps } from "@/lib/approvals/route/stored";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import type { CommandContext } from "@/lib/audit/change";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

const open: TestDatabase[] = [];
let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
beforeEach(async () => {
  database = await createTestDatabase();
  open.push(database);
  acme = await seedAcme(database.db);
});
afterAll(() => Promise.all(open.map((one) => one.close())));

const worker = (seconds: number): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => at(seconds) },
  newId,
});

/** Rob first, Ada ten minutes after him. */
async function waiting(more: Parameters<typeof acme.approval>[2] = {}): Promise<string> {
  const { rob, ada, desk } = acme.ids;
  const { id } = await acme.approval(await acme.run(desk), [rob, ada], {
    requestedAt: at(0),
    deadline: at(3_600),
    askedIds: [rob],
    nextContactAt: at(600),
    route: {
      steps: [
        { afterMs: 0, to: [{ person: rob }], at: at(0).toISOString() },
        { afterMs: 600_000, to: [{ person: ada }] },
      ],
    },
    ...more,
  });
  return id;
}
const stored = (id: string) => database.db.approval.findUniqueOrThrow({ where: { id } });
const contacts = (id: string) =>
  database.db.auditRecord.findMany({ where: { subjectId: id, action: "approval.contact" }, orderBy: { seq: "asc" } });
const asked = (count: number) => ({ ok: true, value: { asked: count } });

describe("the next contact", () => {
  it("is asked when its time has come, once, and on the record", async () => {
    const id = await waiting();
    expect(await advanceRoutes(worker(599))).toEqual(asked(0));
    expect(await advanceRoutes(worker(600))).toEqual(asked(1));
    const { rob, ada } = acme.ids;
    expect(await stored(id)).toMatchObject({ askedIds: [rob, ada], routeStep: 1, state: "pending" });
    expect(storedSteps((await stored(id)).route)[1]?.at).toEqual(at(600));
    expect(await advanceRoutes(worker(601))).toEqual(asked(0));
    const [record, ...more] = await contacts(id);
    expect(more).toEqual([]);
    expect(record?.actorKind).toBe("system");
    expect(record?.body).toContain(`"asked":["${ada}"]`);
  });

  it("is asked once though several look at the same moment", async () => {
    const ids = await Promise.all([waiting(), waiting(), waiting()]);
    const rounds = await Promise.all([1, 2, 3, 4].map(() => advanceRoutes(worker(600))));
    expect(rounds.every((round) => round.ok)).toBe(true);
    await advanceRoutes(worker(600));
    for (const id of ids) expect(await contacts(id)).toHaveLength(1);
  });

  it("is not asked when somebody decided, or the time is up", async () => {
    const [decided, over] = [await waiting(), await waiting({ deadline: at(600) })];
    await database.db.approval.update({ where: { id: decided }, data: { state: "cancelled" } });
    expect(await advanceRoutes(worker(700))).toEqual(asked(0));
    for (const id of [decided, over]) expect((await stored(id)).askedIds).toEqual([acme.ids.rob]);
  });

  it("who lost the role meanwhile is passed over, and who asks nobody is looked at again later", async () => {
    const id = await waiting();
    await database.db.roleBinding.deleteMany({ where: { personId: acme.ids.ada } });
    expect(await advanceRoutes(worker(600))).toEqual(asked(0));
    const { askedIds, nextContactAt } = await stored(id);
    expect(askedIds).toEqual([acme.ids.rob]);
    expect(nextContactAt === null || nextContactAt > at(600)).toBe(true);
    expect(await contacts(id)).toEqual([]);
  });

  it("a route that cannot be read leaves who was asked as it is", async () => {
    const id = await waiting({ route: { steps: "none" } });
    expect(await advanceRoutes(worker(600))).toEqual(asked(0));
    expect((await stored(id)).askedIds).toEqual([acme.ids.rob]);
  });
});

describe("who is asked now", () => {
  it("is said with who comes next and when, to whoever sees the agent", async () => {
    const id = await waiting({ quorum: 3 });
    const { rob, ada, fay } = acme.ids;
    const viewer = await acme.viewer(rob);
    const seen = await askedOf({ ...viewer, clock: { now: () => at(30) } }, id);
    // Three must agree and two can: both are asked at once.
    expect(seen).toEqual({
      now: [
        { id: rob, name: "Rob", note: null },
        { id: ada, name: "Ada", note: null },
      ],
      next: [],
      quorum: 3,
      can: 2,
    });
    expect(await askedOf(await acme.viewer(fay), id)).toBeNull();
    expect(await askedOf(viewer, "nonsense")).toBeNull();
  });

  it("names who is on call until when, and who comes in whose place", async () => {
    const { rob, ada, support } = acme.ids;
    await database.db.rotation.create({
      data: {
        id: newId(),
        slug: "night",
        name: "Night",
        nodeId: support,
        memberIds: [rob, ada],
        shiftLength: 1,
        shiftUnit: "hours",
        handoverMinute: 0,
        zone: "UTC",
        startsOn: new Date("2026-03-10T00:00:00Z"),
        createdAt: NOW,
        updatedAt: NOW,
      },
    });
    const id = await waiting({
      deadline: at(7_200),
      route: { steps: [{ afterMs: 0, to: [{ rotation: "night" }], at: NOW.toISOString() }] },
    });
    const viewer = { ...(await acme.viewer(rob)), clock: { now: () => at(60) } };
    expect(await askedOf(viewer, id)).toMatchObject({
      now: [{ name: "Rob", note: { kind: "on_call", rotation: "Night", until: at(3_600) } }],
      next: [{ at: at(3_600), people: [{ name: "Ada", note: { kind: "on_call" } }] }],
    });
    await database.db.absence.create({
      data: { id: newId(), personId: rob, startsAt: at(0), endsAt: at(1_800), delegateId: ada, createdAt: NOW },
    });
    expect(await askedOf(viewer, id)).toMatchObject({
      now: [
        { name: "Rob", note: { kind: "away", until: at(1_800) } },
        { name: "Ada", note: null },
      ],
    });
  });
});
