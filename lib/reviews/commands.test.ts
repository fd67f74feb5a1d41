import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { acceptManyReviews, acceptReview } from "@/lib/reviews/accept";
import { lapseReviews } from "@/lib/reviews/lapse";
import { openReviewIncidents } from "@/lib/reviews/open-incidents";
import { getReview } from "@/lib/reviews/queries";
import { listReviews } from "@/lib/reviews/list-queries";
import { raiseReviews } from "@/lib/reviews/raise";
import { at, NOW, reviewDesk } from "@/lib/reviews/reviews-testing";
import { rollBackReview } from "@/lib/reviews/roll-back";
import { undoReview } from "@/lib/reviews/undo";
import { timeOutRollbacks } from "@/lib/rollbacks/time-out";
import { newId } from "@/lib/kernel/ids";

let desk: Awaited<ReturnType<typeof reviewDesk>>;
beforeEach(async () => {
  desk = await reviewDesk();
});
afterEach(() => desk.close());

const failing = (code: string) => ({ ok: false, error: { code } });

describe("reviews are made", () => {
  it("once for each decision that was allowed with review, with its window and what its rule says", async () => {
    const { id, decisionId } = await desk.reviewed({ onLapse: "rollback" });
    expect(await desk.stored(id)).toMatchObject({
      decisionId,
      state: "waiting",
      risk: "medium",
      onLapse: "rollback",
      askedIds: [desk.ids.ada, desk.ids.rob],
      createdAt: at(-300),
      deadline: at(3_300),
    });
    expect(await desk.records(id)).toEqual(["review.open"]);
    const both = await Promise.all([raiseReviews(desk.worker()), raiseReviews(desk.worker())]);
    expect(both).toEqual([{ raised: 0 }, { raised: 0 }]);
    expect(await desk.db.review.count()).toBe(1);
  });

  it("by several workers at once, each decision once", async () => {
    const run = await desk.run(desk.ids.desk);
    const decision = () =>
      desk.decision(run, { action: "crm.refund", args: { order: "A" }, reviewDeadline: at(3_300) });
    await recordDecisions(desk.db, [await decision(), await decision(), await decision(), await decision()]);
    const all = await Promise.all([1, 2, 3].map(() => raiseReviews(desk.worker())));
    expect(all.reduce((sum, one) => sum + one.raised, 0)).toBe(4);
    expect(await desk.db.review.count()).toBe(4);
  });

  it("of nothing that was done in the shadow, denied, or allowed without one", async () => {
    expect((await desk.reviewed({ mode: "shadow" })).id).toBe("");
    expect((await desk.reviewed({ effect: "deny" })).id).toBe("");
    expect((await desk.reviewed({ reviewDeadline: null })).id).toBe("");
  });

  it("takes what nobody has classified for the worst", async () => {
    const { id } = await desk.reviewed({ action: "crm.unheard_of", args: {} });
    expect(await desk.stored(id)).toMatchObject({ risk: "high", onLapse: "accept" });
  });
});

describe("I3: who decides", () => {
  it("is who may decide for the agent, and nobody on whose behalf it acted, also through a delegation", async () => {
    const parent = await desk.run(desk.ids.desk, { onBehalfOf: { subject: "ROB@example.com" } });
    const { id } = await desk.reviewed({ run: { parentRunId: parent.id, depth: 1 } });
    expect((await desk.stored(id)).excludedIds).toEqual([desk.ids.rob]);
    expect(await acceptReview(await desk.as(desk.ids.rob), { reviewId: id })).toMatchObject(
      failing("review_not_yours"),
    );
    expect(await acceptReview(await desk.as(desk.ids.fay), { reviewId: id })).toMatchObject(failing("not_found"));
    expect(await acceptReview(desk.worker(), { reviewId: id })).toMatchObject(failing("forbidden"));
    expect(await acceptReview(await desk.as(desk.ids.ada), { reviewId: id })).toMatchObject({ ok: true });
  });

  it("is somebody who is not only there to read", async () => {
    const audrey = await desk.person("Audrey");
    await desk.bind(audrey, "auditor", desk.ids.root);
    const { id } = await desk.reviewed();
    const viewer = await desk.viewer(audrey);
    expect(await rollBackReview(viewer, { reviewId: id, reason: "No." })).toMatchObject(failing("review_not_yours"));
    expect(await getReview(viewer, id)).toMatchObject({ standing: "no_role", state: "waiting" });
    expect(await getReview(await desk.viewer(desk.ids.fay), id)).toBeNull();
    expect(await getReview(viewer, newId())).toBeNull();
  });

  it("of twenty who decide at once is one, on one record", async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const id = await desk.person(`P${n}`);
        await desk.bind(id, "reviewer", desk.ids.support);
        return id;
      }),
    );
    const { id } = await desk.reviewed();
    const all = await Promise.all(
      people.map(async (person, n) => {
        const context = await desk.as(person);
        return n % 2 === 0
          ? acceptReview(context, { reviewId: id })
          : rollBackReview(context, { reviewId: id, reason: "Wrong." });
      }),
    );
    expect(all.filter((one) => one.ok)).toHaveLength(1);
    expect(await desk.records(id)).toHaveLength(2);
    expect(await desk.db.rollback.count()).toBeLessThanOrEqual(1);
  });
});

