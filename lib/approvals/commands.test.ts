import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { cancelApproval, cancelApprovalsOfRun } from "@/lib/approvals/cancel";
import { expireApprovals } from "@/lib/approvals/expire";
import { rejectApproval } from "@/lib/approvals/reject";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { change, type CommandContext } from "@/lib/audit/change";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { argsHash } from "@/lib/kernel/json";
import { ok } from "@/lib/kernel/result";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const as = (personId: string): Promise<CommandContext> => acme.viewer(personId);
const system = (now = NOW): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => now },
  newId,
});
const waiting = async (more: Parameters<typeof acme.approval>[2] = {}, approvers = [acme.ids.rob, acme.ids.ada]) => {
  const run = await acme.run(acme.ids.desk);
  const { id } = await acme.approval(run, approvers, more);
  return { id, runId: run.id };
};
const stored = (id: string) => database.db.approval.findUniqueOrThrow({ where: { id } });
const recorded = (id: string) =>
  database.db.auditRecord.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
const failing = (code: string) => ({ ok: false, error: { code } });

describe("approve and reject", () => {
  it("approves for an hour, and records who decided what", async () => {
    const { id } = await waiting();
    const result = await approveApproval(await as(acme.ids.rob), { approvalId: id, comment: "Checked." });
    expect(result).toEqual({
      ok: true,
      value: {
        state: "approved",
        release: { at: at(5).toISOString(), validUntil: at(3_605).toISOString() },
        votes: 1,
        quorum: 1,
      },
    });
    expect(await stored(id)).toMatchObject({
      state: "approved",
      decidedById: acme.ids.rob,
      decidedAt: NOW,
      releaseAt: at(5),
      validUntil: at(3_605),
      comment: "Checked.",
    });
    const [entry] = await recorded(id);
    expect(entry).toMatchObject({ action: "approval.approve", actorId: acme.ids.rob, nodeId: acme.ids.desk });
    expect(JSON.parse(entry?.body ?? "")).toMatchObject({
      detail: {
        argsHash: argsHash("crm.update_account", { account_id: "A-1" }).toString("hex"),
        evidenceHash: null,
        comment: "Checked.",
      },
    });
  });

  it("rejects with a reason, and not without one", async () => {
    const { id } = await waiting();
    const rob = await as(acme.ids.rob);
    expect(await rejectApproval(rob, { approvalId: id, comment: " " })).toMatchObject(failing("invalid_input"));
    expect(await rejectApproval(rob, { approvalId: id, comment: "Wrong account." })).toEqual({
      ok: true,
      value: { state: "rejected", release: { at: at(5).toISOString() } },
    });
    expect(await stored(id)).toMatchObject({
      state: "rejected",
      releaseAt: at(5),
      decidedById: acme.ids.rob,
      comment: "Wrong account.",
      validUntil: null,
    });
  });

  it("I2: of twenty people who decide at once, exactly one does, and one record says so", async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const person = await acme.person(`Reviewer${index}`);
        await acme.bind(person, "reviewer", acme.ids.support);
        return person;
      }),
    );
    for (let round = 0; round < 3; round += 1) {
      const { id } = await waiting({}, people);
      const contexts = await Promise.all(people.map(as));
      const results = await Promise.all(
        contexts.map((context, index) =>
          index % 2 === 0
            ? approveApproval(context, { approvalId: id })
            : rejectApproval(context, { approvalId: id, comment: "No." }),
        ),
      );
      const codes = results.map((one) => (one.ok ? "decided" : one.error.code));
      expect(codes.toSorted()).toEqual([...Array.from({ length: 19 }, () => "approval_not_pending"), "decided"]);
      const winner = people[results.findIndex((one) => one.ok)];
      expect((await stored(id)).decidedById).toBe(winner);
      expect(await recorded(id)).toHaveLength(1);
    }
  });

  it("I3: refuses whoever is excluded, is not asked, or holds no role for the agent", async () => {
    const excluded = await waiting({ excludedIds: [acme.ids.rob] });
    expect(await approveApproval(await as(acme.ids.rob), { approvalId: excluded.id })).toMatchObject(
      failing("approval_not_yours"),
    );
    const notAsked = await waiting({}, [acme.ids.ada]);
    expect(await rejectApproval(await as(acme.ids.rob), { approvalId: notAsked.id, comment: "No." })).toMatchObject(
      failing("approval_not_yours"),
    );
    const auditor = await acme.person("Auditor");
    await acme.bind(auditor, "auditor", acme.ids.support);
    const seen = await waiting({}, [auditor]);
    expect(await approveApproval(await as(auditor), { approvalId: seen.id })).toMatchObject(
      failing("approval_not_yours"),
    );
    for (const { id } of [excluded, notAsked, seen]) {
      expect((await stored(id)).state).toBe("pending");
      expect(await recorded(id)).toEqual([]);
    }
  });

  it("I12: an approval out of sight, or an id that is none, does not exist", async () => {
    const { id } = await waiting({}, [acme.ids.fay]);
    const fay = await as(acme.ids.fay);
    for (const approvalId of [id, newId(), "nonsense"]) {
      expect(await approveApproval(fay, { approvalId })).toMatchObject(failing("not_found"));
      expect(await rejectApproval(fay, { approvalId, comment: "No." })).toMatchObject(failing("not_found"));
    }
  });

  it("I3: neither the operator nor Remit itself decides in a person's place", async () => {
    const { id } = await waiting();
    expect(await approveApproval(system(), { approvalId: id })).toMatchObject(failing("forbidden"));
    expect(
      await approveApproval({ ...system(), actor: { kind: "agent", id: acme.ids.desk } }, { approvalId: id }),
    ).toMatchObject({ ok: false });
  });

  it("does not decide after the deadline, or twice", async () => {
    const rob = await as(acme.ids.rob);
    const late = await waiting({ deadline: NOW });
    expect(await approveApproval(rob, { approvalId: late.id })).toMatchObject(failing("approval_not_pending"));
    const { id } = await waiting();
    await approveApproval(rob, { approvalId: id });
    expect(await rejectApproval(rob, { approvalId: id, comment: "After all." })).toMatchObject(
      failing("approval_not_pending"),
    );
  });
});

