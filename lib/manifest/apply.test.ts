import { readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { applyManifest } from "@/lib/manifest/apply";
import { exportManifest } from "@/lib/manifest/export";
import { problemText } from "@/lib/manifest/parse";
import { operator, seed } from "@/lib/manifest/testing";

const FULL = `apiVersion: remit/v1
organisation: Acme Air
settings: {reviewMinutes: 90}
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: manager, node: support}, {role: admin, node: organisation}]}
  - {email: Bo.Li@example.com, name: Bo Li, timeZone: Europe/Berlin}
  - {email: gone@example.com, name: Gone, disabled: true}
chart:
  - team: support
    name: Customer support
    lead: ana@example.com
    children:
      - person: bo.li@example.com
        children:
          - agent: helper
            owner: gone@example.com
            suspended: true
      - agent: desk
        name: Service desk
        owner: ana@example.com
        tier: execute
        purpose: Books, changes and cancels flights
        model: gpt-4o
        instructions: Be kind.
        systemsRead: [airline]
        neverData: [payment_card]
        delegates: [helper]
        grants:
          - airline.get_*
          - {pattern: airline.cancel, when: 'args.amount < 5.0', expires: 2031-01-31}
        envelope: {run: {usd: 0.50}, day: {usd: 40, calls: 100}}
        children:
          - {agent: below, owner: ana@example.com, grants: []}
  - {team: empty, suspended: true}
systems:
  - id: airline
    name: Airline reservations
    actions:
      - {id: airline.get_one, kind: read, impact: low, dataClasses: [pii], fact: {key: args.id, value: result}}
      - id: airline.cancel
        kind: execute
        reversibility: irreversible
        impact: high
        evidence: [reason]
        args: {type: object, required: [amount], properties: {amount: {type: number}}}
policies:
  - id: cancellations
    rules:
      - id: large
        match: {actions: [airline.cancel], nodes: [support]}
        when: args.amount > 3.0
        effect: escalate
        to: [ana@example.com]
        deadline: 30m
        message: A person decides.
`;

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.close());

const exported = async (one: TestDatabase): Promise<string> => {
  const text = await exportManifest(operator(one.db));
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
};
const audits = (one: TestDatabase): Promise<number> => one.db.auditRecord.count();

