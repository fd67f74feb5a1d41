import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { saveAction } from "@/lib/catalogue/action-save";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { applyManifest } from "@/lib/manifest/apply";
import { exportManifest } from "@/lib/manifest/export";
import { problemText } from "@/lib/manifest/parse";
import { operator, seed } from "@/lib/manifest/testing";

const MANIFEST = (rollback: string) => `
apiVersion: remit/v1
systems:
  - id: shop
    name: Shop
    actions:
      - {id: shop.cancel_refund, kind: execute, args: {type: object, required: [refund], properties: {refund: {type: string}}}}
      - {id: shop.refund, kind: execute, rollback: ${rollback}, args: {type: object, properties: {order: {type: string}}}}
policies:
  - id: looks
    rules: [{id: look, match: {actions: [shop.refund]}, effect: review, deadline: 1h, onLapse: rollback}]
`;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, MANIFEST("{action: shop.cancel_refund, args: {refund: $.result.id}}"));
});
afterAll(() => database.close());

async function problems(yaml: string): Promise<string[]> {
  const applied = await applyManifest(operator(database.db), yaml);
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value.outcome === "refused" ? applied.value.problems.map(problemText) : [];
}

describe("how an action is undone, in the manifest and the catalogue", () => {
  it("is exported as it was written, and applying that changes nothing", async () => {
    const text = await exportManifest(operator(database.db));
    if (!text.ok) throw new Error(text.error.message);
    expect(text.value).toMatch(/rollback:\s+action: shop\.cancel_refund\s+args: \{refund: \$\.result\.id\}/);
    expect(text.value).toContain("onLapse: rollback");
    expect(await applyManifest(operator(database.db), text.value)).toMatchObject({ ok: true, value: { steps: [] } });
  });

  it.each([
    [
      "{action: shop.cancel_refund, args: {refund: $.args.ordr}}",
      /rollback.args: refund: \$\.args\.ordr leads nowhere/,
    ],
    ["{action: shop.cancel_refund, args: {other: $.result.id}}", /rollback.args: the rollback has no argument other/],
    ["{action: shop.nothing, args: {}}", /rollback: there is no action shop.nothing/],
    ["{action: shop.cancel_refund, more: 1}", /is not known here/],
  ])("is refused at its line: %s", async (rollback, problem) => {
    const found = await problems(MANIFEST(rollback));
    expect(found.join("\n")).toMatch(problem);
    expect(found.join("\n")).toMatch(/^line 8:/m);
  });

  it("must be there where a rule has it undone when nobody looked", async () => {
    const found = await problems(MANIFEST("null"));
    expect(found.join("\n")).toMatch(/match.actions\[0\]: shop.refund has no rollback, so it cannot be undone/);
  });

  it("is checked when a person saves it", async () => {
    const action = { id: "shop.refund", systemId: "shop", kind: "execute", rollback: "shop.cancel_refund" } as const;
    const refused = { ok: false, error: { code: "invalid_input", field: "rollbackArgs" } };
    const save = (rollbackArgs: { [name: string]: string }) =>
      saveAction(operator(database.db), { ...action, rollbackArgs });
    expect(await save({ refund: "$.nothing" })).toMatchObject(refused);
    expect(await save({ order: "$.args.order" })).toMatchObject(refused);
    expect(await save({ refund: "$.result.id" })).toMatchObject({ ok: true });
  });
});
