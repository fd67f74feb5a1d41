import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { askAgent } from "@/lib/approvals/ask";
import { assignApproval, claimApproval } from "@/lib/approvals/assign";
import { commentApproval } from "@/lib/approvals/comment";
import { approveInTurn, approveMany, rejectMany, undoMany } from "@/lib/approvals/many";
import { snoozeApproval } from "@/lib/approvals/snooze";
import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let bea: string;
let auditor: string;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  [bea, auditor] = [await acme.person("Bea"), await acme.person("Audie")];
  await acme.bind(bea, "reviewer", acme.ids.support);
  await acme.bind(auditor, "auditor", acme.ids.support);
});
afterAll(() => database.close());

const as = async (personId: string, second = 0): Promise<Viewer> => ({
  ...(await acme.viewer(personId)),
  clock: { now: () => at(second) },
});
const waiting = async (more: Parameters<typeof acme.approval>[2] = {}) => {
  const run = await acme.run(acme.ids.desk);
  return (await acme.approval(run, [acme.ids.rob, bea], more)).id;
};
const stored = (id: string) => database.db.approval.findUniqueOrThrow({ where: { id } });
const actions = async (id: string) =>
  (await database.db.auditRecord.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map(
    (one) => one.action,
  );
const failing = (code: string, field?: string) => ({ ok: false, error: { code, ...(field && { field }) } });

describe("questions and comments", () => {
  it("asks the agent while it waits, and only who may decide", async () => {
    const approvalId = await waiting();
    const asked = await askAgent(await as(acme.ids.rob), { approvalId, text: "  Which order?  " });
    expect(asked).toMatchObject({ ok: true });
    expect(await database.db.approvalEntry.findMany({ where: { approvalId } })).toMatchObject([
      { kind: "question", text: "Which order?", authorPersonId: acme.ids.rob, authorAgentId: null },
    ]);
    for (const [person, code] of [
      [auditor, "approval_not_yours"],
      [acme.ids.ada, "approval_not_yours"],
      [acme.ids.fay, "not_found"],
    ] as const)
      expect(await askAgent(await as(person), { approvalId, text: "Why?" })).toMatchObject(failing(code));
    expect(await askAgent(await as(acme.ids.rob), { approvalId, text: " " })).toMatchObject(
      failing("invalid_input", "text"),
    );
    await approveApproval(await as(acme.ids.rob), { approvalId });
    expect(await askAgent(await as(bea), { approvalId, text: "Why?" })).toMatchObject(failing("approval_not_pending"));
  });

  it("asks twenty times at most", async () => {
    const approvalId = await waiting();
    const rob = await as(acme.ids.rob);
    for (let index = 0; index < 20; index += 1) await askAgent(rob, { approvalId, text: `Question ${index}` });
    expect(await askAgent(rob, { approvalId, text: "One more." })).toMatchObject(failing("too_many_requests"));
  });

  it("comments among those who see it, also afterwards; nothing that was said changes", async () => {
    const approvalId = await waiting();
    await approveApproval(await as(acme.ids.rob), { approvalId });
    const text = "Looks like <script>alert(1)</script> to me.";
    expect(await commentApproval(await as(auditor, 60), { approvalId, text })).toMatchObject({ ok: true });
    expect(await commentApproval(await as(acme.ids.fay), { approvalId, text })).toMatchObject(failing("not_found"));
    const [entry] = await database.db.approvalEntry.findMany({ where: { approvalId } });
    expect(entry).toMatchObject({ kind: "comment", text, authorPersonId: auditor });
    await expect(database.db.approvalEntry.updateMany({ where: { approvalId }, data: { text: "" } })).rejects.toThrow(
      /permission denied|append-only/,
    );
    expect(await actions(approvalId)).toEqual(["approval.approve", "approval.comment"]);
  });
});

describe("assigning", () => {
  it("says who takes care of it, and gives no authority", async () => {
    const approvalId = await waiting();
    expect(await claimApproval(await as(acme.ids.rob), { approvalId })).toEqual({
      ok: true,
      value: { assigneeId: acme.ids.rob },
    });
    expect(await assignApproval(await as(acme.ids.ada, 9), { approvalId, personId: bea })).toMatchObject({ ok: true });
    expect(await stored(approvalId)).toMatchObject({
      assigneeId: bea,
      assignedAt: at(9),
      assignedById: acme.ids.ada,
    });
    // Another one who may decide still may.
    expect(await approveApproval(await as(acme.ids.rob), { approvalId })).toMatchObject({ ok: true });
    expect(await claimApproval(await as(bea), { approvalId })).toMatchObject(failing("approval_not_pending"));
  });

  it("goes to nobody who may not decide it, and comes from nobody without the role", async () => {
    const approvalId = await waiting({ excludedIds: [bea] });
    const ada = await as(acme.ids.ada);
    for (const personId of [bea, auditor, acme.ids.fay, acme.ids.ada, newId()])
      expect(await assignApproval(ada, { approvalId, personId })).toMatchObject(
        failing("assignee_may_not_decide", "personId"),
      );
    expect(await claimApproval(ada, { approvalId })).toMatchObject(failing("assignee_may_not_decide"));
    expect(await assignApproval(await as(auditor), { approvalId, personId: null })).toMatchObject(failing("forbidden"));
    expect(await assignApproval(ada, { approvalId, personId: acme.ids.rob })).toMatchObject({ ok: true });
    expect(await assignApproval(ada, { approvalId, personId: null })).toMatchObject({ ok: true });
    expect(await stored(approvalId)).toMatchObject({ assigneeId: null, assignedAt: null, assignedById: null });
    expect(await actions(approvalId)).toEqual(["approval.assign", "approval.assign"]);
  });
});

describe("snoozing", () => {
  it("hides it from oneself until a time before its deadline, and shows it again", async () => {
    const approvalId = await waiting({ deadline: at(1_000) });
    const rob = await as(acme.ids.rob);
    const snooze = (until: string | null) => snoozeApproval(rob, { approvalId, until });
    expect(await snooze(at(0).toISOString())).toMatchObject(failing("invalid_input", "until"));
    expect(await snooze(at(1_000).toISOString())).toMatchObject(failing("invalid_input", "until"));
    expect(await snooze("tomorrow")).toMatchObject(failing("invalid_input", "until"));
    await snooze(at(500).toISOString());
    expect(await snooze(at(600).toISOString())).toEqual({ ok: true, value: { until: at(600).toISOString() } });
    expect(await database.db.approvalSnooze.findMany({ where: { approvalId } })).toEqual([
      { approvalId, personId: acme.ids.rob, until: at(600) },
    ]);
    expect(await snooze(null)).toEqual({ ok: true, value: { until: null } });
    expect(await database.db.approvalSnooze.count({ where: { approvalId } })).toBe(0);
    expect(await snoozeApproval(await as(acme.ids.fay), { approvalId, until: null })).toMatchObject(
      failing("not_found"),
    );
  });
});

describe("many", () => {
  it("approves what is of low risk, each by itself: what is refused stops no other", async () => {
    const low = [await waiting({ risk: "low" }), await waiting({ risk: "low" }), await waiting({ risk: "low" })];
    const medium = await waiting({ risk: "medium" });
    const foreign = (
      await acme.approval(await acme.run(acme.ids.ledger), [acme.ids.fay, acme.ids.rob], { risk: "high" })
    ).id;
    const excluded = await waiting({ risk: "low", excludedIds: [acme.ids.rob] });
    const gone = await waiting({ risk: "low", deadline: at(-1) });
    const two = await waiting({ risk: "low", quorum: 2 });
    const [first = "", second = "", third = ""] = low;
    const approvalIds = [first, medium, foreign, second, excluded, gone, "nonsense", two, first, third];
    const result = await approveMany(await as(acme.ids.rob), { approvalIds, comment: "Seen." });
    const short = result.ok ? result.value.map((one) => [one.id, one.ok ? one.state : one.error.code]) : [];
    expect(short).toEqual([
      [first, "approved"],
      [medium, "not_low_risk"],
      [foreign, "not_found"],
      [second, "approved"],
      [excluded, "approval_not_yours"],
      [gone, "approval_not_pending"],
      ["nonsense", "not_found"],
      [two, "pending"],
      [third, "approved"],
    ]);
    expect(result.ok && result.value[0]).toMatchObject({ releaseAt: at(5).toISOString(), undoMs: 5_000 });
    for (const id of low) {
      expect(await stored(id)).toMatchObject({ state: "approved", comment: "Seen.", decidedById: acme.ids.rob });
      expect(await actions(id)).toEqual(["approval.approve"]);
    }
    expect((await stored(medium)).state).toBe("pending");
  });

  it("rejects any risk for one reason", async () => {
    const ids = [await waiting({ risk: "high" }), await waiting({ risk: "low" })];
    const rejected = await rejectMany(await as(bea), { approvalIds: ids, comment: "Not today." });
    expect(rejected.ok && rejected.value.every((one) => one.ok && one.state === "rejected")).toBe(true);
    expect(await rejectMany(await as(bea), { approvalIds: ids, comment: " " })).toMatchObject(
      failing("invalid_input", "comment"),
    );
  });

  it("approves in turn what was decided faster than it was sent, each with what was seen of it", async () => {
    const [low, high, other] = [await waiting(), await waiting({ risk: "high" }), await waiting({ risk: "low" })];
    const seen = { argsHash: Buffer.from((await stored(other)).argsHash).toString("hex") };
    const result = await approveInTurn(await as(acme.ids.rob), {
      approvals: [
        { approvalId: low, seen: { argsHash: "0".repeat(64) } },
        { approvalId: high },
        { approvalId: other, seen },
        { approvalId: other, seen },
      ],
    });
    const short =
      result.ok && result.value.map(({ one, undoMs }) => [one.ok ? one.value.state : one.error.code, undoMs]);
    expect(short).toEqual([
      ["approval_changed", null],
      ["confirmation_required", null],
      ["approved", 5_000],
      ["approval_not_pending", null],
    ]);
    expect(await actions(other)).toEqual(["approval.approve"]);
    expect([await actions(low), await actions(high)]).toEqual([[], []]);
  });

  it("takes several back at once, each with its own record, while it can", async () => {
    const ids = [await waiting({ risk: "low" }), await waiting({ risk: "low" })];
    const [first = "", second = ""] = ids;
    await approveMany(await as(acme.ids.rob), { approvalIds: [first] });
    await approveMany(await as(acme.ids.rob, 3), { approvalIds: [second] });
    const undone = await undoMany(await as(acme.ids.rob, 6), { approvalIds: ids });
    expect(undone.ok && undone.value.map((one) => (one.ok ? one.state : one.error.code))).toEqual([
      "undo_too_late",
      "pending",
    ]);
    expect(await actions(second)).toEqual(["approval.approve", "approval.undo"]);
    expect(await stored(first)).toMatchObject({ state: "approved" });
  });

  it("takes 200 at most", async () => {
    const bo = await as(bea);
    const many = Array.from({ length: 201 }, () => newId());
    expect(await approveMany(bo, { approvalIds: many })).toMatchObject(failing("invalid_input", "approvalIds"));
    expect(await approveMany(bo, { approvalIds: [] })).toMatchObject(failing("invalid_input", "approvalIds"));
    const some = await approveMany(bo, { approvalIds: many.slice(1) });
    expect(some.ok && some.value.every((one) => !one.ok && one.error.code === "not_found")).toBe(true);
  });
});
