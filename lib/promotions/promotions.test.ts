import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { updateAgent } from "@/lib/agents/update";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { NO_FILTER } from "@/lib/inbox/filter";
import { itemsOf, listItems } from "@/lib/inbox/list-items";
import { operator } from "@/lib/manifest/testing";
import { newId } from "@/lib/kernel/ids";
import { approvePromotion, rejectPromotion } from "@/lib/promotions/decide-promotion";
import { decidersOf } from "@/lib/promotions/deciders";
import { demoteAgent } from "@/lib/promotions/demote";
import { agentAutonomy, countPromotions, listPromotions, promotionsOf, tierHistory } from "@/lib/promotions/queries";
import { requestPromotion } from "@/lib/promotions/request";
import { suggestPromotions } from "@/lib/promotions/suggest-promotions";
import { withdrawPromotion } from "@/lib/promotions/withdraw";
import { saveSettings } from "@/lib/organisation/settings-save";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let ada: Viewer;
let mia: Viewer;
let rob: Viewer;
let fay: Viewer;
let desk: string;

const DAY = 86_400;
const code = (error: string) => ({ ok: false, error: { code: error } });
const system = () => operator(database.db, { actor: { kind: "system", id: "worker" }, clock: { now: () => NOW } });

async function requested(viewer: Viewer, agentId = desk): Promise<string> {
  const made = await requestPromotion(viewer, { agentId, reason: "It works well." });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  acme = await seedAcme(db);
  desk = acme.ids.desk;
  const miaId = await acme.person("Mia");
  await acme.bind(miaId, "manager", acme.ids.support);
  [ada, mia, rob, fay] = await Promise.all([
    ada_(),
    acme.viewer(miaId),
    acme.viewer(acme.ids.rob),
    acme.viewer(acme.ids.fay),
  ]);
  // A desk at Observe for twenty days, with runs and answers of people.
  await db.agent.update({ where: { id: desk }, data: { tier: "observe", createdAt: at(-20 * DAY) } });
  await database.ownerDb.$executeRaw`ALTER TABLE agent_version DISABLE TRIGGER USER`;
  await database.ownerDb.agentVersion.updateMany({
    where: { agentId: desk },
    data: { boundary: { name: "Agent desk", tier: "observe" }, createdAt: at(-20 * DAY) },
  });
  await database.ownerDb.agentVersion.updateMany({
    where: { agentId: acme.ids.helper },
    data: { createdAt: at(-20 * DAY) },
  });
  await database.ownerDb.$executeRaw`ALTER TABLE agent_version ENABLE TRIGGER USER`;
  for (let n = 0; n < 4; n++) {
    await acme.run(desk, {
      status: n === 0 ? "failed" : "succeeded",
      startedAt: at(-DAY * (n + 1)),
      endedAt: at(-DAY * (n + 1) + 60),
      decisions: 10,
      denials: 1,
    });
  }
  await acme.run(desk, {
    status: "succeeded",
    mode: "shadow",
    startedAt: at(-DAY),
    endedAt: at(-DAY + 60),
    decisions: 99,
  });
  const run = await acme.run(desk, { startedAt: at(-600) });
  await acme.approval(run, [acme.ids.ada], {
    state: "approved",
    decidedAt: at(-500),
    decidedById: acme.ids.ada,
    validUntil: at(900),
  });
  await acme.approval(run, [acme.ids.ada], {
    state: "rejected",
    decidedAt: at(-500),
    decidedById: acme.ids.ada,
    comment: "No",
  });
});
const ada_ = () => acme.viewer(acme.ids.ada);
afterAll(() => database.close());

