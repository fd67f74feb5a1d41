import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { cancelApprovalsOfRun } from "@/lib/approvals/cancel";
import { expireApprovals } from "@/lib/approvals/expire";
import { rejectApproval } from "@/lib/approvals/reject";
import { at, seedAcme } from "@/lib/approvals/test-store";
import { undoDecision } from "@/lib/approvals/undo";
import { viewApproval } from "@/lib/approvals/view";
import { change, type CommandContext } from "@/lib/audit/change";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { ok } from "@/lib/kernel/result";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let bea: string;
let cas: string;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  [bea, cas] = [await acme.person("Bea"), await acme.person("Cas")];
  for (const id of [bea, cas]) await acme.bind(id, "reviewer", acme.ids.support);
});
afterAll(() => database.close());

const as = async (personId: string, second = 0): Promise<Viewer> => ({
  ...(await acme.viewer(personId)),
  clock: { now: () => at(second) },
});
const system = (second = 0): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => at(second) },
  newId,
});
const waiting = async (more: Parameters<typeof acme.approval>[2] = {}) => {
  const run = await acme.run(acme.ids.desk);
  const { id } = await acme.approval(run, [acme.ids.rob, acme.ids.ada, bea, cas], { risk: "medium", ...more });
  return { id, runId: run.id };
};
const stored = (id: string) =>
  database.db.approval.findUniqueOrThrow({ where: { id }, include: { votes: { orderBy: { at: "asc" } } } });
const recorded = async (id: string) =>
  (await database.db.auditRecord.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map((one) => ({
    action: one.action,
    detail: (JSON.parse(one.body) as { detail: Record<string, unknown> }).detail,
  }));
const failing = (code: string, field?: string) => ({ ok: false, error: { code, ...(field && { field }) } });

describe("several must approve", () => {
  it("I3: as many distinct people as it needs, and one person counts once", async () => {
    const { id } = await waiting({ quorum: 2 });
    expect(await approveApproval(await as(acme.ids.rob), { approvalId: id, comment: "One." })).toEqual({
      ok: true,
      value: { state: "pending", votes: 1, quorum: 2 },
    });
    expect(await stored(id)).toMatchObject({ state: "pending", decidedById: null, releaseAt: null });
    expect(await approveApproval(await as(acme.ids.rob), { approvalId: id })).toMatchObject(failing("already_voted"));
    expect(await approveApproval(await as(bea, 1), { approvalId: id })).toMatchObject({
      ok: true,
      value: { state: "approved", votes: 2, quorum: 2, release: { at: at(6).toISOString() } },
    });
    expect(await stored(id)).toMatchObject({
      state: "approved",
      decidedById: bea,
      votes: [{ personId: acme.ids.rob, comment: "One." }, { personId: bea }],
    });
    expect(await recorded(id)).toMatchObject([
      { action: "approval.vote", detail: { quorum: 2, approvedBy: [acme.ids.rob], comment: "One." } },
      { action: "approval.approve", detail: { quorum: 2, approvedBy: [acme.ids.rob, bea] } },
    ]);
  });

  it("I3: of eight who approve at once, twice each, exactly as many count as it needs", async () => {
    const people = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const person = await acme.person(`Voter${index}`);
        await acme.bind(person, "reviewer", acme.ids.support);
        return person;
      }),
    );
    const run = await acme.run(acme.ids.desk);
    const { id } = await acme.approval(run, people, { quorum: 3 });
    const contexts = await Promise.all(people.map((person) => as(person)));
    // Each presses twice.
    const results = await Promise.all(
      [...contexts, ...contexts].map((context) => approveApproval(context, { approvalId: id })),
    );
    expect(results.filter((one) => one.ok && one.value.state === "approved")).toHaveLength(1);
    expect(results.filter((one) => one.ok && one.value.state === "pending")).toHaveLength(2);
    const { votes, decidedById } = await stored(id);
    expect(new Set(votes.map((vote) => vote.personId)).size).toBe(3);
    expect(votes.map((vote) => vote.personId)).toContain(decidedById);
    expect((await recorded(id)).map((one) => one.action)).toEqual([
      "approval.vote",
      "approval.vote",
      "approval.approve",
    ]);
  });

  it("I3: no longer counts who lost the role or was disabled since", async () => {
    const { id } = await waiting({ quorum: 2 });
    const dan = await acme.person("Dan");
    await acme.bind(dan, "reviewer", acme.ids.support);
    await database.db.approval.update({ where: { id }, data: { approverIds: { push: dan } } });
    await approveApproval(await as(dan), { approvalId: id });
    await database.db.person.update({ where: { id: dan }, data: { status: "disabled" } });
    expect(await approveApproval(await as(bea), { approvalId: id })).toMatchObject({
      ok: true,
      value: { state: "pending", votes: 1 },
    });
    expect((await stored(id)).votes.map((vote) => vote.personId)).toEqual([bea]);
    expect((await recorded(id)).at(-1)).toMatchObject({ detail: { voided: [dan] } });
  });

  it("one rejection settles it, and a vote can be taken back while it waits", async () => {
    const { id } = await waiting({ quorum: 2 });
    await approveApproval(await as(acme.ids.rob), { approvalId: id });
    expect(await undoDecision(await as(bea), { approvalId: id })).toMatchObject(failing("approval_not_yours"));
    expect(await undoDecision(await as(acme.ids.rob, 900), { approvalId: id })).toEqual({
      ok: true,
      value: { state: "pending", votes: 0, quorum: 2 },
    });
    expect((await stored(id)).votes).toEqual([]);
    await approveApproval(await as(acme.ids.rob), { approvalId: id });
    expect(await rejectApproval(await as(bea), { approvalId: id, comment: "No." })).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ state: "rejected", decidedById: bea });
  });
});

