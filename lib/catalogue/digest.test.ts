import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addGrant } from "@/lib/agents/grant-add";
import { at, seedAcme } from "@/lib/approvals/test-store";
import { digestBehindSince, digestDecisions } from "@/lib/catalogue/digest";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const trace = (...grants: string[]) => [
  { check: "catalogue", outcome: "pass", code: "allowed", message: 'He said "grants":["crm.*"]\u0000', saw: {} },
  { check: "authority", outcome: "pass", code: "allowed", message: "Granted.", saw: { grants, levels: 1 } },
];

async function grant(agentId: string, pattern: string, condition: string | null = null): Promise<string> {
  const ada = await acme.viewer(acme.ids.ada);
  const made = await addGrant({ ...ada, clock: { now: () => at(-86_400) } }, { agentId, pattern, condition });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

const lastUse = async (id: string) =>
  (await database.db.grant.findUniqueOrThrow({ where: { id }, select: { lastUsedAt: true } })).lastUsedAt;

describe("the digest of decisions", () => {
  it("counts each decision once, however often and however finely it runs", async () => {
    const { db } = database;
    const run = await acme.run(acme.ids.desk);
    const ids = [
      await acme.decision(run, { at: at(-300) }),
      await acme.decision(run, { effect: "deny", code: "policy_denied", at: at(-290) }),
      await acme.decision(run, { effect: "escalate", code: "irreversible", at: at(-280) }),
    ];
    await recordDecisions(db, ids);
    expect(await digestBehindSince(db)).not.toBeNull();
    expect(await digestDecisions(db, 2)).toBe(2);
    expect(await digestDecisions(db)).toBe(1);
    expect(await digestDecisions(db)).toBe(0);
    expect(await digestBehindSince(db)).toBeNull();
    const more = [await acme.decision(run, { at: at(-100) })];
    await recordDecisions(db, more);
    // Another gate's stream, and two workers at once.
    const other = [await acme.decision(run, { at: at(-90) })];
    await recordDecisions(db, other, "gate/other/2");
    const both = await Promise.all([digestDecisions(db), digestDecisions(db)]);
    expect(both[0] + both[1]).toBe(2);
    expect(await db.actionUse.findMany()).toMatchObject([
      { action: "crm.update_account", agentId: acme.ids.desk, allowed: 3, escalated: 1, denied: 1, lastAt: at(-90) },
    ]);
    expect(await db.unclassifiedAction.count()).toBe(0);
  });

  it("remembers what nobody has classified, with the latest requests as samples", async () => {
    const { db } = database;
    const run = await acme.run(acme.ids.desk);
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) {
      ids.push(
        await acme.decision(run, {
          action: "mail.send_reply",
          effect: "escalate",
          code: "unclassified",
          at: at(-200 + n),
        }),
      );
    }
    await recordDecisions(db, ids.slice(0, 4));
    await digestDecisions(db);
    await recordDecisions(db, ids.slice(4));
    await digestDecisions(db);
    expect(await db.unclassifiedAction.findMany()).toMatchObject([
      {
        action: "mail.send_reply",
        firstAt: at(-200),
        lastAt: at(-194),
        sampleIds: [ids[6], ids[5], ids[4], ids[3], ids[2]],
      },
    ]);
  });

  it("knows which grants were of use: its own as the trace says, those above it in any case, none by a denial", async () => {
    const { db } = database;
    const { desk, helper, ledger } = acme.ids;
    const wide = await grant(desk, "crm.*");
    const elsewhere = await grant(desk, "mail.*");
    const exact = await grant(helper, "crm.update_account");
    const held = await grant(helper, "crm.*", 'run.model == "a"');
    const notHeld = await grant(helper, "crm.update_*", 'run.model == "b"');
    const denied = await grant(ledger, "crm.*");
    const run = await acme.run(helper);
    const foreign = await acme.run(ledger);
    await recordDecisions(db, [
      await acme.decision(run, { checks: trace("crm.update_account", "crm.*"), at: at(-60) }),
      await acme.decision(foreign, { effect: "deny", code: "policy_denied", checks: trace("crm.*"), at: at(-60) }),
    ]);
    await digestDecisions(db);
    expect(await lastUse(exact)).toEqual(at(-60));
    expect(await lastUse(held)).toEqual(at(-60));
    expect(await lastUse(notHeld)).toBeNull();
    // Without it, the helper below could not have done it (I4).
    expect(await lastUse(wide)).toEqual(at(-60));
    expect(await lastUse(elsewhere)).toBeNull();
    expect(await lastUse(denied)).toBeNull();
  });

  it("an agent that delegated has used its grants, too", async () => {
    const { db } = database;
    const { desk, ledger } = acme.ids;
    const mine = await grant(ledger, "crm.update_account");
    const theirs = await grant(desk, "crm.update_account");
    const parent = await acme.run(desk);
    const child = await acme.run(ledger, { parentRunId: parent.id, depth: 1 });
    await recordDecisions(db, [
      await acme.decision(child, { checks: trace("crm.update_account", "crm.*"), at: at(-30) }),
    ]);
    await digestDecisions(db);
    expect(await lastUse(mine)).toEqual(at(-30));
    expect(await lastUse(theirs)).toEqual(at(-30));
  });
});
