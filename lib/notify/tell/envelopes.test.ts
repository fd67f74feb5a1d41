import { beforeEach, describe, expect, it } from "vitest";

import { at, NOW } from "@/lib/approvals/test-store";
import { getEnvelope } from "@/lib/budgets/queries";
import { startOf, type Period } from "@/lib/budgets/periods";
import type { Envelope } from "@/lib/budgets/schemas";
import { acme, database, moveTo, now, subjects, tick, worker } from "@/lib/notify/deliver/deliver-testing";
import { tellEnvelopes } from "@/lib/notify/tell/envelopes";

const limit = (nodeId: string, envelope: Envelope) =>
  database.db.node.update({ where: { id: nodeId }, data: { envelope } });

/** As the gates count. Dollars. */
async function use(
  ownerId: string,
  period: Period,
  { usd = 0, held = 0, tokens = 0, calls = 0 }: { usd?: number; held?: number; tokens?: number; calls?: number },
): Promise<void> {
  const startsAt = new Date(startOf(period, now.getTime()));
  const data = {
    settledMicroUsd: BigInt(usd * 1e6),
    reservedMicroUsd: BigInt(held * 1e6),
    settledTokens: BigInt(tokens),
    calls: BigInt(calls),
  };
  const place = { ownerId, period, startsAt };
  await database.db.envelopeUse.upsert({
    where: { ownerId_period_startsAt: place },
    create: { ...place, ...data },
    update: data,
  });
}
const told = async () =>
  (
    await database.db.notice.findMany({
      where: { kind: { startsWith: "envelope." } },
      orderBy: [{ at: "asc" }, { key: "asc" }],
      include: { notifications: { include: { person: true } } },
    })
  ).map(({ kind, subject, link, urgent, notifications }) => ({
    kind,
    subject,
    link,
    urgent,
    to: notifications.map((one) => one.person.name).toSorted(),
  }));
const look = async (seconds = 0): Promise<number> => {
  moveTo(at(seconds));
  return tellEnvelopes(worker());
};