describe("apply", () => {
  it("makes all of it, records every step, and changes nothing the second time", async () => {
    const context = operator(database.db);
    const dry = await applyManifest(context, FULL, { dryRun: true });
    expect(dry).toMatchObject({ ok: true, value: { outcome: "planned" } });
    expect(await database.db.person.count()).toBe(0);

    const applied = await applyManifest(context, FULL);
    if (!applied.ok || applied.value.outcome === "refused") throw new Error(JSON.stringify(applied));
    expect(applied.value.warnings).toEqual([]);
    expect(applied.value.steps.map((step) => step.act.do)).toEqual([
      "organisation.create",
      "settings.save",
      "person.create",
      "person.create",
      "person.create",
      "team.create",
      "place.create",
      "agent.create",
      "agent.suspend",
      "agent.create",
      "envelope.set",
      "grant.add",
      "grant.add",
      "agent.create",
      "team.create",
      "node.suspend",
      "role.grant",
      "role.grant",
      "system.save",
      "action.save",
      "action.save",
      "policy.publish",
      "person.disable",
    ]);
    const records = await audits(database);
    expect(records).toBeGreaterThan(applied.value.steps.length);

    const before = await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } });
    const again = await applyManifest(context, FULL);
    expect(again).toMatchObject({ ok: true, value: { outcome: "applied", steps: [] } });
    expect(await audits(database)).toBe(records);
    expect(await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } })).toEqual(before);
  });

  it("exports what, applied to an empty database, exports the same", async () => {
    const text = await exported(database);
    const again = await applyManifest(operator(database.db), text);
    expect(again).toMatchObject({ ok: true, value: { outcome: "applied", steps: [] } });
    const other = await createTestDatabase();
    try {
      await seed(other.db, text);
      expect(await exported(other)).toBe(text);
    } finally {
      await other.close();
    }
  });

  it("does so for the demo's thirty agents", async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    try {
      const yaml = readFileSync("lib/demo/organisation.yaml", "utf8");
      await seed(one.db, yaml);
      expect(await applyManifest(operator(one.db), yaml)).toMatchObject({ ok: true, value: { steps: [] } });
      const text = await exported(one);
      await seed(other.db, text);
      expect(await exported(other)).toBe(text);
    } finally {
      await one.close();
      await other.close();
    }
  });

  it("changes what differs, and only that", async () => {
    const moved = FULL.replace("Service desk", "Front desk").replace(
      "  - {team: empty, suspended: true}",
      "  - {team: empty}",
    );
    const applied = await applyManifest(operator(database.db), moved.replace("args.amount > 3.0", "args.amount > 4.0"));
    if (!applied.ok || applied.value.outcome === "refused") throw new Error(JSON.stringify(applied));
    expect(applied.value.steps.map(({ verb, subject, name, changes }) => [verb, subject, name, changes])).toEqual([
      ["update", "agent", "desk", ["name: Service desk → Front desk"]],
      ["update", "policy", "cancellations", ["rule large changes"]],
    ]);
    const desk = await database.db.agent.findFirstOrThrow({
      where: { node: { slug: "desk" } },
      include: { versions: true },
    });
    expect(desk.version).toBe(2);
    expect(desk.versions).toHaveLength(2);
    expect(await database.db.node.findUniqueOrThrow({ where: { slug: "empty" } })).toMatchObject({ suspended: true });
  });

  it("leaves alone what it does not list", async () => {
    const before = await exported(database);
    const small = `apiVersion: remit/v1\nchart: [{team: legal, name: Legal}]\npeople: [{email: ana@example.com, name: Ana Reyes}]\n`;
    await seed(database.db, small);
    const after = await exported(database);
    expect(after.replace("  - {team: legal, name: Legal}\n", "")).toBe(before);
  });

  it("applies once when it is applied twice at the same moment", async () => {
    const one = await createTestDatabase();
    try {
      const both = await Promise.all([applyManifest(operator(one.db), FULL), applyManifest(operator(one.db), FULL)]);
      const steps = both.map((applied) =>
        applied.ok && applied.value.outcome === "applied" ? applied.value.steps.length : -1,
      );
      expect(steps.toSorted((a, b) => a - b)).toEqual([0, 23]);
      expect(await one.db.agentVersion.count()).toBe(3);
    } finally {
      await one.close();
    }
  });

  it("turns parent and child around", async () => {
    const one = await createTestDatabase();
    try {
      await seed(one.db, "apiVersion: remit/v1\nchart: [{team: a, children: [{team: b, children: [{team: c}]}]}]\n");
      await seed(one.db, "apiVersion: remit/v1\nchart: [{team: c, children: [{team: b, children: [{team: a}]}]}]\n");
      const nodes = await one.db.node.findMany({
        select: { slug: true, parent: { select: { slug: true } } },
        orderBy: { slug: "asc" },
      });
      expect(nodes.map((node) => `${node.slug}<${node.parent?.slug ?? ""}`)).toEqual([
        "a<b",
        "b<c",
        "c<organisation",
        "organisation<",
      ]);
    } finally {
      await one.close();
    }
  });

  it("refuses the whole file for what leads nowhere, and changes nothing", async () => {
    const before = await exported(database);
    const records = await audits(database);
    const applied = await applyManifest(
      operator(database.db),
      `apiVersion: remit/v1
people:
  - {email: new@example.com, name: New, roles: [{role: manager, node: nowhere}]}
chart:
  - team: fresh
    lead: nobody@example.com
    children:
      - {agent: support, owner: gone@example.com}
      - {agent: typo, owner: nobody@example.com, delegates: [fresh], grants: [{pattern: airline.cancel, when: args.amuont > 1.0}, elsewhere.*]}
      - {team: fresh}
systems:
  - id: airline
    actions:
      - {id: crm.read, kind: read, fact: {key: args.id, value: result +}}
      - {id: airline.pay, kind: execute, args: {type: strange}, rollback: airline.unpay}
policies:
  - id: p
    rules:
      - {id: r, match: {actions: [airline.cancel], agents: [ghost]}, when: "1 + ", effect: deny}
`,
    );
    if (!applied.ok || applied.value.outcome !== "refused") throw new Error("it was not refused");
    expect(applied.value.problems.map(problemText)).toEqual([
      "line 3: people[0].roles[0].node: there is no node nowhere",
      "line 6: chart[0].lead: there is no person nobody@example.com",
      "line 8: chart[0].children[0].agent: support is a team already, not an agent",
      "line 8: chart[0].children[0].owner: gone@example.com is disabled",
      "line 9: chart[0].children[1].owner: there is no person nobody@example.com",
      "line 9: chart[0].children[1].delegates[0]: there is no agent fresh",
      expect.stringMatching(/^line 9: chart\[0\]\.children\[1\]\.grants\[0\]\.when: .*amuont/),
      "line 9: chart[0].children[1].grants[1]: elsewhere.* matches no action of the catalogue",
      "line 10: chart[0].children[2].team: fresh stands twice in the chart",
      "line 14: systems[0].actions[0].id: crm.read must begin with airline.",
      expect.stringMatching(/^line 14: systems\[0\]\.actions\[0\]\.fact\.value: /),
      expect.stringMatching(/^line 15: systems\[0\]\.actions\[1\]\.args: /),
      "line 15: systems[0].actions[1].rollback: there is no action airline.unpay",
      "line 19: policies[0].rules[0].match.agents[0]: there is no agent ghost",
      expect.stringMatching(/^line 19: policies\[0\]\.rules\[0\]\.when: /),
    ]);
    expect(await exported(database)).toBe(before);
    expect(await audits(database)).toBe(records);
  });
});