describe("undo", () => {
  it("takes a decision back before its release, on the record, and the other way round", async () => {
    const { id } = await waiting();
    await approveApproval(await as(acme.ids.rob), { approvalId: id, comment: "Fine." });
    expect(await undoDecision(await as(bea, 1), { approvalId: id })).toMatchObject(failing("approval_not_yours"));
    expect(await undoDecision(await as(acme.ids.rob, 4), { approvalId: id })).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({
      state: "pending",
      decidedAt: null,
      decidedById: null,
      comment: null,
      releaseAt: null,
      validUntil: null,
      votes: [],
    });
    await rejectApproval(await as(acme.ids.rob, 5), { approvalId: id, comment: "No." });
    expect(await undoDecision(await as(acme.ids.rob, 6), { approvalId: id })).toMatchObject({ ok: true });
    await approveApproval(await as(bea, 7), { approvalId: id });
    expect((await recorded(id)).map(({ action, detail }) => [action, detail.undone])).toEqual([
      ["approval.approve", undefined],
      ["approval.undo", "approved"],
      ["approval.reject", undefined],
      ["approval.undo", "rejected"],
      ["approval.approve", undefined],
    ]);
  });

  it("comes too late at the release, past the deadline, and after a redemption", async () => {
    const { id } = await waiting();
    await approveApproval(await as(acme.ids.rob), { approvalId: id });
    expect(await undoDecision(await as(acme.ids.rob, 5), { approvalId: id })).toMatchObject(failing("undo_too_late"));

    const soon = await waiting({ deadline: at(2) });
    await rejectApproval(await as(acme.ids.rob), { approvalId: soon.id, comment: "No." });
    expect(await undoDecision(await as(acme.ids.rob, 2), { approvalId: soon.id })).toMatchObject(
      failing("undo_too_late"),
    );
  });

  it("finds nothing to wait for when the run has ended: what was decided stays decided", async () => {
    const { id, runId } = await waiting();
    await approveApproval(await as(acme.ids.rob), { approvalId: id });
    await database.db.run.update({ where: { id: runId }, data: { status: "succeeded", endedAt: at(1) } });
    expect(
      await change(system(), {}, async (step) => {
        step.audit({ action: "test", subjectKind: "run", subjectId: runId, nodeId: null, detail: {} });
        return ok(await cancelApprovalsOfRun(step, runId));
      }),
    ).toEqual({ ok: true, value: 0 });
    expect(await undoDecision(await as(acme.ids.rob, 2), { approvalId: id })).toMatchObject(failing("run_ended"));
    expect((await stored(id)).state).toBe("approved");
  });

  it("needs no role, since it allows nothing, but sight", async () => {
    const { id } = await waiting();
    await approveApproval(await as(cas), { approvalId: id });
    await database.db.roleBinding.updateMany({ where: { personId: cas }, data: { role: "auditor" } });
    expect(await undoDecision(await as(cas, 1), { approvalId: id })).toMatchObject({ ok: true });
    await database.db.roleBinding.updateMany({ where: { personId: cas }, data: { role: "reviewer" } });
  });

  it("the store itself lets nothing else move, and nothing be redeemed before its release", async () => {
    const { id } = await waiting();
    await approveApproval(await as(acme.ids.rob), { approvalId: id });
    const move = (data: Parameters<typeof database.db.approval.update>[0]["data"]) =>
      database.db.approval.update({ where: { id }, data });
    await expect(move({ releaseAt: at(1) })).rejects.toThrow(/no longer pending/);
    await expect(move({ decidedById: bea })).rejects.toThrow(/no longer pending/);
    await expect(move({ redeemedAt: at(4) })).rejects.toThrow(/approval_redeemed_after_release/);
    await move({ redeemedAt: at(5) });
    expect(await undoDecision(await as(acme.ids.rob, 4), { approvalId: id })).toMatchObject(failing("undo_too_late"));
    await expect(
      move({ state: "pending", decidedAt: null, decidedById: null, releaseAt: null, validUntil: null }),
    ).rejects.toThrow(/approval/);
  });

  it("either the undo or the end of its time comes, never both", async () => {
    const { id } = await waiting({ deadline: at(3) });
    await approveApproval(await as(acme.ids.rob), { approvalId: id });
    expect(await expireApprovals(system(3))).toEqual({ ok: true, value: { expired: 0 } });
    expect((await stored(id)).state).toBe("approved");
  });
});

