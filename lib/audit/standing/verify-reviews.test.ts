import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { missingReview, verifyReviews } from "@/lib/audit/standing/verify-reviews";
import { acceptReview } from "@/lib/reviews/accept";
import { lapseReviews } from "@/lib/reviews/lapse";
import { at, reviewDesk } from "@/lib/reviews/reviews-testing";
import { rollBackReview } from "@/lib/reviews/roll-back";
import { undoReview } from "@/lib/reviews/undo";

let desk: Awaited<ReturnType<typeof reviewDesk>>;
let ids: Record<"waiting" | "accepted" | "blank" | "undone" | "ordered" | "lapsed" | "again" | "impossible", string>;

beforeAll(async () => {
  desk = await reviewDesk();
  const rob = await desk.as(desk.ids.rob);
  const made = async (more: Parameters<typeof desk.reviewed>[0] = {}) => (await desk.reviewed(more)).id;
  const due = { reviewDeadline: at(60) };
  ids = {
    waiting: await made(),
    accepted: await made(),
    blank: await made(),
    undone: await made(),
    ordered: await made(),
    lapsed: await made(due),
    again: await made({ ...due, onLapse: "escalate" }),
    impossible: await made({ ...due, onLapse: "rollback", reported: null }),
  };
  await acceptReview(rob, { reviewId: ids.accepted, comment: "Seen." });
  await acceptReview(rob, { reviewId: ids.blank, comment: " " });
  await rollBackReview(rob, { reviewId: ids.undone, reason: "By mistake." });
  await undoReview(rob, { reviewId: ids.undone });
  await rollBackReview(rob, { reviewId: ids.ordered, reason: "Wrong order." });
  desk.moveTo(at(61));
  await lapseReviews(desk.worker());
});
afterAll(() => desk.close());

const written = async (name: keyof typeof ids, change: string) => {
  const { ownerDb } = desk.database;
  await ownerDb.$executeRawUnsafe("CREATE TABLE kept AS TABLE review");
  await ownerDb.$executeRawUnsafe("ALTER TABLE review DISABLE TRIGGER ALL");
  try {
    await ownerDb.$executeRawUnsafe(`UPDATE review SET ${change} WHERE id = '${ids[name]}'`);
    return await verifyReviews(desk.db, { batchSize: 3 });
  } finally {
    await ownerDb.$executeRawUnsafe(
      `UPDATE review SET (state, decided_by_id, decided_at, comment, deadline, on_lapse, release_at, decision_id, risk, excluded_ids) =
        (kept.state, kept.decided_by_id, kept.decided_at, kept.comment, kept.deadline, kept.on_lapse, kept.release_at, kept.decision_id, kept.risk,
          kept.excluded_ids)
        FROM kept WHERE kept.id = review.id`,
    );
    await ownerDb.$executeRawUnsafe("DROP TABLE kept");
    await ownerDb.$executeRawUnsafe("ALTER TABLE review ENABLE TRIGGER ALL");
  }
};

describe("I8: what reviews say, against their records", () => {
  it("agrees for every way that one can go", async () => {
    const states = await desk.db.review.findMany({ select: { state: true } });
    expect(states.map((one) => one.state).toSorted()).toEqual([
      "accepted",
      "accepted",
      "lapsed",
      "rollback_failed",
      "rolling_back",
      "waiting",
      "waiting",
      "waiting",
    ]);
    expect(await verifyReviews(desk.db)).toEqual([]);
    expect(await verifyReviews(desk.db, { batchSize: 3 })).toEqual([]);
  });

  it.each([
    [
      "accepted",
      "state = 'waiting', decided_by_id = NULL, decided_at = NULL, release_at = NULL",
      "state, decider, time of deciding",
    ],
    ["accepted", "comment = NULL", "comment"],
    ["lapsed", "decided_at = decided_at - interval '1 minute'", "time of deciding"],
    ["waiting", "risk = 'low'", "risk"],
    ["waiting", "excluded_ids = ARRAY[gen_random_uuid()]", "set of people who may not decide it"],
    ["waiting", "decision_id = gen_random_uuid()", "decision"],
    ["waiting", "deadline = deadline + interval '1 day'", "deadline"],
    ["again", "on_lapse = 'accept'", "way to lapse"],
    ["ordered", "comment = 'Please.'", "comment"],
  ] as const)("names the %s one of which somebody wrote %s", async (name, change, what) => {
    expect(await written(name, change)).toEqual([
      {
        kind: "review",
        stream: `review/${ids[name]}`,
        seq: 0n,
        message: `Review ${ids[name]} has another ${what} than its records say.`,
      },
    ]);
  });

  it("misses one that is gone", async () => {
    const record = await desk.db.auditRecord.findFirstOrThrow({ where: { action: "review.open" } });
    expect(await missingReview(desk.db, [record])).toBeNull();
    const gone = { ...record, subjectId: "018f0000-0000-7000-8000-000000000001" };
    expect(await missingReview(desk.db, [record, gone])).toMatchObject({
      kind: "review",
      message: "Its review is gone.",
    });
  });
});