describe("a promotion", () => {
  it("rests on the record of live runs at the tier", async () => {
    const view = await agentAutonomy(ada, desk);
    expect(view?.record).toMatchObject({
      tier: "observe",
      version: 1,
      versions: 1,
      since: at(-20 * DAY).toISOString(),
      runs: { succeeded: 3, failed: 1, blocked: 0, halted: 0, lost: 0 },
      decisions: { made: 40, denied: 4 },
      approvals: { approved: 1, rejected: 1, expired: 0 },
      incidents: 0,
    });
    expect(view?.criteria.filter((criterion) => !criterion.met).map((criterion) => criterion.id)).toEqual([
      "minRuns",
      "minSuccess",
      "maxDenied",
      "minApproved",
    ]);
    expect(await agentAutonomy(fay, desk)).toBeNull();
  });

  it("is asked for by those who manage or own the agent, one at a time", async () => {
    expect(await requestPromotion(rob, { agentId: desk, reason: "Please" })).toMatchObject(code("forbidden"));
    expect(await requestPromotion(fay, { agentId: desk, reason: "Please" })).toMatchObject(code("not_found"));
    const id = await requested(mia);
    expect(await requestPromotion(ada, { agentId: desk, reason: "Again" })).toMatchObject(code("conflict"));
    expect(await promotionsOf(rob, desk)).toMatchObject([
      {
        id,
        fromTier: "observe",
        toTier: "recommend",
        state: "pending",
        requestedBy: "Mia",
        may: { decide: false, withdraw: false },
      },
    ]);
    expect(await promotionsOf(fay, desk)).toEqual([]);
    expect(await listPromotions(fay, "pending")).toEqual([]);
    // Who asked may take it back.
    expect(await withdrawPromotion(rob, { id, reason: "x" })).toMatchObject(code("forbidden"));
    expect((await withdrawPromotion(mia, { id, reason: "Too early" })).ok).toBe(true);
    expect(await withdrawPromotion(mia, { id, reason: "Again" })).toMatchObject(code("conflict"));
  });

  it("is decided by another person above, never by who asked, owns it, or runs the machine", async () => {
    const id = await requested(mia);
    const version = 1;
    expect(await approvePromotion(mia, { id, version })).toMatchObject(code("forbidden"));
    // Ada owns the desk.
    expect(await approvePromotion(ada, { id, version })).toMatchObject(code("forbidden"));
    expect(await listPromotions(ada, "pending")).toMatchObject([{ may: { decide: false }, excluded: "owner" }]);
    expect(await countPromotions(ada)).toBe(0);
    expect(await approvePromotion(rob, { id, version })).toMatchObject(code("forbidden"));
    expect(await approvePromotion(fay, { id, version })).toMatchObject(code("not_found"));
    expect(await approvePromotion(system(), { id, version })).toMatchObject(code("forbidden"));
    const onlyOnTheAgent = await acme.person("Nia");
    await acme.bind(onlyOnTheAgent, "manager", desk);
    expect(await approvePromotion(await acme.viewer(onlyOnTheAgent), { id, version })).toMatchObject(code("forbidden"));
    const root = await acme.person("Root");
    await acme.bind(root, "admin", acme.ids.root);
    const above = await acme.viewer(root);
    expect(await countPromotions(above)).toBe(1);
    expect(await rejectPromotion(above, { id, reason: " " })).toMatchObject({ ok: false, error: { field: "reason" } });
    expect((await rejectPromotion(above, { id, reason: "Too many denials." })).ok).toBe(true);
    expect(await approvePromotion(above, { id, version })).toMatchObject(code("conflict"));
    expect(await database.db.agent.findUnique({ where: { id: desk } })).toMatchObject({ tier: "observe", version: 1 });

    const second = await requested(mia);
    expect(await approvePromotion(above, { id: second, version: 2 })).toMatchObject(code("conflict"));
    const both = await Promise.all([
      approvePromotion(above, { id: second, version, comment: "Go on." }),
      rejectPromotion(above, { id: second, reason: "At the same time" }),
    ]);
    expect(both.filter((result) => result.ok)).toHaveLength(1);
    if (!both[0]?.ok) {
      const third = await requested(mia);
      expect((await approvePromotion(above, { id: third, version, comment: "Go on." })).ok).toBe(true);
    }
    expect(await database.db.agent.findUnique({ where: { id: desk } })).toMatchObject({
      tier: "recommend",
      version: 2,
    });
    expect(await tierHistory(rob, desk)).toMatchObject([
      { version: 2, from: "observe", to: "recommend", how: "promotion", by: "Root", reason: "Go on." },
      { version: 1, from: null, to: "observe", how: "created" },
    ]);
    // What counts for the next tier begins anew.
    expect((await agentAutonomy(ada, desk))?.record).toMatchObject({
      tier: "recommend",
      since: NOW.toISOString(),
      runs: { succeeded: 0 },
    });
  });

  it("is taken back in one step with a reason, and withdraws what waits", async () => {
    const id = await requested(mia);
    expect(await demoteAgent(rob, { agentId: desk, tier: "observe", reason: "x" })).toMatchObject(code("forbidden"));
    expect(await demoteAgent(mia, { agentId: desk, tier: "prepare", reason: "x" })).toMatchObject({
      ok: false,
      error: { field: "tier" },
    });
    expect((await demoteAgent(mia, { agentId: desk, tier: "observe", reason: "It guessed." })).ok).toBe(true);
    expect(await database.db.promotion.findUnique({ where: { id } })).toMatchObject({ state: "withdrawn" });
    expect(await tierHistory(mia, desk)).toMatchObject([
      { version: 3, from: "recommend", to: "observe", how: "demotion", by: "Mia", reason: "It guessed." },
      { version: 2 },
      { version: 1 },
    ]);
    expect(await tierHistory(fay, desk)).toEqual([]);
  });

  it("is not decided by who answered for the agent at its tier, also where they gave it away", async () => {
    const { db } = database;
    const scout = await acme.agent("scout", acme.ids.support, acme.ids.ada);
    await db.agent.update({ where: { id: scout }, data: { tier: "prepare" } });
    const [uma, vic] = [await acme.person("Uma"), await acme.person("Vic")];
    await Promise.all([uma, vic].map((id) => acme.bind(id, "manager", acme.ids.support)));
    const [asUma, asVic] = await Promise.all([acme.viewer(uma), acme.viewer(vic)]);
    const give = async (by: Viewer, ownerId: string) => {
      expect(await updateAgent(by, { id: scout, ownerId })).toMatchObject({ ok: true });
    };
    await give(asVic, uma);
    const id = await requested(asVic, scout);
    expect(await approvePromotion(asUma, { id, version: 1 })).toMatchObject(code("forbidden"));
    // Uma gives it to somebody who has nothing to do with it: it stays hers to answer for.
    await give(asUma, acme.ids.fay);
    const about = async (viewer: Viewer) => (await listPromotions(viewer, "pending")).find((one) => one.id === id);
    expect(await approvePromotion(asUma, { id, version: 1 })).toMatchObject(code("forbidden"));
    expect(await rejectPromotion(asUma, { id, reason: "Mine" })).toMatchObject(code("forbidden"));
    expect(await about(asUma)).toMatchObject({ may: { decide: false }, excluded: "owner" });
    expect(await countPromotions(asUma)).toBe(0);
    expect((await listItems(asUma, { ...NO_FILTER, mine: true })).items).toEqual([]);
    expect(await itemsOf(asUma, [`promotion:${id}`])).toMatchObject([{ mine: false }]);
    // Who never answered for it decides.
    const asMia = await acme.viewer(mia.person.id);
    expect(await about(asMia)).toMatchObject({ may: { decide: true }, excluded: null });
    expect(await countPromotions(asMia)).toBe(1);
    expect((await decidersOf(asVic, scout)).map((one) => one.name)).not.toEqual(
      expect.arrayContaining(["Uma", "Vic", "Ada"]),
    );
    expect((await decidersOf(asVic, scout)).map((one) => one.name)).toContain("Mia");
    expect(await decidersOf(fay, scout)).toEqual([]);
    expect(await itemsOf(asMia, [`promotion:${id}`])).toMatchObject([{ mine: true }]);
    // At another tier the record begins anew, and so does who answered for it.
    expect((await demoteAgent(asVic, { agentId: scout, tier: "recommend", reason: "Again" })).ok).toBe(true);
    const second = await requested(asVic, scout);
    expect(await about(asUma)).toBeUndefined();
    expect((await approvePromotion(asUma, { id: second, version: 2 })).ok).toBe(true);
  });

  it("an agent at the top, retired or suspended is not promoted", async () => {
    const { db } = database;
    expect(await requestPromotion(fay, { agentId: acme.ids.ledger, reason: "More" })).toMatchObject(code("conflict"));
    await db.agent.update({ where: { id: desk }, data: { status: "suspended" } });
    expect(await requestPromotion(mia, { agentId: desk, reason: "More" })).toMatchObject(code("agent_suspended"));
    await db.agent.update({ where: { id: desk }, data: { status: "active" } });
    expect(await requestPromotion(mia, { agentId: newId(), reason: "More" })).toMatchObject(code("not_found"));
  });
});

describe("suggestions", () => {
  it("are made for those who are ready, once, and not soon after a no", async () => {
    const { db } = database;
    const helper = acme.ids.helper;
    await db.agent.update({ where: { id: helper }, data: { tier: "prepare", createdAt: at(-30 * DAY) } });
    await acme.run(helper, { status: "succeeded", startedAt: at(-100), endedAt: at(-50), decisions: 3 });
    expect(await suggestPromotions(system())).toBe(0);
    await saveSettings(operator(db), { settings: { autonomy: { minRuns: 1, minDays: 0 } } });
    expect(await suggestPromotions(system())).toBe(1);
    expect(await suggestPromotions(system())).toBe(0);
    const [suggested] = await promotionsOf(mia, helper);
    expect(suggested).toMatchObject({
      requestedBy: null,
      fromTier: "prepare",
      toTier: "escalate",
      may: { decide: true },
    });
    expect((await rejectPromotion(mia, { id: suggested?.id ?? "", reason: "Not yet" })).ok).toBe(true);
    expect(await suggestPromotions(system())).toBe(0);
  });
});