describe("accept, roll back, undo", () => {
  it("accepts, and takes it back in time", async () => {
    const { id } = await desk.reviewed();
    const rob = await desk.as(desk.ids.rob);
    expect(await acceptReview(rob, { reviewId: id, comment: "Fine." })).toEqual({
      ok: true,
      value: { releaseAt: at(5) },
    });
    expect(await undoReview(await desk.as(desk.ids.ada), { reviewId: id })).toMatchObject(failing("review_not_yours"));
    expect(await undoReview(rob, { reviewId: id })).toMatchObject({ ok: true });
    expect(await desk.stored(id)).toMatchObject({ state: "waiting", decidedById: null, comment: null });
    expect(await acceptReview(rob, { reviewId: id })).toMatchObject({ ok: true });
    desk.moveTo(at(5));
    expect(await undoReview(rob, { reviewId: id })).toMatchObject(failing("undo_too_late"));
    expect(await desk.records(id)).toEqual(["review.open", "review.accept", "review.undo", "review.accept"]);
  });

  it("orders what undoes it, with arguments that follow from what was reported, shown before", async () => {
    const { id } = await desk.reviewed();
    const rob = await desk.viewer(desk.ids.rob);
    const plan = { action: "crm.cancel_refund", title: "Cancel a refund", args: { refund: "re_1" }, via: "task" };
    expect(await getReview(rob, id)).toMatchObject({
      standing: "may_decide",
      plan: { ok: true, plan },
      reported: { ok: true },
    });
    expect(await rollBackReview(rob, { reviewId: id, reason: "Wrong order." })).toMatchObject({ ok: true });
    const { rollbacks, ...review } = await desk.stored(id);
    expect(review).toMatchObject({ state: "rolling_back", decidedById: desk.ids.rob, comment: "Wrong order." });
    expect(rollbacks).toMatchObject([
      {
        action: "crm.cancel_refund",
        args: { refund: "re_1" },
        via: "task",
        state: "waiting",
        requestedById: desk.ids.rob,
        releaseAt: at(5),
      },
    ]);
    expect(await undoReview(await desk.as(desk.ids.rob), { reviewId: id })).toMatchObject({ ok: true });
    expect((await desk.stored(id)).rollbacks).toMatchObject([{ state: "cancelled" }]);
  });

  it("says why it cannot be undone, and changes nothing", async () => {
    const rob = await desk.as(desk.ids.rob);
    const silent = await desk.reviewed({ reported: null });
    expect(await rollBackReview(rob, { reviewId: silent.id, reason: "x" })).toMatchObject({
      ok: false,
      error: {
        code: "rollback_impossible",
        message:
          "Its arguments cannot be derived: The agent has not reported what came of it, and refund follows from that.",
      },
    });
    const other = await desk.reviewed({ action: "crm.update_account", args: { account_id: "A" } });
    expect(await rollBackReview(rob, { reviewId: other.id, reason: "x" })).toMatchObject({
      error: { message: "The catalogue names no action that undoes it." },
    });
    const odd = await desk.reviewed({ reported: { ok: true, result: { id: 7 } } });
    expect(await rollBackReview(rob, { reviewId: odd.id, reason: "x" })).toMatchObject(failing("rollback_impossible"));
    await desk.db.credential.updateMany({ data: { revokedAt: NOW } });
    const alone = await desk.reviewed();
    expect(await rollBackReview(rob, { reviewId: alone.id, reason: "x" })).toMatchObject({
      error: { message: "Nobody can carry it out: Customer records has no receiver, and Agent desk no credential." },
    });
    expect(await desk.db.rollback.count()).toBe(0);
  });

  it("accepts many of low risk, each by itself, and none that is not", async () => {
    await desk.db.action.update({ where: { id: "crm.refund" }, data: { impact: "low" } });
    const [one, two] = [await desk.reviewed(), await desk.reviewed()];
    await desk.db.action.update({ where: { id: "crm.refund" }, data: { impact: "high" } });
    const high = await desk.reviewed();
    const rob = await desk.as(desk.ids.rob);
    const done = await acceptManyReviews(rob, { reviewIds: [one.id, high.id, newId(), two.id, one.id] });
    expect(done).toMatchObject({
      ok: true,
      value: {
        results: [
          { reviewId: one.id, error: null },
          { reviewId: high.id, error: { code: "not_low_risk" } },
          { error: { code: "not_found" } },
          { reviewId: two.id, error: null },
        ],
      },
    });
    expect(await desk.records(two.id)).toEqual(["review.open", "review.accept"]);
  });
});

