import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { chartChoices } from "@/lib/agents/chart-choices";
import { grantPatterns } from "@/lib/agents/grant-patterns";
import { retireAgent } from "@/lib/agents/retire";
import { seedAcme } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

describe("what the chart's forms offer", () => {
  it("is the whole chart to an admin, the topmost first, without who is retired", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const before = (await chartChoices(ada))?.places ?? [];
    expect(before[0]?.below).toBeNull();
    expect(before.map((place) => place.slug)).toContain("ledger");
    await retireAgent(ada, { id: acme.ids.ledger, reason: "replaced" });
    const after = (await chartChoices(ada))?.places ?? [];
    expect(after.map((place) => place.slug)).toEqual(
      before.map((place) => place.slug).filter((slug) => slug !== "ledger"),
    );
  });

  it("is nothing to whoever may write nowhere (I12)", async () => {
    expect(await chartChoices(await acme.viewer(await acme.person("Nobody")))).toBeNull();
  });

  it("is a manager's own part, and the people in it (I12)", async () => {
    const mo = await acme.person("Mo");
    await acme.bind(mo, "manager", acme.ids.desk);
    const choices = await chartChoices(await acme.viewer(mo));
    expect(choices?.places.map((place) => place.slug)).toContain("desk");
    expect(choices?.places.map((place) => place.slug)).not.toContain("ledger");
    expect(choices?.places[0]?.below).toBeNull();
    const everybody = await chartChoices(await acme.viewer(acme.ids.ada));
    expect(choices?.people.map((person) => person.name)).toContain("Mo");
    expect(choices?.people.length).toBeLessThan(everybody?.people.length ?? 0);
  });

  it("of grants is each system as a whole, then each action", async () => {
    await database.db.action.create({ data: { id: "crm.read_note", systemId: "crm", kind: "read", impact: "low" } });
    const patterns = await grantPatterns(await acme.viewer(acme.ids.ada));
    expect(patterns[0]).toMatch(/\.\*$/);
    expect(patterns).toContain("crm.*");
    expect(patterns).toContain("crm.read_note");
  });
});
