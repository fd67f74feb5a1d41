import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { suspendAgent } from "@/lib/agents/suspend";
import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import { saveAction } from "@/lib/catalogue/action-save";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { operator, seed, type Seeded } from "@/lib/manifest/testing";
import { engageKillSwitch, releaseKillSwitch } from "@/lib/organisation/kill-switch";
import { renameOrganisation } from "@/lib/organisation/rename";
import { createPerson } from "@/lib/people/create";
import { grantRole } from "@/lib/people/role-grant";
import { revokeRole } from "@/lib/people/role-revoke";
import { publishPolicy } from "@/lib/policies/publish";

let database: TestDatabase;
let ids: Seeded;
beforeAll(async () => {
  database = await createTestDatabase();
  ids = await seed(
    database.db,
    `apiVersion: remit/v1
people:
  - {email: root@example.com, name: Root, roles: [{role: admin, node: organisation}]}
  - {email: part@example.com, name: Part, roles: [{role: admin, node: support}]}
  - {email: man@example.com, name: Man, roles: [{role: manager, node: organisation}]}
chart:
  - {team: support, children: [{agent: desk, owner: part@example.com}]}
  - {team: finance}
systems:
  - {id: crm, actions: [{id: crm.read, kind: read}]}
`,
    { passwordHashes: new Map([["root@example.com", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA"]]) },
  );
});
afterAll(() => database.close());

async function as(email: string): Promise<CommandContext> {
  const services = { db: database.db, clock: systemClock, newId };
  const viewer = await loadViewer(services, { personId: ids.id(email), sessionEpoch: 0 });
  if (!viewer) throw new Error(`${email} cannot sign in`);
  return viewer;
}

describe("people and their roles", () => {
  it("lets the admin of a part add people to that part only", async () => {
    const part = await as("part@example.com");
    const inside = {
      email: "New@Example.com",
      name: "New",
      roles: [{ role: "reviewer", nodeId: ids.id("support") }],
    } as const;
    expect(await createPerson(part, { ...inside, roles: [...inside.roles] })).toMatchObject({ ok: true });
    expect(await database.db.person.findUnique({ where: { email: "new@example.com" } })).not.toBeNull();
    expect(await createPerson(part, { email: "b@example.com", name: "B" })).toMatchObject({
      error: { code: "forbidden" },
    });
    const outside = [{ role: "reviewer" as const, nodeId: ids.id("finance") }];
    expect(await createPerson(part, { email: "c@example.com", name: "C", roles: outside })).toMatchObject({
      error: { code: "not_found" },
    });
    expect(await database.db.person.count({ where: { email: { in: ["b@example.com", "c@example.com"] } } })).toBe(0);
  });

  it("gives no role above one's own, and none by a manager", async () => {
    const personId = ids.id("part@example.com");
    const root = await database.db.node.findFirstOrThrow({ where: { parentId: null } });
    const up = { personId, role: "admin", nodeId: root.id } as const;
    expect(await grantRole(await as("part@example.com"), up)).toMatchObject({ error: { code: "not_found" } });
    expect(await grantRole(await as("man@example.com"), up)).toMatchObject({ error: { code: "forbidden" } });
    expect(await database.db.roleBinding.count({ where: { personId } })).toBe(1);
  });

  it("keeps the last admin who can sign in", async () => {
    const root = await database.db.node.findFirstOrThrow({ where: { parentId: null } });
    const last = { personId: ids.id("root@example.com"), role: "admin", nodeId: root.id } as const;
    expect(await revokeRole(await as("root@example.com"), last)).toMatchObject({ error: { code: "conflict" } });
    const given = { ...last, role: "auditor" } as const;
    expect(await grantRole(operator(database.db), given)).toMatchObject({ ok: true });
    expect(await grantRole(operator(database.db), given)).toMatchObject({ error: { code: "conflict" } });
    expect(await revokeRole(operator(database.db), given)).toMatchObject({ ok: true });
    expect(await revokeRole(operator(database.db), given)).toMatchObject({ error: { code: "not_found" } });
  });

  it("needs the whole organisation for what concerns all of it", async () => {
    const part = await as("part@example.com");
    const rule = { id: "r", match: { actions: ["crm.read"] }, effect: "deny" as const };
    for (const refused of [
      await publishPolicy(part, { id: "p", name: "P", rules: [rule] }),
      await saveAction(part, { id: "crm.write", systemId: "crm", kind: "execute" }),
      await engageKillSwitch(part, { reason: "panic" }),
      await renameOrganisation(part, { name: "Mine" }),
    ]) {
      expect(refused).toMatchObject({ error: { code: "forbidden" } });
    }
    const admin = await as("root@example.com");
    expect(await publishPolicy(admin, { id: "p", name: "P", rules: [rule] })).toMatchObject({ value: { version: 1 } });
    const ghost = { ...rule, effect: "escalate" as const, to: ["ghost@example.com"] };
    expect(await publishPolicy(admin, { id: "p", name: "P", rules: [rule, { ...ghost, id: "g" }] })).toMatchObject({
      error: { code: "invalid_input", field: "rules.1.to.0" },
    });
    expect(await publishPolicy(admin, { id: "p", name: "P", rules: [] })).toMatchObject({ value: { version: 2 } });
    expect(await engageKillSwitch(admin, { reason: "drill" })).toMatchObject({ ok: true });
    expect(await releaseKillSwitch(admin, { reason: "over" })).toMatchObject({ ok: true });
  });

  it("raises the configuration's version with every change that can alter a decision", async () => {
    const version = async () => (await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } })).version;
    const before = await version();
    expect(await suspendAgent(operator(database.db), { id: ids.id("desk"), reason: "odd" })).toMatchObject({
      ok: true,
    });
    expect(await version()).toBe(before + 1n);
  });
});