describe("a window that lapses", () => {
  it("does nothing before, lets it stand after, and once", async () => {
    const { id } = await desk.reviewed();
    desk.moveTo(at(3_299));
    expect(await lapseReviews(desk.worker())).toEqual({ lapsed: 0 });
    desk.moveTo(at(3_300));
    expect(await acceptReview(await desk.as(desk.ids.rob), { reviewId: id })).toMatchObject(
      failing("review_not_waiting"),
    );
    const both = await Promise.all([lapseReviews(desk.worker()), lapseReviews(desk.worker())]);
    expect(both.map((one) => one.lapsed).toSorted()).toEqual([0, 1]);
    expect(await desk.stored(id)).toMatchObject({ state: "lapsed", decidedById: null });
    expect(await desk.records(id)).toEqual(["review.open", "review.lapse"]);
    expect(await openReviewIncidents(desk.worker())).toEqual({ opened: 0 });
  });

  it("has it undone, as the rule's own order", async () => {
    const { id } = await desk.reviewed({ onLapse: "rollback" });
    desk.moveTo(at(3_301));
    expect(await lapseReviews(desk.worker())).toEqual({ lapsed: 1 });
    const { rollbacks, ...review } = await desk.stored(id);
    expect(review).toMatchObject({ state: "rolling_back", decidedById: null });
    expect(rollbacks).toMatchObject([
      { requestedById: null, args: { refund: "re_1" }, state: "waiting", releaseAt: at(3_301) },
    ]);
  });

  it("has failed where it cannot be undone, and opens an incident that its owner is told of", async () => {
    const { id } = await desk.reviewed({ onLapse: "rollback", reported: null });
    desk.moveTo(at(3_301));
    await lapseReviews(desk.worker());
    expect(await desk.stored(id)).toMatchObject({ state: "rollback_failed", incidentId: null });
    const both = await Promise.all([openReviewIncidents(desk.worker()), openReviewIncidents(desk.worker())]);
    expect(both.map((one) => one.opened).toSorted()).toEqual([0, 1]);
    const { incidentId } = await desk.stored(id);
    expect(await desk.db.incident.findUniqueOrThrow({ where: { id: incidentId ?? "" } })).toMatchObject({
      source: "rollback",
      severity: "high",
      title: "Could not be undone: Refund an order",
      agentId: desk.ids.desk,
      paused: false,
    });
  });

  it("asks everybody above once more, then lets it stand with an incident", async () => {
    const { id } = await desk.reviewed({ onLapse: "escalate" });
    const chief = await desk.person("Chief");
    await desk.bind(chief, "manager", desk.ids.root);
    expect((await desk.stored(id)).askedIds).not.toContain(chief);
    desk.moveTo(at(3_300));
    await lapseReviews(desk.worker());
    expect(await desk.stored(id)).toMatchObject({ state: "waiting", escalatedAt: at(3_300), deadline: at(6_900) });
    const notice = await desk.db.notice.findFirstOrThrow({ include: { notifications: true } });
    expect(notice).toMatchObject({ kind: "review.unanswered", urgent: true, link: `/reviews/${id}` });
    const everybody = [desk.ids.ada, desk.ids.rob, chief].toSorted();
    expect(notice.notifications.map((one) => one.personId).toSorted()).toEqual(everybody);
    expect((await desk.stored(id)).askedIds.toSorted()).toEqual(everybody);
    desk.moveTo(at(6_900));
    await lapseReviews(desk.worker());
    expect(await desk.stored(id)).toMatchObject({ state: "lapsed" });
    expect(await openReviewIncidents(desk.worker())).toEqual({ opened: 1 });
    expect(await desk.records(id)).toEqual(["review.open", "review.escalate", "review.lapse"]);
  });
});