describe("high risk", () => {
  const seen = { confirmed: true } as const;

  it("is approved by who confirms what they had before them long enough, by the server's clock", async () => {
    const { id } = await waiting({ risk: "high" });
    const approve = async (second: number, more?: object) =>
      approveApproval(await as(acme.ids.rob, second), { approvalId: id, ...more });
    expect(await approve(0)).toMatchObject(failing("confirmation_required", "seen.confirmed"));
    // What the browser says of the time is not believed.
    expect(await approve(60, { seen: { confirmed: true, openedAt: at(-600).toISOString() } })).toMatchObject(
      failing("confirmation_required", "seen.openedAt"),
    );
    expect(await viewApproval(await as(acme.ids.rob, 60), { approvalId: id })).toEqual({
      ok: true,
      value: { firstAt: at(60).toISOString() },
    });
    expect(await viewApproval(await as(acme.ids.rob, 64), { approvalId: id })).toEqual({
      ok: true,
      value: { firstAt: at(60).toISOString() },
    });
    expect(await approve(64, { seen })).toMatchObject({
      error: { code: "confirmation_required", message: "Take 1 more second for the evidence." },
    });
    expect(await approve(65)).toMatchObject(failing("confirmation_required", "seen.confirmed"));
    expect(await approve(72, { seen })).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ secondsSpent: 12, votes: [{ secondsSpent: 12 }] });
    expect((await recorded(id))[0]).toMatchObject({ detail: { secondsSpent: 12, confirmed: true } });
  });

  it("somebody else's look does not count, and a rejection waits for nothing", async () => {
    const { id } = await waiting({ risk: "high" });
    await viewApproval(await as(bea), { approvalId: id });
    expect(await approveApproval(await as(acme.ids.rob, 90), { approvalId: id, seen })).toMatchObject(
      failing("confirmation_required"),
    );
    expect(await rejectApproval(await as(acme.ids.rob), { approvalId: id, comment: "No." })).toMatchObject({
      ok: true,
    });
  });

  it("I12: looking at what is out of sight is not found, and leaves nothing", async () => {
    const { id } = await waiting();
    expect(await viewApproval(await as(acme.ids.fay), { approvalId: id })).toMatchObject(failing("not_found"));
    expect(await viewApproval(await as(acme.ids.fay), { approvalId: "nonsense" })).toMatchObject(failing("not_found"));
    expect(await database.db.approvalView.count({ where: { approvalId: id } })).toBe(0);
  });
});

describe("I3: a role counts at the moment of the decision, not when the page was asked for", () => {
  it("whose role was taken meanwhile, or who was disabled, neither approves nor rejects", async () => {
    const { id } = await waiting();
    const [dot, eve] = [await acme.person("Dot"), await acme.person("Eve")];
    for (const one of [dot, eve]) await acme.bind(one, "reviewer", acme.ids.support);
    await database.db.approval.update({ where: { id }, data: { approverIds: [dot, eve] } });
    const [asDot, asEve] = [await as(dot), await as(eve)];
    await database.db.roleBinding.deleteMany({ where: { personId: dot } });
    await database.db.person.update({ where: { id: eve }, data: { status: "disabled" } });
    // One sees nothing of it any more, the other is not signed in.
    for (const [viewer, code] of [
      [asDot, "not_found"],
      [asEve, "unauthenticated"],
    ] as const) {
      expect(await approveApproval(viewer, { approvalId: id })).toMatchObject(failing(code));
      expect(await rejectApproval(viewer, { approvalId: id, comment: "No." })).toMatchObject(failing(code));
    }
    expect(await stored(id)).toMatchObject({ state: "pending", votes: [] });
  });
});

describe("reasons", () => {
  it("are those of the settings, by their id, with the person's own words", async () => {
    const { id } = await waiting();
    const rob = await as(acme.ids.rob);
    const reject = (reasonId: string) => rejectApproval(rob, { approvalId: id, comment: "The other one.", reasonId });
    expect(await reject("because")).toMatchObject(failing("invalid_input", "reasonId"));
    expect(await reject("wrong_target")).toMatchObject({ ok: true });
    expect((await recorded(id))[0]).toMatchObject({ detail: { reasonId: "wrong_target", comment: "The other one." } });
  });

  it("text that the store cannot keep is refused by its field", async () => {
    const { id } = await waiting();
    expect(await rejectApproval(await as(acme.ids.rob), { approvalId: id, comment: "a\u0000b" })).toMatchObject(
      failing("invalid_input", "comment"),
    );
  });
});
