import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { resumeAgent } from "@/lib/agents/resume";
import { suspendAgent } from "@/lib/agents/suspend";
import { seedAcme } from "@/lib/approvals/test-store";
import { getAuditRecord, listAuditRecords } from "@/lib/audit/queries";
import { decodeCursor } from "@/lib/audit/schemas";
import { verifyAudit } from "@/lib/audit/verify-audit";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
/** Ada sees all, Fay finance; Rob reviews and reads no audit. */
let ada: Viewer;
let rob: Viewer;
let fay: Viewer;

const all = async (viewer: Viewer, params: Parameters<typeof listAuditRecords>[1] = {}) => {
  const seqs: string[] = [];
  let after = params.after;
  for (;;) {
    const page = await listAuditRecords(viewer, { ...params, after });
    seqs.push(...page.rows.map((row) => row.seq));
    if (page.next === null) return seqs;
    after = decodeCursor(page.next);
    expect(after).not.toBeNull();
  }
};

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  ada = await acme.viewer(acme.ids.ada);
  rob = await acme.viewer(acme.ids.rob);
  fay = await acme.viewer(acme.ids.fay);
  await suspendAgent(ada, { id: acme.ids.desk, reason: "odd refunds: 100%_sure" });
  await suspendAgent(ada, { id: acme.ids.ledger, reason: "quarter end" });
  await resumeAgent(ada, { id: acme.ids.desk, reason: "explained" });
  await verifyAudit(ada);
  await suspendAgent(ada, { id: acme.ids.helper, reason: "below desk" });
});
afterAll(() => database.close());

describe("the audit", () => {
  it("lists newest first, page by page, each record once though all are of one instant", async () => {
    expect(await all(ada)).toEqual(["5", "4", "3", "2", "1"]);
    expect(await all(ada, { take: 2 })).toEqual(["5", "4", "3", "2", "1"]);
  });

  it("leads back, page by page", async () => {
    const newest = await listAuditRecords(ada, { take: 2 });
    const middle = await listAuditRecords(ada, { take: 2, after: decodeCursor(newest.next ?? "") });
    const oldest = await listAuditRecords(ada, { take: 2, after: decodeCursor(middle.next ?? "") });
    expect([newest.previous, oldest.next]).toEqual([null, null]);
    const back = await listAuditRecords(ada, { take: 2, before: decodeCursor(oldest.previous ?? "") });
    expect(back).toEqual(middle);
    expect(await listAuditRecords(ada, { take: 2, before: decodeCursor(back.previous ?? "") })).toEqual(newest);
  });

  it("names people and nodes, and leads to them", async () => {
    const [row] = (await listAuditRecords(ada, { q: "refunds", actions: ["agent.suspend"] })).rows;
    expect(row).toMatchObject({
      actor: { kind: "person", name: "Ada", href: `/people/${acme.ids.ada}` },
      action: "agent.suspend",
      subject: { kind: "agent", name: "Agent desk", href: "/agents/desk" },
      node: { slug: "desk" },
      summary: "odd refunds: 100%_sure",
    });
  });

  it("finds by words, actor, action, subject, node and time", async () => {
    expect(await all(ada, { q: "QUARTER end" })).toEqual(["2"]);
    expect(await all(ada, { q: "0%_s" })).toEqual(["3", "1"]);
    expect(await all(ada, { q: "%" })).toEqual(["3", "1"]);
    expect(await all(ada, { q: "zz\0qq" })).toEqual([]);
    expect(await all(ada, { actions: ["agent"] })).toEqual(["5", "3", "2", "1"]);
    expect(await all(ada, { actions: ["agent.resume", "a\0b"] })).toEqual(["3"]);
    expect(await all(ada, { actorKinds: ["agent"] })).toEqual([]);
    expect(await all(ada, { actorId: acme.ids.ada })).toHaveLength(5);
    expect(await all(ada, { subjectId: acme.ids.ledger })).toEqual(["2"]);
    expect(await all(ada, { node: "desk" })).toEqual(["5", "3", "1"]);
    expect(await all(ada, { node: "no such node" })).toEqual([]);
    const now = ada.clock.now();
    expect(await all(ada, { from: now })).toHaveLength(5);
    expect(await all(ada, { to: now })).toEqual([]);
  });

  it("shows a record's body and hashes, and whether it has neighbours", async () => {
    const record = await getAuditRecord(ada, "configuration", 2n);
    expect(record).toMatchObject({
      detail: { reason: "quarter end" },
      neighbours: { previous: true, next: true },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const next = await getAuditRecord(ada, "configuration", 3n);
    expect(next?.prevHash).toBe(record?.hash);
    for (const seq of [0n, 99n, -1n, 2n ** 64n]) expect(await getAuditRecord(ada, "configuration", seq)).toBeNull();
    expect(await getAuditRecord(ada, "a\0b", 1n)).toBeNull();
  });

  it("I12: shows a person the records of their subtree only; those of the whole organisation to those who see all", async () => {
    expect(await all(fay)).toEqual(["2"]);
    expect(await all(fay, { node: "desk" })).toEqual([]);
    expect(await all(fay, { node: "acme" })).toEqual(["2"]);
    expect(await getAuditRecord(fay, "configuration", 1n)).toBeNull();
    expect(await getAuditRecord(fay, "configuration", 4n)).toBeNull();
    expect(await getAuditRecord(fay, "configuration", 2n)).toMatchObject({
      neighbours: { previous: false, next: false },
    });
    expect(await all(rob)).toEqual([]);
    expect(await getAuditRecord(rob, "configuration", 1n)).toBeNull();
  });
});