describe("expire and cancel", () => {
  it("expires what is past its deadline, once, however many sweep", async () => {
    const due = await Promise.all(Array.from({ length: 5 }, () => waiting({ deadline: at(-1) })));
    const open = await waiting();
    const swept = await Promise.all([1, 2, 3].map(() => expireApprovals(system())));
    expect(swept.every((one) => one.ok)).toBe(true);
    for (const { id } of due) {
      expect((await stored(id)).state).toBe("expired");
      expect((await recorded(id)).map((one) => one.action)).toEqual(["approval.expire"]);
    }
    expect((await stored(open.id)).state).toBe("pending");
    expect(await expireApprovals(system())).toEqual({ ok: true, value: { expired: 0 } });
  });

  it("cancels one, and everything that a run still waits for", async () => {
    const { id } = await waiting();
    expect(await cancelApproval(system(), { approvalId: id, comment: "Solved otherwise." })).toEqual({
      ok: true,
      value: null,
    });
    expect(await stored(id)).toMatchObject({ state: "cancelled", comment: "Solved otherwise.", decidedById: null });
    expect(await cancelApproval(system(), { approvalId: id })).toMatchObject(failing("approval_not_pending"));

    const run = await acme.run(acme.ids.desk);
    const [first, second] = [await acme.approval(run, [acme.ids.rob]), await acme.approval(run, [acme.ids.rob])];
    const ended = await change(system(), {}, async (step) => ok(await cancelApprovalsOfRun(step, run.id)));
    expect(ended).toEqual({ ok: true, value: 2 });
    for (const one of [first, second]) expect((await stored(one.id)).state).toBe("cancelled");
  });
});
