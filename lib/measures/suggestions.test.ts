import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { dismissSuggestion, restoreSuggestion } from "@/lib/measures/dismiss";
import { followSuggestion } from "@/lib/measures/follow";
import { readSuggestions } from "@/lib/measures/suggest-queries";
import { seedOutcomes } from "@/lib/measures/test-store";
import { draftRulesSchema } from "@/lib/policies/drafts/schemas";
import { measureApprovals } from "@/lib/worker/measures";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedOutcomes>>;

const large = { kind: "relax", policy: "refunds", rule: "large" } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedOutcomes(database.db);
  const rule = (id: string, effect: "escalate" | "allow") => ({
    id,
    match: { actions: ["crm.*"] },
    effect,
    ...(effect === "escalate" ? { deadline: "2h" } : {}),
  });
  await database.db.policy.create({ data: { id: "refunds", name: "Refunds", publishedVersion: 1 } });
  await database.db.policyVersion.create({
    data: {
      policyId: "refunds",
      number: 1,
      rules: [rule("large", "escalate"), rule("odd", "escalate"), rule("free", "allow")],
    },
  });
  for (let n = 0; n < 32; n += 1) await acme.outcome({ rules: ["refunds/large"], by: n % 2 === 0 ? "rob" : "ada" });
  for (let n = 0; n < 20; n += 1)
    await acme.outcome({ rules: ["refunds/odd"], by: "ada", state: n < 19 ? "rejected" : "approved" });
  await measureApprovals(database.db);
});
afterAll(() => database.close());

describe("suggestions", () => {
  it("come from what people decided, for who sees the whole organisation", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const found = await readSuggestions(ada);
    expect(found?.mayChange).toBe(true);
    expect(found?.open).toMatchObject([
      {
        kind: "relax",
        rule: "large",
        policyName: "Refunds",
        from: "escalate",
        to: "review",
        count: 32,
        of: 32,
        people: 2,
      },
      { kind: "refuse", rule: "odd", to: "deny", count: 19, of: 20 },
    ]);
    expect(await readSuggestions(await acme.viewer(acme.ids.fay))).toBeNull();
  });

  it("are put aside with a reason, on the record, and come back when somebody wants them", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    expect(await dismissSuggestion(ada, { ...large, reason: " " })).toMatchObject({
      ok: false,
      error: { field: "reason" },
    });
    expect(await dismissSuggestion(await acme.viewer(acme.ids.fay), { ...large, reason: "No" })).toMatchObject({
      ok: false,
    });
    expect((await dismissSuggestion(ada, { ...large, reason: "The law wants a person." })).ok).toBe(true);
    const after = await readSuggestions(ada);
    expect(after?.open.map((one) => one.rule)).toEqual(["odd"]);
    expect(after?.dismissed).toMatchObject([{ ...large, reason: "The law wants a person.", by: "Ada" }]);
    const record = await database.db.auditRecord.findFirst({ where: { action: "suggestion.dismiss" } });
    expect(record?.body).toContain("The law wants a person.");
    expect((await restoreSuggestion(ada, large)).ok).toBe(true);
    expect(await restoreSuggestion(ada, large)).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect((await readSuggestions(ada))?.open).toHaveLength(2);
  });

  it("begin a draft in which this one rule has another effect; nothing is in force by it", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    expect(await followSuggestion(await acme.viewer(acme.ids.fay), large)).toMatchObject({ ok: false });
    expect(await followSuggestion(ada, { ...large, rule: "gone" })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await followSuggestion(ada, large)).toMatchObject({ ok: true, value: { policy: "refunds", rule: "large" } });
    const draft = await database.db.policyDraft.findUniqueOrThrow({ where: { policyId: "refunds" } });
    expect(draftRulesSchema.parse(draft.rules).map((rule) => [rule.id, rule.effect, rule.deadline])).toEqual([
      ["large", "review", undefined],
      ["odd", "escalate", "2h"],
      ["free", "allow", undefined],
    ]);
    expect(await followSuggestion(ada, large)).toMatchObject({
      ok: false,
      error: { code: "conflict", field: "policy" },
    });
    expect((await readSuggestions(ada))?.open.every((one) => one.drafted)).toBe(true);
  });
});
