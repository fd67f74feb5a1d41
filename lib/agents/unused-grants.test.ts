import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { listUnusedGrants } from "@/lib/agents/unused-grants";
import { removeUnusedGrants, restoreGrants } from "@/lib/agents/unused-remove";
import { getReport, listReports, writeMonthlyReport } from "@/lib/agents/unused-report";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { operator } from "@/lib/manifest/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let ada: Viewer;
let fay: Viewer;
let rob: Viewer;
const DAY = 86_400;

async function grant(agentId: string, pattern: string, more: object = {}): Promise<string> {
  const id = newId();
  await database.db.grant.create({ data: { id, agentId, pattern, createdAt: at(-60 * DAY), ...more } });
  return id;
}
const patterns = async (viewer: Viewer, agentId?: string) =>
  (await listUnusedGrants(viewer, agentId)).grants.map((one) => `${one.agent.slug} ${one.pattern}`);
const live = () => database.db.grant.count({ where: { revokedAt: null } });

let never: string;
let longAgo: string;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  [ada, fay, rob] = await Promise.all([
    acme.viewer(acme.ids.ada),
    acme.viewer(acme.ids.fay),
    acme.viewer(acme.ids.rob),
  ]);
  const { desk, ledger } = acme.ids;
  never = await grant(desk, "crm.*", { condition: 'args.id == "1"', expiresAt: at(90 * DAY) });
  longAgo = await grant(desk, "mail.*", { lastUsedAt: at(-31 * DAY) });
  await grant(desk, "used.*", { lastUsedAt: at(-29 * DAY) });
  await grant(desk, "young.*", { createdAt: at(-29 * DAY) });
  await grant(desk, "gone.*", { revokedAt: at(-DAY) });
  await grant(desk, "over.*", { expiresAt: at(-DAY) });
  await grant(ledger, "bank.*");
  await grant(acme.ids.helper, "young.*", { createdAt: at(-29 * DAY) });
  await grant(acme.ids.helper, "used.*", { createdAt: at(-40 * DAY), lastUsedAt: at(-28 * DAY) });
  await grant(acme.ids.helper, "over.*", { createdAt: at(-29.5 * DAY), revokedAt: at(-DAY) });
});
afterAll(() => database.close());

describe("unused grants", () => {
  it("are those of no use for thirty days, in the viewer's sight (I12)", async () => {
    expect(await patterns(ada)).toEqual(["desk crm.*", "desk mail.*", "ledger bank.*"]);
    expect(await patterns(fay)).toEqual(["ledger bank.*"]);
    expect(await patterns(rob)).toEqual(["desk crm.*", "desk mail.*"]);
    expect((await listUnusedGrants(rob)).grants.map((one) => one.mayRemove)).toEqual([false, false]);
    expect(await patterns(ada, acme.ids.ledger)).toEqual(["ledger bank.*"]);
    expect(await patterns(fay, acme.ids.desk)).toEqual([]);
    expect(await patterns(ada, "nonsense")).toEqual([]);
    expect((await listUnusedGrants(ada)).behindSince).toBeNull();
    expect((await listUnusedGrants(ada)).firstAt).toBeNull();
    expect(await listUnusedGrants(ada, acme.ids.helper)).toMatchObject({ grants: [], firstAt: at(DAY) });
  });

  it("are reported once a month, cut to what each may see", async () => {
    const system = operator(database.db, { actor: { kind: "system", id: "worker" }, clock: { now: () => NOW } });
    expect(await writeMonthlyReport(system)).toBe(true);
    expect(await writeMonthlyReport(system)).toBe(false);
    expect(await listReports(ada)).toMatchObject([{ period: new Date("2026-03-01"), unused: 3, removed: 0 }]);
    const [report] = await listReports(fay);
    expect(report).toMatchObject({ unused: 1 });
    expect(await getReport(fay, report?.id ?? "")).toMatchObject({
      entries: [{ slug: "ledger", pattern: "bank.*", state: "live" }],
    });
    expect(await getReport(ada, newId())).toBeNull();
    expect(await getReport(ada, "nonsense")).toBeNull();
    const next = operator(database.db, { actor: { kind: "system", id: "worker" }, clock: { now: () => at(31 * DAY) } });
    expect(await writeMonthlyReport(next)).toBe(true);
  });

  it("are taken back together, or not at all", async () => {
    const before = await live();
    const foreign = (await listUnusedGrants(fay)).grants[0]?.id ?? "";
    expect(await removeUnusedGrants(fay, { ids: [foreign, never] })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await removeUnusedGrants(rob, { ids: [never] })).toMatchObject({ ok: false, error: { code: "forbidden" } });
    expect(await removeUnusedGrants(ada, { ids: [] })).toMatchObject({
      ok: false,
      error: { code: "invalid_input", field: "ids" },
    });
    await database.db.grant.update({ where: { id: longAgo }, data: { lastUsedAt: at(-60) } });
    expect(await removeUnusedGrants(ada, { ids: [never, longAgo] })).toMatchObject({
      ok: false,
      error: { code: "conflict", message: "mail.* was used meanwhile: look at the list again." },
    });
    expect(await live()).toBe(before);
    await database.db.grant.update({ where: { id: longAgo }, data: { lastUsedAt: null } });
    expect((await removeUnusedGrants(ada, { ids: [never, longAgo] })).ok).toBe(true);
    expect(await live()).toBe(before - 2);
    expect(await patterns(ada)).toEqual(["ledger bank.*"]);
    expect(await database.db.auditRecord.count({ where: { action: "grant.revoke" } })).toBe(2);
    const [report] = (await listReports(ada)).toReversed();
    expect(report).toMatchObject({ unused: 3, removed: 2 });
  });

  it("come back as they were", async () => {
    expect(await restoreGrants(rob, { ids: [never] })).toMatchObject({ ok: false, error: { code: "forbidden" } });
    const restored = await restoreGrants(ada, { ids: [never, longAgo] });
    expect(restored.ok).toBe(true);
    expect(await database.db.grant.findFirst({ where: { pattern: "crm.*", revokedAt: null } })).toMatchObject({
      agentId: acme.ids.desk,
      condition: 'args.id == "1"',
      expiresAt: at(90 * DAY),
    });
    expect(await restoreGrants(ada, { ids: [never] })).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await restoreGrants(ada, { ids: [newId()] })).toMatchObject({ ok: false, error: { code: "not_found" } });
  });
});
