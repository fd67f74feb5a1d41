import { afterAll, beforeAll, expect, it } from "vitest";

import { approvalTitle, getApproval } from "@/lib/approvals/queries";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { startOf } from "@/lib/budgets/periods";
import { limitRefusals } from "@/lib/budgets/refusals";
import type { Envelope } from "@/lib/budgets/schemas";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

it("gathers what a reviewer needs, and nothing of a foreign subtree (I12)", async () => {
  const { rob, ada, fay, desk, helper } = acme.ids;
  const parent = await acme.run(desk, { onBehalfOf: { subject: "mia@example.com" } });
  const run = await acme.run(helper, { parentRunId: parent.id, depth: 1 });
  const earlier = await acme.approval(run, [rob], {
    requestedAt: at(-500),
    state: "rejected",
    decidedAt: at(-450),
    decidedById: rob,
    comment: "Not this one",
    args: { account_id: "A-0" },
  });
  await acme.event(run, "e1", { at: at(-400), kind: "llm", payload: { model: "gpt-4o", completion: "Thinking" } });
  await acme.event(run, "late", { at: at(-100) });
  const { id, decisionId } = await acme.approval(run, [rob, ada], { excludedIds: [ada] });

  const seen = await getApproval(await acme.viewer(rob), id);
  expect(seen).toMatchObject({
    id,
    state: "pending",
    standing: "may_decide",
    obstacles: [],
    approvers: [{ name: "Rob" }],
    excluded: [{ name: "Ada" }],
    decision: {
      id: decisionId,
      target: "A-1",
      action: { title: "Update an account", system: "Customer records", kind: "execute" },
    },
    trail: {
      agent: { slug: "helper", owner: { name: "Ada" }, version: 1 },
      parents: [{ visible: true, agent: { slug: "desk" }, onBehalfOf: "mia@example.com" }],
      above: [{ slug: "desk" }, { slug: "support" }],
    },
    precedents: {
      counts: { approved: 0, rejected: 1 },
      latest: [{ id: earlier.id, target: "A-0", comment: "Not this one", decidedBy: "Rob" }],
    },
  });
  expect(seen?.before.map((entry) => entry.key)).toEqual([
    `decision:${earlier.decisionId}`,
    `approval:${earlier.id}`,
    "event:e1",
  ]);
  expect((await getApproval(await acme.viewer(ada), id))?.standing).toBe("excluded");
  expect(await getApproval(await acme.viewer(fay), id)).toBeNull();
  expect(await approvalTitle(await acme.viewer(rob), id)).toBe("Update an account");
  expect(await approvalTitle(await acme.viewer(fay), id)).toBeNull();
  for (const no of [newId(), "", "x", "' OR 1=1"]) expect(await getApproval(await acme.viewer(rob), no)).toBeNull();
});

it("hides a parent run of an agent outside the viewer's subtree, but says that there is one", async () => {
  const parent = await acme.run(acme.ids.ledger, { onBehalfOf: { subject: "secret@example.com" } });
  const run = await acme.run(acme.ids.desk, { parentRunId: parent.id, depth: 1 });
  const { id } = await acme.approval(run, [acme.ids.rob]);
  expect((await getApproval(await acme.viewer(acme.ids.rob), id))?.trail.parents).toEqual([{ visible: false }]);
});

it("shows first how people decided alike before, then what nobody decided", async () => {
  const { rob, ledger } = acme.ids;
  await acme.bind(rob, "reviewer", ledger);
  const run = await acme.run(ledger);
  const by = { decidedAt: at(-450), decidedById: rob, comment: "No" };
  const rejected = await acme.approval(run, [rob], { state: "rejected", requestedAt: at(-500), ...by });
  const cancelled = await acme.approval(run, [rob], { state: "cancelled", requestedAt: at(-300), decidedAt: at(-290) });
  const { id } = await acme.approval(run, [rob]);
  const seen = await getApproval(await acme.viewer(rob), id);
  expect(seen?.precedents.latest.map((one) => one.id)).toEqual([rejected.id, cancelled.id]);
});

