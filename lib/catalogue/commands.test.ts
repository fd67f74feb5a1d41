import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { createAction } from "@/lib/catalogue/action-create";
import { saveAction } from "@/lib/catalogue/action-save";
import { retireAction } from "@/lib/catalogue/action-retire";
import { digestDecisions } from "@/lib/catalogue/digest";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { getAction } from "@/lib/catalogue/queries";
import { createSystem } from "@/lib/catalogue/system-create";
import { retireSystem, reviveActions } from "@/lib/catalogue/system-retire";
import { dismissUnclassified, requeueUnclassified } from "@/lib/catalogue/unclassified-dismiss";
import { UNCLASSIFIED_SORTS, unclassifiedListSchema } from "@/lib/catalogue/unclassified-params";
import { countUnclassified, getUnclassified, listUnclassified } from "@/lib/catalogue/unclassified-queries";
import { actionUsage, rulesNaming } from "@/lib/catalogue/usage-queries";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { operator } from "@/lib/manifest/testing";
import { publishPolicy } from "@/lib/policies/publish";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let ada: Viewer;
let fay: Viewer;
let rob: Viewer;

const listed = async (viewer: Viewer, more: object = {}) =>
  (await listUnclassified(viewer, unclassifiedListSchema.parse(more))).rows.map((row) => row.action);

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  ada = await acme.viewer(acme.ids.ada);
  fay = await acme.viewer(acme.ids.fay);
  rob = await acme.viewer(acme.ids.rob);
  const desk = await acme.run(acme.ids.desk);
  const ledger = await acme.run(acme.ids.ledger);
  const asked = { effect: "escalate", code: "unclassified" } as const;
  await recordDecisions(database.db, [
    await acme.decision(desk, {
      ...asked,
      action: "mail.send_reply",
      args: { to: "a@example.com", text: "Hi" },
      at: at(-90),
    }),
    await acme.decision(desk, { ...asked, action: "mail.send_reply", args: { to: "b@example.com" }, at: at(-80) }),
    await acme.decision(ledger, {
      action: "mail.send_reply",
      effect: "deny",
      code: "not_granted",
      args: {},
      at: at(-70),
    }),
    await acme.decision(ledger, { ...asked, action: "bank.pay", args: { amount: 5 }, at: at(-60) }),
    await acme.decision(desk, { action: "crm.update_account", at: at(-50) }),
  ]);
  await digestDecisions(database.db);
});
afterAll(() => database.close());

