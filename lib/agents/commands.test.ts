import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { createAgent } from "@/lib/agents/create";
import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { addGrant } from "@/lib/agents/grant-add";
import { revokeGrant } from "@/lib/agents/grant-revoke";
import { moveNode } from "@/lib/agents/move";
import { removeNode } from "@/lib/agents/remove";
import { resumeAgent } from "@/lib/agents/resume";
import { retireAgent } from "@/lib/agents/retire";
import { resumeSubtree, suspendSubtree } from "@/lib/agents/subtree-suspend";
import { suspendAgent } from "@/lib/agents/suspend";
import { createTeam } from "@/lib/agents/team-create";
import { updateAgent } from "@/lib/agents/update";
import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { secretHash } from "@/lib/kernel/secret";
import { operator, seed, type Seeded } from "@/lib/manifest/testing";
import { grantRole } from "@/lib/people/role-grant";
import { revokeRole } from "@/lib/people/role-revoke";

const ORGANISATION = `apiVersion: remit/v1
people:
  - {email: root@example.com, name: Root, roles: [{role: admin, node: organisation}]}
  - {email: ana@example.com, name: Ana, roles: [{role: manager, node: support}]}
  - {email: rev@example.com, name: Rev, roles: [{role: reviewer, node: support}]}
  - {email: off@example.com, name: Off, disabled: true}
chart:
  - team: support
    children:
      - {agent: desk, owner: ana@example.com, tier: execute, grants: [airline.*]}
      - {team: nights, children: [{team: late}]}
  - team: finance
    children:
      - {agent: payer, owner: root@example.com}
`;

let database: TestDatabase;
let ids: Seeded;
let admin: CommandContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ids = await seed(database.db, ORGANISATION);
  admin = operator(database.db);
});
afterAll(() => database.close());

async function as(email: string): Promise<CommandContext> {
  const services = { db: database.db, clock: systemClock, newId };
  const viewer = await loadViewer(services, { personId: ids.id(email), sessionEpoch: 0 });
  if (!viewer) throw new Error(`${email} cannot sign in`);
  return viewer;
}

/** Everything that a command may write, to show that a refusal wrote nothing. */
async function state(): Promise<unknown> {
  const { db } = database;
  return {
    audit: await db.auditRecord.count(),
    version: (await db.configuration.findUniqueOrThrow({ where: { id: 1 } })).version,
    nodes: await db.node.findMany({ orderBy: { id: "asc" } }),
    agents: await db.agent.findMany({ orderBy: { id: "asc" } }),
    versions: await db.agentVersion.count(),
    grants: await db.grant.findMany({ orderBy: { id: "asc" } }),
    credentials: await db.credential.findMany({ orderBy: { id: "asc" } }),
  };
}

const lastRecord = () =>
  database.db.auditRecord.findFirstOrThrow({ where: { stream: "configuration" }, orderBy: { seq: "desc" } });

