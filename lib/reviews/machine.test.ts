import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { reviewStanding, secondDeadline, step, type ReviewEvent, type ReviewRecord } from "@/lib/reviews/machine";
import { LAPSES, REVIEW_STATES } from "@/lib/reviews/views";

const T0 = Date.UTC(2026, 10, 21, 9);
const at = (seconds: number): Date => new Date(T0 + seconds * 1_000);
const WINDOW_S = 3_600;
const opened: ReviewRecord = {
  state: "waiting",
  createdAt: at(0),
  deadline: at(WINDOW_S),
  onLapse: "accept",
  excludedIds: ["customer"],
  escalatedAt: null,
  decidedById: null,
  releaseAt: null,
};
const decide = (kind: "accept" | "roll_back", by = "ana", seconds = 10, holdsRole = true): ReviewEvent => ({
  kind,
  by,
  holdsRole,
  at: at(seconds),
  releaseAt: at(seconds + 5),
});
const after = (record: ReviewRecord, ...events: ReviewEvent[]): ReviewRecord =>
  events.reduce((now, event) => {
    const moved = step(now, event);
    return moved.ok ? moved.record : now;
  }, record);

describe("a review", () => {
  it("is accepted or rolled back once, and a rollback ends done or failed", () => {
    expect(after(opened, decide("accept"))).toMatchObject({ state: "accepted", decidedById: "ana" });
    const rolling = after(opened, decide("roll_back"));
    expect(step(rolling, decide("accept", "ben", 11))).toEqual({ ok: false, refusal: "not_waiting" });
    expect(step(rolling, { kind: "done", at: at(12) })).toEqual({ ok: false, refusal: "not_due" });
    expect(after(rolling, { kind: "done", at: at(15) }).state).toBe("rolled_back");
    expect(after(rolling, { kind: "fail", at: at(15) }).state).toBe("rollback_failed");
  });

  it("is taken back by whoever decided, until it is released", () => {
    const rolling = after(opened, decide("roll_back"));
    expect(step(rolling, { kind: "undo", by: "ben", at: at(12) })).toEqual({ ok: false, refusal: "not_yours" });
    expect(step(rolling, { kind: "undo", by: "ana", at: at(15) })).toEqual({ ok: false, refusal: "released" });
    expect(after(rolling, { kind: "undo", by: "ana", at: at(14) })).toEqual(opened);
    const late = after(opened, decide("accept", "ana", WINDOW_S - 1));
    expect(step(late, { kind: "undo", by: "ana", at: at(WINDOW_S) })).toEqual({ ok: false, refusal: "released" });
  });

  it("can be tried again after a rollback failed, at once and without a way back, and is never accepted then", () => {
    const failed = after(opened, decide("roll_back"), { kind: "fail", at: at(60) });
    expect(step(failed, decide("accept", "ana", 70))).toEqual({ ok: false, refusal: "not_waiting" });
    const again = after(failed, decide("roll_back", "ben", WINDOW_S + 70));
    expect(again).toMatchObject({ state: "rolling_back", decidedById: "ben", releaseAt: at(WINDOW_S + 70) });
    expect(step(again, { kind: "undo", by: "ben", at: at(WINDOW_S + 71) })).toEqual({ ok: false, refusal: "released" });
  });

  it("does what its rule says when nobody looked in time", () => {
    const due: ReviewEvent = { kind: "lapse", at: at(WINDOW_S), possible: true };
    expect(step(opened, { ...due, at: at(WINDOW_S - 1) })).toEqual({ ok: false, refusal: "not_due" });
    expect(after(opened, due).state).toBe("lapsed");
    expect(after({ ...opened, onLapse: "rollback" }, due)).toMatchObject({ state: "rolling_back", decidedById: null });
    expect(after({ ...opened, onLapse: "rollback" }, { ...due, possible: false }).state).toBe("rollback_failed");
    const asked = after({ ...opened, onLapse: "escalate" }, due);
    expect(asked).toMatchObject({ state: "waiting", escalatedAt: at(WINDOW_S), deadline: at(2 * WINDOW_S) });
    expect(after(asked, due).state).toBe("waiting");
    expect(after(asked, { ...due, at: at(2 * WINDOW_S) }).state).toBe("lapsed");
  });

  it("gives whoever is asked second a minute at least and a week at most", () => {
    expect(secondDeadline({ createdAt: at(0), deadline: at(1) }, at(1))).toEqual(at(61));
    expect(secondDeadline({ createdAt: at(0), deadline: at(30 * 86_400) }, at(0))).toEqual(at(7 * 86_400));
  });
});

