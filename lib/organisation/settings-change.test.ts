import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { operator } from "@/lib/manifest/testing";
import { changeSettings, settingsBasis } from "@/lib/organisation/settings-change";
import { saveSettings } from "@/lib/organisation/settings-save";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
const stored = async () =>
  (await database.db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } })).settings;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

describe("changing settings", () => {
  it("replaces the named sections, leaves the others, and takes a section back to the built-in one", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    await saveSettings(operator(database.db), { settings: { reviewMinutes: 90, delegation: { maxDepth: 3 } } });
    const tiers = { observe: { draft: "escalate" as const } };
    expect(
      await changeSettings(ada, { sections: ["tiers", "delegation"], settings: { tiers }, reason: "A trial" }),
    ).toEqual({ ok: true, value: null });
    expect(await stored()).toEqual({ reviewMinutes: 90, tiers });
    const records = await database.db.auditRecord.findMany({ where: { action: "organisation.settings" } });
    expect(records.at(-1)?.body).toContain("A trial");
  });

  it("refuses what was changed meanwhile, what is not named, nonsense, and whoever may not", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const basis = settingsBasis(await stored(), ["evidence"]);
    const floor = (confidenceFloor: number) => ({
      sections: ["evidence" as const],
      settings: { evidence: { confidenceFloor } },
      basis,
      reason: "More care",
    });
    expect((await changeSettings(ada, floor(0.7))).ok).toBe(true);
    expect(await changeSettings(ada, floor(0.8))).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(
      await changeSettings(ada, { sections: ["tiers"], settings: { reviewMinutes: 5 }, reason: "x" }),
    ).toMatchObject({ ok: false, error: { code: "invalid_input" } });
    expect(await changeSettings(ada, { ...floor(2), basis: undefined })).toMatchObject({
      ok: false,
      error: { code: "invalid_input", field: "settings.evidence.confidenceFloor" },
    });
    const fay = await acme.viewer(acme.ids.fay);
    expect(await changeSettings(fay, { sections: ["tiers"], settings: {}, reason: "All of it" })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    expect(await stored()).toMatchObject({ evidence: { confidenceFloor: 0.7 } });
  });
});