describe("commands of chart and agents", () => {
  let before: unknown;
  beforeEach(async () => void (before = await state()));

  it.each([
    [
      "an agent below a foreign node is not found",
      "ana@example.com",
      "not_found",
      (context: CommandContext) =>
        createAgent(context, {
          parentId: ids.id("finance"),
          slug: "spy",
          name: "Spy",
          ownerId: ids.id("ana@example.com"),
        }),
    ],
    [
      "a reviewer makes no agent",
      "rev@example.com",
      "forbidden",
      (context: CommandContext) =>
        createAgent(context, { parentId: ids.id("support"), slug: "x", name: "X", ownerId: ids.id("ana@example.com") }),
    ],
    [
      "a foreign agent is not found (I12)",
      "ana@example.com",
      "not_found",
      (context: CommandContext) => suspendAgent(context, { id: ids.id("payer"), reason: "mine" }),
    ],
    [
      "a team is not moved out of one's sight",
      "ana@example.com",
      "not_found",
      (context: CommandContext) => moveNode(context, { id: ids.id("nights"), parentId: ids.id("finance") }),
    ],
    [
      "one's own top team is not moved",
      "ana@example.com",
      "not_found",
      (context: CommandContext) => moveNode(context, { id: ids.id("support"), parentId: ids.id("support") }),
    ],
    [
      "a reviewer resumes nothing",
      "rev@example.com",
      "forbidden",
      (context: CommandContext) => resumeSubtree(context, { id: ids.id("support"), reason: "go" }),
    ],
    [
      "a reviewer makes no credential",
      "rev@example.com",
      "forbidden",
      (context: CommandContext) => createCredential(context, { agentId: ids.id("desk"), name: "mine" }),
    ],
    [
      "one person alone makes no agent that acts: it begins at Observe",
      "ana@example.com",
      "forbidden",
      (context: CommandContext) =>
        createAgent(context, {
          parentId: ids.id("support"),
          slug: "z",
          name: "Z",
          ownerId: ids.id("ana@example.com"),
          tier: "recommend",
        }),
    ],
    [
      "a boundary does not hand work to a foreign agent (I12)",
      "ana@example.com",
      "not_found",
      (context: CommandContext) => updateAgent(context, { id: ids.id("desk"), boundary: { delegates: ["payer"] } }),
    ],
    [
      "nor does that of a new agent",
      "ana@example.com",
      "not_found",
      (context: CommandContext) =>
        createAgent(context, {
          parentId: ids.id("support"),
          slug: "w",
          name: "W",
          ownerId: ids.id("ana@example.com"),
          boundary: { delegates: ["payer"] },
        }),
    ],
    [
      "a taken slug",
      "ana@example.com",
      "conflict",
      (context: CommandContext) =>
        createTeam(context, { parentId: ids.id("support"), slug: "finance", name: "Finance" }),
    ],
    [
      "a disabled owner",
      "ana@example.com",
      "conflict",
      (context: CommandContext) =>
        createAgent(context, { parentId: ids.id("support"), slug: "y", name: "Y", ownerId: ids.id("off@example.com") }),
    ],
    [
      "a team below itself",
      "ana@example.com",
      "chart_cycle",
      (context: CommandContext) => moveNode(context, { id: ids.id("nights"), parentId: ids.id("late") }),
    ],
    [
      "a team that is not empty",
      "ana@example.com",
      "conflict",
      (context: CommandContext) => removeNode(context, { id: ids.id("nights") }),
    ],
    [
      "an agent is not removed",
      "ana@example.com",
      "conflict",
      (context: CommandContext) => removeNode(context, { id: ids.id("desk") }),
    ],
    [
      "a malformed slug",
      "ana@example.com",
      "invalid_input",
      (context: CommandContext) => createTeam(context, { parentId: ids.id("support"), slug: "No Slug", name: "N" }),
    ],
    [
      "a grant that it has",
      "ana@example.com",
      "conflict",
      (context: CommandContext) => addGrant(context, { agentId: ids.id("desk"), pattern: "airline.*" }),
    ],
    [
      "a grant that has expired",
      "ana@example.com",
      "invalid_input",
      (context: CommandContext) =>
        addGrant(context, { agentId: ids.id("desk"), pattern: "crm.*", expiresAt: new Date(0) }),
    ],
    [
      "a grant whose condition does not compile",
      "ana@example.com",
      "invalid_input",
      (context: CommandContext) =>
        addGrant(context, { agentId: ids.id("desk"), pattern: "crm.*", condition: "args.x >" }),
    ],
  ] as const)("%s: refused, and nothing is written", async (_name, email, code, run) => {
    expect(await run(await as(email))).toMatchObject({ ok: false, error: { code } });
    expect(await state()).toEqual(before);
  });

  it("an agent never changes the configuration", async () => {
    const agent: CommandContext = { ...admin, actor: { kind: "agent", id: ids.id("desk") } };
    expect(await addGrant(agent, { agentId: ids.id("desk"), pattern: "*" })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await state()).toEqual(before);
  });

  it("the root of the chart stays where it is", async () => {
    const root = await database.db.node.findFirstOrThrow({ where: { parentId: null } });
    expect(await moveNode(admin, { id: root.id, parentId: ids.id("support") })).toMatchObject({
      error: { code: "conflict" },
    });
    expect(await removeNode(admin, { id: root.id })).toMatchObject({ error: { code: "conflict" } });
    expect(await state()).toEqual(before);
  });

  it("a change makes a version, an audit record with before and after, and a new configuration version", async () => {
    const ana = await as("ana@example.com");
    const input = { id: ids.id("desk"), tier: "prepare", boundary: { purpose: "Answers" } } as const;
    expect(await updateAgent(ana, input)).toMatchObject({ ok: true, value: { version: 2 } });
    const record = await lastRecord();
    expect(record).toMatchObject({
      action: "agent.update",
      actorKind: "person",
      actorId: ids.id("ana@example.com"),
      nodeId: ids.id("desk"),
    });
    expect(JSON.parse(record.body)).toMatchObject({
      detail: {
        before: { tier: "execute", purpose: null },
        after: { tier: "prepare", purpose: "Answers" },
        version: 2,
      },
    });
    expect(await updateAgent(ana, { id: ids.id("desk"), rate: { run: "60/m" } })).toMatchObject({
      ok: true,
      value: { version: 2 },
    });
    // More autonomy is another person's decision; nobody takes it on the way of a change.
    expect(await updateAgent(ana, { id: ids.id("desk"), tier: "execute" })).toMatchObject({
      error: { code: "forbidden", field: "tier" },
    });
    const versions = await database.db.agentVersion.findMany({
      where: { agentId: ids.id("desk") },
      orderBy: { number: "asc" },
    });
    expect(versions.map((version) => version.number)).toEqual([1, 2]);
    expect(versions[0]?.boundary).toMatchObject({ tier: "execute", purpose: null });
  });

  it("stops and starts an agent and a subtree, with the reason kept", async () => {
    const [ana, rev] = [await as("ana@example.com"), await as("rev@example.com")];
    expect(await suspendAgent(rev, { id: ids.id("desk"), reason: "odd refunds" })).toMatchObject({ ok: true });
    expect(await suspendAgent(rev, { id: ids.id("desk"), reason: "again" })).toMatchObject({
      error: { code: "conflict" },
    });
    expect(await resumeAgent(rev, { id: ids.id("desk"), reason: "fine" })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await resumeAgent(ana, { id: ids.id("desk"), reason: "fine" })).toMatchObject({ ok: true });
    expect(await suspendSubtree(rev, { id: ids.id("support"), reason: "drill" })).toMatchObject({ ok: true });
    expect(await resumeSubtree(ana, { id: ids.id("support"), reason: "over" })).toMatchObject({ ok: true });
    expect(JSON.parse((await lastRecord()).body)).toMatchObject({ action: "node.resume", detail: { reason: "over" } });
  });

  it("shows a credential's secret once and keeps its hash", async () => {
    const made = await createCredential(await as("ana@example.com"), { agentId: ids.id("desk"), name: "ci" });
    if (!made.ok) throw new Error(made.error.message);
    const row = await database.db.credential.findUniqueOrThrow({ where: { id: made.value.id } });
    expect(Buffer.from(row.secretHash)).toEqual(secretHash(made.value.secret));
    expect((await lastRecord()).body).not.toContain(made.value.secret.slice(12));
    expect(await revokeCredential(admin, { id: made.value.id })).toMatchObject({ ok: true });
    expect(await revokeCredential(admin, { id: made.value.id })).toMatchObject({ error: { code: "conflict" } });
  });

  it("what a person may do is read again in the change: a role that was taken meanwhile counts no longer", async () => {
    const role = { personId: ids.id("rev@example.com"), role: "manager", nodeId: ids.id("support") } as const;
    expect(await grantRole(admin, role)).toMatchObject({ ok: true });
    const rev = await as("rev@example.com");
    expect(await addGrant(rev, { agentId: ids.id("desk"), pattern: "crm.read_*" })).toMatchObject({ ok: true });
    expect(await revokeRole(admin, role)).toMatchObject({ ok: true });
    const was = await state();
    expect(await addGrant(rev, { agentId: ids.id("desk"), pattern: "crm.*" })).toMatchObject({
      error: { code: "forbidden" },
    });
    await database.db.person.update({ where: { id: role.personId }, data: { status: "disabled" } });
    expect(await suspendAgent(rev, { id: ids.id("desk"), reason: "mine" })).toMatchObject({
      error: { code: "unauthenticated" },
    });
    await database.db.person.update({ where: { id: role.personId }, data: { status: "active" } });
    expect(await state()).toEqual(was);
  });

  it("replaces a grant that expired, and revokes one once", async () => {
    const agentId = ids.id("payer");
    const soon: CommandContext = { ...admin, clock: { now: () => new Date("2026-01-01T00:00:00Z") } };
    const first = await addGrant(soon, { agentId, pattern: "bank.*", expiresAt: new Date("2026-01-02T00:00:00Z") });
    expect(first).toMatchObject({ ok: true });
    const second = await addGrant(admin, { agentId, pattern: "bank.*" });
    if (!second.ok) throw new Error(second.error.message);
    expect(await revokeGrant(admin, { id: second.value.id })).toMatchObject({ ok: true });
    expect(await revokeGrant(admin, { id: second.value.id })).toMatchObject({ error: { code: "conflict" } });
    expect(await database.db.grant.count({ where: { agentId, revokedAt: null } })).toBe(0);
  });

  it("I11: of two moves at once that would close a cycle together, one is a chart_cycle", async () => {
    for (let round = 0; round < 5; round += 1) {
      const parentId = ids.id("support");
      const [a, b] = await Promise.all(
        ["a", "b"].map((name) => createTeam(admin, { parentId, slug: `${name}${round}`, name })),
      );
      if (!a?.ok || !b?.ok) throw new Error("no teams");
      const moves = await Promise.all([
        moveNode(admin, { id: a.value.id, parentId: b.value.id }),
        moveNode(admin, { id: b.value.id, parentId: a.value.id }),
      ]);
      expect(moves.map((move) => (move.ok ? "moved" : move.error.code)).toSorted()).toEqual(["chart_cycle", "moved"]);
    }
  });

  it("retires for good, and a team that is removed hands its past up", async () => {
    const parentId = ids.id("support");
    const team = await createTeam(admin, { parentId, slug: "pilot", name: "Pilot" });
    if (!team.ok) throw new Error(team.error.message);
    const ownerId = ids.id("ana@example.com");
    const agent = await createAgent(admin, { parentId: team.value.id, slug: "trial", name: "Trial", ownerId });
    if (!agent.ok) throw new Error(agent.error.message);
    const { id } = agent.value;
    await createCredential(admin, { agentId: id, name: "one" });
    expect(await removeNode(admin, { id: team.value.id })).toMatchObject({ error: { code: "conflict" } });
    expect(await retireAgent(admin, { id, reason: "over" })).toMatchObject({ ok: true });
    expect(await database.db.credential.count({ where: { agentId: id, revokedAt: null } })).toBe(0);
    for (const refused of [
      await updateAgent(admin, { id, tier: "observe" }),
      await resumeAgent(admin, { id, reason: "back" }),
      await addGrant(admin, { agentId: id, pattern: "*" }),
      await createCredential(admin, { agentId: id, name: "two" }),
    ]) {
      expect(refused).toMatchObject({ error: { code: "agent_retired" } });
    }
    expect(await removeNode(admin, { id: team.value.id })).toMatchObject({ ok: true });
    expect(await database.db.node.findUniqueOrThrow({ where: { id } })).toMatchObject({ parentId });
  });
});