describe("an envelope that is nearly used", () => {
  beforeEach(async () => {
    await limit(acme.ids.desk, { day: { usd: 50, calls: 10 }, hour: { tokens: 1_000 } });
  });

  it("is told of once, to who answers for the agent and who may raise it", async () => {
    await use(acme.ids.desk, "day", { usd: 39.99 });
    expect(await look()).toBe(0);
    // What is held counts, as it does for agents.
    await use(acme.ids.desk, "day", { usd: 35, held: 5 });
    expect(await look()).toBe(1);
    expect(await look(1)).toBe(0);
    await use(acme.ids.desk, "day", { usd: 45 });
    expect(await look(2)).toBe(0);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      kind: "envelope.nearly_used",
      subject: "Agent desk: $40.00 of $50.00 used today (UTC)",
      link: "/agents/desk",
      urgent: false,
    });
    const owner = await database.db.agent.findUniqueOrThrow({ where: { id: acme.ids.desk }, include: { owner: true } });
    expect(notice?.to).toContain(owner.owner.name);
    expect(notice?.to).toContain("Ada");
    await tick(3);
    expect(await subjects(acme.ids.ada)).toEqual(["envelope.nearly_used"]);
  });

  it("and then used up is told of again, urgently where it lasts; at once used up, only that", async () => {
    await use(acme.ids.desk, "day", { usd: 42 });
    await use(acme.ids.desk, "hour", { tokens: 1_200 });
    expect(await look()).toBe(2);
    await use(acme.ids.desk, "day", { usd: 50 });
    expect(await look(1)).toBe(1);
    // What was held came back: it had been used up, and nobody is told less.
    await use(acme.ids.desk, "day", { usd: 45 });
    await use(acme.ids.desk, "hour", { tokens: 900 });
    expect(await look(2)).toBe(0);
    expect((await told()).map(({ kind, subject, urgent }) => [kind, subject, urgent])).toEqual([
      ["envelope.nearly_used", "Agent desk: $42.00 of $50.00 used today (UTC)", false],
      ["envelope.used_up", "Agent desk: all of 1,000 tokens used this hour", false],
      ["envelope.used_up", "Agent desk: all of $50.00 used today (UTC)", true],
    ]);
  });

  it("is told of anew in the next window, and when somebody raised it and it is nearly used again", async () => {
    await use(acme.ids.desk, "hour", { tokens: 900 });
    expect(await look()).toBe(1);
    await limit(acme.ids.desk, { hour: { tokens: 2_000 } });
    expect(await look(1)).toBe(0);
    await use(acme.ids.desk, "hour", { tokens: 1_700 });
    expect(await look(2)).toBe(1);
    // The next hour: what the last one used is nobody's concern, what this one uses is.
    expect(await look(3_600)).toBe(0);
    await use(acme.ids.desk, "hour", { tokens: 1_700 });
    expect(await look(3_601)).toBe(1);
  });

  it("is one at the share of the settings, of each unit by itself", async () => {
    await database.db.configuration.update({ where: { id: 1 }, data: { settings: { budgets: { windDownAt: 0.5 } } } });
    await use(acme.ids.desk, "day", { usd: 25, calls: 5 });
    expect(await look()).toBe(2);
    expect((await told()).map((one) => one.subject)).toEqual([
      "Agent desk: 5 calls of 10 calls used today (UTC)",
      "Agent desk: $25.00 of $50.00 used today (UTC)",
    ]);
  });

  it("is told of once by however many workers look at the same time", async () => {
    await use(acme.ids.desk, "day", { usd: 45 });
    moveTo(NOW);
    await Promise.all(Array.from({ length: 4 }, () => tellEnvelopes(worker())));
    expect(await told()).toHaveLength(1);
  });

  it("is shown with its node: from when on it is near, and that somebody was told", async () => {
    await use(acme.ids.desk, "day", { usd: 45 });
    const shown = async () => {
      const view = await getEnvelope(await acme.viewer(acme.ids.ada), acme.ids.desk);
      return { nearAt: view?.nearAt, told: view?.meters.map((meter) => [meter.period, meter.unit, meter.toldAt]) };
    };
    const [hour, calls] = [
      ["hour", "tokens", null],
      ["day", "calls", null],
    ];
    expect(await shown()).toEqual({ nearAt: 0.8, told: [hour, ["day", "usd", null], calls] });
    await look();
    expect(await shown()).toEqual({ nearAt: 0.8, told: [hour, ["day", "usd", NOW.toISOString()], calls] });
  });
});

describe("envelopes that nobody is told of", () => {
  it("are those of runs, of retired agents, and those that cannot be read", async () => {
    const { desk, ledger, root } = acme.ids;
    await limit(desk, { run: { usd: 1 } });
    await use(desk, "run", { usd: 5 });
    await limit(ledger, { day: { usd: 1 } });
    await use(ledger, "day", { usd: 5 });
    await database.db.agent.update({ where: { id: ledger }, data: { status: "retired" } });
    for (const envelope of [{ day: { usd: "many" } }, { day: 7 }, [], { day: { usd: 0 } }]) {
      await database.db.node.update({ where: { id: root }, data: { envelope } });
      await use(root, "day", { usd: 5 });
      expect(await look()).toBe(0);
    }
  });

  it("a team's is told to its lead, and leads to the chart", async () => {
    const { root, rob, ada } = acme.ids;
    const team = await database.db.node.findFirstOrThrow({ where: { kind: "team", parentId: root } });
    await database.db.node.update({
      where: { id: team.id },
      data: { leadId: rob, envelope: { month: { calls: 100 } } },
    });
    await use(team.id, "month", { calls: 99 });
    expect(await look()).toBe(1);
    const names = await database.db.person.findMany({ where: { id: { in: [rob, ada] } }, orderBy: { name: "asc" } });
    expect(await told()).toMatchObject([
      {
        kind: "envelope.nearly_used",
        subject: `${team.name}: 99 calls of 100 calls used this month (UTC)`,
        link: `/chart?focus=${team.slug}`,
        to: names.map((one) => one.name),
      },
    ]);
  });
});
