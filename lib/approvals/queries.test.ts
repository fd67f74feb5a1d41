import { afterAll, beforeAll, expect, it } from "vitest";

import { approvalTitle, getApproval } from "@/lib/approvals/queries";
import { at, seedAcme } from "@/lib/approvals/test-store";
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