it("tells what would deny the agent whatever is decided", async () => {
  const { db } = database;
  const run = await acme.run(acme.ids.desk);
  const { id } = await acme.approval(run, [acme.ids.rob]);
  await db.agent.update({
    where: { id: acme.ids.desk },
    data: { status: "suspended", suspendedReason: "Odd refunds" },
  });
  await db.node.update({ where: { id: acme.ids.support }, data: { suspended: true } });
  await db.run.update({ where: { id: run.id }, data: { status: "halted", endedAt: at(0) } });
  const seen = await getApproval(await acme.viewer(acme.ids.rob), id);
  expect(seen?.obstacles).toEqual([
    { kind: "subtree_suspended", name: "Team support" },
    { kind: "agent_suspended", reason: "Odd refunds" },
    { kind: "run_ended", status: "halted" },
  ]);
});

it("tells what an envelope or a rate would not bear now, with the amounts that the viewer may know", async () => {
  const { db } = database;
  const { ids } = acme;
  await db.configuration.update({
    where: { id: 1 },
    data: { settings: { budgets: { estimates: { execute: { usd: 4 } } } } },
  });
  await db.agent.update({ where: { id: ids.desk }, data: { status: "active", suspendedReason: null } });
  await db.node.update({ where: { id: ids.support }, data: { suspended: false } });
  const spent97 = async (nodeId: string, envelope: Envelope) => {
    await db.node.update({ where: { id: nodeId }, data: { envelope } });
    const startsAt = new Date(startOf("day", NOW.getTime()));
    await db.envelopeUse.create({ data: { ownerId: nodeId, period: "day", startsAt, settledMicroUsd: 97_000_000n } });
  };
  const obstaclesFor = async (person: string, approvalId: string) =>
    (await getApproval(await acme.viewer(person), approvalId))?.obstacles;

  const run = await acme.run(ids.desk);
  const { id } = await acme.approval(run, [ids.rob]);
  await spent97(ids.desk, { day: { usd: 101 } });
  expect(await obstaclesFor(ids.rob, id)).toEqual([]);
  await db.node.update({ where: { id: ids.desk }, data: { envelope: { day: { usd: 100 }, run: { usd: 3 } } } });
  await spent97(ids.root, { day: { usd: 97 } });
  const midnight = "2026-03-11T00:00:00.000Z";
  const own = [
    { kind: "envelope_used", words: "Its run has $3.00 of $3.00 left in this run; this asks for $4.00.", until: null },
    {
      kind: "envelope_used",
      words: "Agent desk has $3.00 of $100.00 left this day; this asks for $4.00.",
      until: midnight,
    },
  ];
  // Rob answers for a part of the chart: that the root has no room is for him to know, how much it has is not.
  expect(await obstaclesFor(ids.rob, id)).toEqual([
    ...own,
    { kind: "envelope_used", words: "The envelope of a node above has no room for it.", until: midnight },
  ]);
  expect((await obstaclesFor(ids.ada, id))?.[2]).toMatchObject({
    words: expect.stringMatching(/has used up its \$97\.00 this day\.$/),
  });

  // What the request itself expects to cost counts, as it does when it is decided.
  await db.node.update({ where: { id: ids.root }, data: { envelope: {} } });
  const cheap = { runId: run.id, action: "crm.update_account", estimate: { costUsd: 0.5 } };
  expect(await limitRefusals(db, cheap, NOW, () => true)).toEqual([]);

  // A delegating run caps what it sets off.
  const child = await acme.run(ids.ledger, { parentRunId: run.id, depth: 1 });
  const delegated = await acme.approval(child, [ids.fay]);
  expect(await obstaclesFor(ids.fay, delegated.id)).toEqual([
    {
      kind: "envelope_used",
      words: "A run that delegated to it has $3.00 of $3.00 left in this run; this asks for $4.00.",
      until: null,
    },
  ]);

  // Rates: what frees itself while one reads is not worth a word.
  await db.node.update({ where: { id: ids.desk }, data: { envelope: {} } });
  await db.agent.update({ where: { id: ids.desk }, data: { rate: { agent: "2/h", run: "1/s" } } });
  const full = BigInt(NOW.getTime() + 3_600_000) * 1_000n;
  await db.run.update({ where: { id: run.id }, data: { rateTatUs: full } });
  await db.agentRate.create({ data: { agentId: ids.desk, tatUs: full } });
  expect(await obstaclesFor(ids.rob, id)).toEqual([
    { kind: "rate_reached", limit: "2/h", until: "2026-03-10T12:30:00.000Z" },
  ]);
});