describe("the queue of unclassified actions", () => {
  it("groups what was asked for, with a suggestion", async () => {
    const { rows, total } = await listUnclassified(ada, unclassifiedListSchema.parse({ sort: "requests" }));
    expect(total).toBe(2);
    expect(rows[0]).toMatchObject({
      action: "mail.send_reply",
      requests: 3,
      denied: 1,
      agents: 2,
      agentNames: ["Agent desk", "Agent ledger"],
      firstAt: at(-90),
      lastAt: at(-70),
      suggestion: { kind: "execute", reversibility: "irreversible", dataClasses: ["pii"], title: "Send reply" },
    });
    for (const sort of UNCLASSIFIED_SORTS) expect(await listed(ada, { sort })).toHaveLength(2);
    expect(await listed(ada, { q: "bank" })).toEqual(["bank.pay"]);
    expect(await listed(ada, { page: 2, pageSize: 1, sort: "action", descending: false })).toEqual(["mail.send_reply"]);
    expect(await countUnclassified(ada)).toBe(2);
  });

  it("I12: shows what agents in sight asked for, and no other's arguments", async () => {
    expect(await listed(rob)).toEqual(["mail.send_reply"]);
    expect(await countUnclassified(fay)).toBe(0);
    const seen = await getUnclassified(fay, "mail.send_reply");
    expect(seen).toMatchObject({ requests: 1, agents: 1, agentNames: ["Agent ledger"] });
    expect(seen?.samples.map((sample) => sample.args)).toEqual([{}]);
    expect(await getUnclassified(rob, "bank.pay")).toBeNull();
    expect(await getUnclassified(ada, "crm.update_account")).toBeNull();
    expect(await getUnclassified(ada, "nonsense")).toBeNull();
    const nobody = await acme.viewer(await acme.person("Nobody"));
    expect(await listed(nobody)).toEqual([]);
  });

  it("is dismissed with a reason and put back; only by who keeps the whole catalogue", async () => {
    expect(await dismissUnclassified(fay, { action: "bank.pay", reason: "No" })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    expect(await dismissUnclassified(ada, { action: "bank.pay", reason: " " })).toMatchObject({
      ok: false,
      error: { field: "reason" },
    });
    expect((await dismissUnclassified(ada, { action: "bank.pay", reason: "A typo" })).ok).toBe(true);
    expect(await dismissUnclassified(ada, { action: "bank.pay", reason: "Again" })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
    expect(await dismissUnclassified(ada, { action: "bank.none", reason: "x" })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await listed(ada)).toEqual(["mail.send_reply"]);
    expect(await listed(ada, { state: "dismissed" })).toEqual(["bank.pay"]);
    expect((await requeueUnclassified(ada, { id: "bank.pay" })).ok).toBe(true);
    expect(await requeueUnclassified(ada, { id: "bank.pay" })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
  });

  it("is classified in one step, its system with it", async () => {
    const { suggestion } = (await getUnclassified(ada, "bank.pay")) ?? {};
    if (!suggestion) throw new Error("no suggestion");
    const { reasons: _reasons, sure: _sure, ...fields } = suggestion;
    const input = { ...fields, id: "bank.pay" };
    expect(await createAction(ada, input)).toMatchObject({
      ok: false,
      error: { code: "not_found", field: "systemId" },
    });
    expect(await createAction(fay, { ...input, systemName: "Bank" })).toMatchObject({
      ok: false,
      error: { code: "forbidden" },
    });
    expect((await createAction(ada, { ...input, systemName: "Bank" })).ok).toBe(true);
    expect(await createAction(ada, { ...input, systemName: "Bank" })).toMatchObject({
      ok: false,
      error: { code: "conflict", field: "id" },
    });
    expect(await listed(ada)).toEqual(["mail.send_reply"]);
    expect(await countUnclassified(ada)).toBe(1);
  });
});

describe("systems and actions", () => {
  it("are retired together and taken back", async () => {
    expect(await createSystem(ada, { id: "crm", name: "Again" })).toMatchObject({
      ok: false,
      error: { code: "conflict", field: "id" },
    });
    expect((await createSystem(ada, { id: "fax", name: "Fax" })).ok).toBe(true);
    expect(await retireSystem(ada, { id: "fax" })).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await retireSystem(ada, { id: "none" })).toMatchObject({ ok: false, error: { code: "not_found" } });
    const retired = await retireSystem(ada, { id: "crm" });
    expect(retired).toEqual({ ok: true, value: { ids: ["crm.update_account"] } });
    expect(await createAction(ada, { id: "crm.update_account", systemId: "crm", kind: "read" })).toMatchObject({
      ok: false,
      error: { message: "crm.update_account is in the catalogue already, retired." },
    });
    expect((await reviveActions(ada, { ids: ["crm.update_account"] })).ok).toBe(true);
    expect(await reviveActions(ada, { ids: ["crm.update_account"] })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
    expect((await retireAction(fay, { id: "crm.update_account" })).ok).toBe(false);
  });

  it("say how they are used and which rules name them", async () => {
    const usage = await actionUsage(ada, "mail.send_reply");
    expect(usage.days).toEqual([{ day: new Date("2026-03-10"), allowed: 0, escalated: 2, denied: 1 }]);
    expect(usage.agents).toMatchObject([
      { slug: "desk", requests: 2, denied: 0 },
      { slug: "ledger", requests: 1, denied: 1 },
    ]);
    expect((await actionUsage(fay, "mail.send_reply")).agents).toMatchObject([{ slug: "ledger" }]);
    const published = await publishPolicy(operator(database.db), {
      id: "care",
      name: "Care",
      rules: [
        { id: "ask", match: { actions: ["crm.update_*"] }, effect: "escalate" },
        { id: "other", match: { actions: ["bank.*"] }, effect: "deny" },
      ],
    });
    expect(published.ok).toBe(true);
    expect(await rulesNaming(ada, "crm.update_account")).toEqual([
      {
        policyId: "care",
        policyName: "Care",
        ruleId: "ask",
        effect: "escalate",
        description: null,
        pattern: "crm.update_*",
      },
    ]);
  });
});

describe("two people who change one action", () => {
  const definition = { systemId: "crm", kind: "execute", impact: "high" } as const;
  const shown = async () => (await getAction(ada, "crm.merge"))?.action;

  it("the second save is refused, whatever the first one changed, and nothing of it is lost", async () => {
    await createAction(ada, { ...definition, id: "crm.merge", title: "Merge" });
    const before = await shown();
    expect(
      await saveAction(ada, { ...definition, id: "crm.merge", title: "First", basis: before?.basis }),
    ).toMatchObject({
      ok: true,
    });
    const second = { ...definition, id: "crm.merge", title: "Merge", impact: "low", basis: before?.basis } as const;
    expect(await saveAction(ada, second)).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await shown()).toMatchObject({ title: "First", impact: "high" });
    // Having seen it, they may.
    expect(await saveAction(ada, { ...second, basis: (await shown())?.basis })).toMatchObject({ ok: true });
    expect(await shown()).toMatchObject({ title: "Merge", impact: "low" });
  });

  it("two that save at once: one", async () => {
    const basis = (await shown())?.basis;
    const saves = await Promise.all(
      ["A", "B"].map((title) => saveAction(ada, { ...definition, id: "crm.merge", title, basis })),
    );
    expect(saves.map((one) => (one.ok ? "saved" : one.error.code)).toSorted()).toEqual(["conflict", "saved"]);
  });

  it("retiring is a change", async () => {
    const basis = (await shown())?.basis;
    await retireAction(ada, { id: "crm.merge" });
    expect(await saveAction(ada, { ...definition, id: "crm.merge", basis })).toMatchObject({
      error: { code: "conflict" },
    });
    // A manifest says how it is to be, whatever it was.
    expect(await saveAction(ada, { ...definition, id: "crm.merge" })).toMatchObject({ ok: true });
  });
});