describe("a rollback that nobody carries out", () => {
  it("has failed after an hour; a person tries again, at once, and the incident stays one", async () => {
    const { id } = await desk.reviewed();
    await rollBackReview(await desk.as(desk.ids.rob), { reviewId: id, reason: "Wrong." });
    desk.moveTo(at(3_604));
    expect(await timeOutRollbacks(desk.worker())).toEqual({ failed: 0 });
    desk.moveTo(at(3_605));
    expect(await timeOutRollbacks(desk.worker())).toEqual({ failed: 1 });
    const { rollbacks, ...review } = await desk.stored(id);
    expect(review).toMatchObject({ state: "rollback_failed", endedAt: at(3_605) });
    expect(rollbacks).toMatchObject([{ state: "failed", detail: "The agent's software did not fetch it in time." }]);
    await openReviewIncidents(desk.worker());
    expect(await rollBackReview(await desk.as(desk.ids.ada), { reviewId: id, reason: "Again." })).toMatchObject({
      ok: true,
      value: { releaseAt: at(3_605) },
    });
    expect(await undoReview(await desk.as(desk.ids.ada), { reviewId: id })).toMatchObject(failing("undo_too_late"));
    expect(await desk.stored(id)).toMatchObject({ state: "rolling_back", incidentId: null, endedAt: null });
    desk.moveTo(at(7_300));
    await timeOutRollbacks(desk.worker());
    await openReviewIncidents(desk.worker());
    expect(await desk.db.incident.count()).toBe(1);
    expect((await desk.stored(id)).incidentId).not.toBeNull();
  });
});

describe("a rollback's time", () => {
  it("is what the settings give it", async () => {
    await desk.db.configuration.update({ where: { id: 1 }, data: { settings: { rollbackMinutes: 5 } } });
    const { id } = await desk.reviewed();
    await rollBackReview(await desk.as(desk.ids.rob), { reviewId: id, reason: "Wrong." });
    const { rollbacks } = await desk.stored(id);
    expect(rollbacks).toMatchObject([{ deadline: at(305) }]);
  });
});

describe("the list of reviews", () => {
  it("shows those in sight, in any state, and finds by words", async () => {
    const { id } = await desk.reviewed();
    await desk.reviewed({ action: "crm.update_account", args: { account_id: "A-9" } });
    await acceptReview(await desk.as(desk.ids.rob), { reviewId: id });
    const all = {
      search: "",
      agent: [],
      action: [],
      risk: [],
      state: [],
      sort: { id: "createdAt", desc: true },
      page: 1,
      pageSize: 50,
    } as const;
    const rob = await desk.viewer(desk.ids.rob);
    expect((await listReviews(rob, all)).total).toBe(2);
    expect((await listReviews(rob, { ...all, state: ["accepted"] })).rows).toMatchObject([
      { id, decidedBy: "Rob", actionTitle: "Refund an order" },
    ]);
    expect((await listReviews(rob, { ...all, search: "update" })).total).toBe(1);
    expect((await listReviews(await desk.viewer(desk.ids.fay), all)).total).toBe(0);
  });
});
