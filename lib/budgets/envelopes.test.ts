import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Viewer } from "@/lib/auth/viewer";
import { startOf } from "@/lib/budgets/periods";
import { getEnvelope } from "@/lib/budgets/queries";
import { setEnvelope } from "@/lib/budgets/set-envelope";
import { getChart } from "@/lib/agents/chart-queries";
import { retireAgent } from "@/lib/agents/retire";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { operator, seed, type Seeded } from "@/lib/manifest/testing";

const ORGANISATION = `apiVersion: remit/v1
envelope: {month: {usd: 1000}}
people:
  - {email: root@example.com, name: Root, roles: [{role: admin, node: organisation}]}
  - {email: ana@example.com, name: Ana, roles: [{role: manager, node: support}]}
  - {email: rev@example.com, name: Rev, roles: [{role: reviewer, node: support}]}
  - {email: desk@example.com, name: Own, roles: [{role: manager, node: desk}]}
chart:
  - team: support
    name: Support
    envelope: {day: {usd: 50, calls: 10}, run: {usd: 2}}
    children:
      - {agent: desk, name: Desk, owner: ana@example.com, envelope: {hour: {tokens: 900}, run: {usd: 1}}}
      - {agent: gone, owner: ana@example.com}
  - {team: finance, envelope: {day: {usd: 7}}}
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

async function as(name: string): Promise<Viewer> {
  const services = { db: database.db, clock: systemClock, newId };
  const viewer = await loadViewer(services, { personId: ids.id(`${name}@example.com`), sessionEpoch: 0 });
  if (!viewer) throw new Error(`${name} cannot sign in`);
  return viewer;
}
const stored = async (slug: string) => (await database.db.node.findUniqueOrThrow({ where: { slug } })).envelope;
const version = async () => (await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } })).version;

describe("setEnvelope", () => {
  it("is for a manager of the node above: nobody widens what limits themselves", async () => {
    const [ana, own, rev, root] = [await as("ana"), await as("desk"), await as("rev"), await as("root")];
    const wide = { day: { usd: 9_999 } };
    const before = [await stored("support"), await stored("desk"), await version()];
    for (const [who, slug, code] of [
      [ana, "support", "forbidden"],
      [own, "desk", "forbidden"],
      [rev, "desk", "forbidden"],
      [ana, "finance", "not_found"],
      [ana, "organisation", "not_found"],
      [own, "support", "not_found"],
    ] as const)
      expect(await setEnvelope(who, { id: ids.id(slug), envelope: wide })).toMatchObject({
        ok: false,
        error: { code },
      });
    expect([await stored("support"), await stored("desk"), await version()]).toEqual(before);
    expect(await setEnvelope(ana, { id: ids.id("gone"), envelope: wide })).toMatchObject({ ok: true });
    expect(await setEnvelope(root, { id: ids.id("organisation"), envelope: { month: { usd: 1_000 } } })).toMatchObject({
      ok: true,
    });
    expect(await setEnvelope(ana, { id: newId(), envelope: wide })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
  });

  it("binds the next decision, and leaves a record of what was and what is", async () => {
    const before = await version();
    const is = { hour: { tokens: 900 }, run: { usd: 1 }, day: { calls: 5 } };
    expect(await setEnvelope(await as("ana"), { id: ids.id("desk"), envelope: is })).toMatchObject({ ok: true });
    expect(await version()).toBe(before + 1n);
    const record = await database.db.auditRecord.findFirstOrThrow({
      where: { stream: "configuration" },
      orderBy: { seq: "desc" },
    });
    expect(record).toMatchObject({ action: "envelope.set", subjectKind: "agent", nodeId: ids.id("desk") });
    expect(JSON.parse(record.body)).toMatchObject({
      detail: { slug: "desk", before: { hour: { tokens: 900 }, run: { usd: 1 } }, after: is },
    });
    expect(await stored("desk")).toEqual(is);
  });

  it.each([
    [{ day: { usd: 0 } }, "envelope.day.usd"],
    [{ day: { usd: -1 } }, "envelope.day.usd"],
    [{ day: { tokens: 1.5 } }, "envelope.day.tokens"],
    [{ day: {} }, "envelope.day"],
    [{ day: { usd: Number.NaN } }, "envelope.day.usd"],
    [{ day: { usd: 1e10 } }, "envelope.day.usd"],
  ])("refuses %j at its field", async (envelope, field) => {
    expect(await setEnvelope(admin, { id: ids.id("desk"), envelope })).toMatchObject({
      ok: false,
      error: { code: "invalid_input", field },
    });
  });

  it("leaves who is retired alone", async () => {
    expect(await retireAgent(admin, { id: ids.id("gone"), reason: "over" })).toMatchObject({ ok: true });
    expect(await setEnvelope(admin, { id: ids.id("gone"), envelope: {} })).toMatchObject({
      ok: false,
      error: { code: "agent_retired" },
    });
  });
});

describe("what pages show", () => {
  beforeAll(async () => {
    const now = Date.now();
    const uses = [
      {
        ownerId: ids.id("support"),
        period: "day",
        settledMicroUsd: 30_000_000n,
        reservedMicroUsd: 5_000_000n,
        calls: 4n,
        unpricedCalls: 2n,
      },
      { ownerId: ids.id("desk"), period: "hour", settledTokens: 800n, reservedTokens: 10n },
      { ownerId: ids.id("organisation"), period: "month", settledMicroUsd: 100_000_000n },
    ] as const;
    for (const use of uses)
      await database.db.envelopeUse.create({ data: { ...use, startsAt: new Date(startOf(use.period, now)) } });
    // A window that is over counts no more.
    await database.db.envelopeUse.create({
      data: {
        ownerId: ids.id("desk"),
        period: "hour",
        settledTokens: 1n,
        startsAt: new Date(startOf("hour", now) - 3_600_000),
      },
    });
  });

  it("an agent's own limits and those above it, as far as the viewer sees (I12)", async () => {
    const seen = async (name: string) => {
      const view = await getEnvelope(await as(name), ids.id("desk"));
      return {
        meters: view?.meters.map(({ node, period, unit, spent, reserved }) => [node, period, unit, spent, reserved]),
        runs: view?.runs.map(({ node, limit }) => [node, limit]),
        maySet: view?.maySet,
      };
    };
    const desk = [
      ["Desk", "hour", "tokens", 800, 10],
      ["Desk", "day", "calls", 0, 0],
    ];
    const support = [
      ["Support", "day", "usd", 30_000_000, 5_000_000],
      ["Support", "day", "calls", 4, 0],
    ];
    const everything = [["Organisation", "month", "usd", 100_000_000, 0]];
    const runs = [
      ["Desk", 1_000_000],
      ["Support", 2_000_000],
    ];
    expect(await seen("desk")).toEqual({ meters: desk, runs: [["Desk", 1_000_000]], maySet: false });
    expect(await seen("ana")).toEqual({ meters: [...desk, ...support], runs, maySet: true });
    expect(await seen("rev")).toEqual({ meters: [...desk, ...support], runs, maySet: false });
    expect(await seen("root")).toEqual({ meters: [...desk, ...support, ...everything], runs, maySet: true });
    expect(await getEnvelope(await as("ana"), ids.id("finance"))).toBeNull();
    expect((await getEnvelope(await as("ana"), ids.id("support")))?.meters[0]?.unpriced).toBe(2);
  });

  it("the chart: each node's own, and those that the viewer may give one", async () => {
    const of = async (name: string) =>
      Object.fromEntries(
        (await getChart(await as(name))).nodes.map(({ slug, envelope }) => [
          slug,
          envelope &&
            `${envelope.meters.map((one) => `${one.period} ${one.unit}`).join(", ")}${envelope.maySet ? " may set" : ""}`,
        ]),
      );
    expect(await of("ana")).toEqual({
      support: "day usd, day calls",
      desk: "hour tokens, day calls may set",
      gone: "day usd may set",
    });
    expect(await of("rev")).toEqual({ support: "day usd, day calls", desk: "hour tokens, day calls", gone: "day usd" });
    expect((await of("root")).organisation).toBe("month usd may set");
  });

  it("one that can not be read is said to be so", async () => {
    await database.ownerDb.node.update({ where: { slug: "finance" }, data: { envelope: { week: { usd: 1 } } } });
    expect(await getEnvelope(await as("root"), ids.id("finance"))).toMatchObject({ unreadable: true, own: {} });
  });
});