const seconds = fc.integer({ min: 0, max: 3 * WINDOW_S });
const person = fc.constantFrom("ana", "ben", "customer");
const event: fc.Arbitrary<ReviewEvent> = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom("accept" as const, "roll_back" as const),
      by: person,
      holdsRole: fc.boolean(),
      at: seconds,
    })
    .map((one) => ({ ...one, at: at(one.at), releaseAt: at(one.at + 5) })),
  fc.record({ by: person, at: seconds }).map((one): ReviewEvent => ({ kind: "undo", by: one.by, at: at(one.at) })),
  fc
    .record({ at: seconds, possible: fc.boolean() })
    .map((one): ReviewEvent => ({ kind: "lapse", possible: one.possible, at: at(one.at) })),
  fc
    .record({ kind: fc.constantFrom("done" as const, "fail" as const), at: seconds })
    .map((one) => ({ ...one, at: at(one.at) })),
);
const record = fc.constantFrom(...LAPSES).map((onLapse): ReviewRecord => ({ ...opened, onLapse }));
const history = fc
  .array(event, { maxLength: 30 })
  .map((events) => events.toSorted((a, b) => a.at.getTime() - b.at.getTime()));

/** What may follow what, as the store's trigger has it. */
const FOLLOWS: Record<string, readonly string[]> = {
  waiting: ["accepted", "rolling_back", "rollback_failed", "lapsed"],
  accepted: ["waiting"],
  rolling_back: ["waiting", "rolled_back", "rollback_failed"],
  rollback_failed: ["rolling_back"],
  rolled_back: [],
  lapsed: [],
};

describe("whatever happens to a review", () => {
  it("I3: nobody who is excluded, or holds no role, decides it", () => {
    fc.assert(
      fc.property(record, history, (start, events) => {
        let now = start;
        for (const one of events) {
          const moved = step(now, one);
          if (moved.ok && (one.kind === "accept" || one.kind === "roll_back")) {
            expect(one.by).not.toBe("customer");
            expect(one.holdsRole).toBe(true);
            expect(reviewStanding(now, one.by, one.holdsRole, one.at)).toBe("may_decide");
          }
          now = moved.ok ? moved.record : now;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("moves only as the store lets it, and what is final stays", () => {
    fc.assert(
      fc.property(record, history, (start, events) => {
        let now = start;
        for (const one of events) {
          const moved = step(now, one);
          if (!moved.ok) continue;
          if (moved.record.state !== now.state) expect(FOLLOWS[now.state]).toContain(moved.record.state);
          now = moved.record;
        }
        expect(REVIEW_STATES).toContain(now.state);
      }),
      { numRuns: 2_000 },
    );
  });

  it("no rollback ends before it was released, and none that was taken back ends at all", () => {
    fc.assert(
      fc.property(record, history, (start, events) => {
        let now = start;
        for (const one of events) {
          const moved = step(now, one);
          if (moved.ok && (one.kind === "done" || one.kind === "fail")) {
            expect(now.state).toBe("rolling_back");
            expect(now.releaseAt === null || one.at >= now.releaseAt).toBe(true);
          }
          if (moved.ok && one.kind === "undo") {
            expect(now.decidedById).toBe(one.by);
            expect(moved.record).toMatchObject({ state: "waiting", decidedById: null });
          }
          now = moved.ok ? moved.record : now;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("of several that decide at once, one does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("accept" as const, "roll_back" as const), { minLength: 2, maxLength: 20 }),
        (kinds) => {
          let now = opened;
          let won = 0;
          for (const [index, kind] of kinds.entries()) {
            const moved = step(now, decide(kind, `p${index}`));
            if (moved.ok) won += 1;
            now = moved.ok ? moved.record : now;
          }
          expect(won).toBe(1);
          expect(now.decidedById).toBe("p0");
        },
      ),
    );
  });
});
