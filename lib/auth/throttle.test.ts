import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  afterAttempt,
  blockedUntil,
  EMAIL_LIMITS,
  LONGEST_BLOCK_MS,
  WINDOW_MS,
  withoutAttempt,
  type ThrottleState,
} from "@/lib/auth/throttle";

const START = new Date("2026-11-21T09:00:00Z");
const at = (ms: number) => new Date(START.getTime() + ms);

/** Attempts with the pause before each; those that come while blocked are refused and do not count. */
function play(pausesMs: readonly number[]): { state: ThrottleState | null; taken: number; nowMs: number } {
  let state: ThrottleState | null = null;
  let nowMs = 0;
  let taken = 0;
  for (const pause of pausesMs) {
    nowMs += pause;
    if (blockedUntil(state, at(nowMs))) continue;
    state = afterAttempt(state, EMAIL_LIMITS, at(nowMs));
    taken += 1;
  }
  return { state, taken, nowMs };
}

describe("throttled sign-in", () => {
  it("takes four failures freely and blocks on the fifth for a minute, then for two", () => {
    const { state } = play([0, 1, 1, 1, 1]);
    expect(state?.blockedUntil).toEqual(at(4 + 60_000));
    const next = afterAttempt(state, EMAIL_LIMITS, at(61_000));
    expect(next.blockedUntil).toEqual(at(61_000 + 120_000));
  });

  it("never takes more attempts in an hour than the limit and the growing blocks leave room for", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 400 }), (pauses) => {
        let spentMs = 0;
        const firstHour = pauses.filter((pause) => (spentMs += pause) <= 60 * 60_000);
        expect(play(firstHour).taken).toBeLessThanOrEqual(EMAIL_LIMITS.failures + 6);
      }),
    );
  });

  it("blocks no longer than an hour, and never shorter with one failure more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (failures) => {
        const state = { failures, windowEndsAt: at(WINDOW_MS), blockedUntil: null };
        const once = afterAttempt(state, EMAIL_LIMITS, START);
        const twice = afterAttempt(once, EMAIL_LIMITS, START);
        const length = (one: ThrottleState) => (one.blockedUntil?.getTime() ?? START.getTime()) - START.getTime();
        expect(length(once)).toBeLessThanOrEqual(LONGEST_BLOCK_MS);
        expect(length(twice)).toBeGreaterThanOrEqual(length(once));
        expect(once.windowEndsAt.getTime()).toBeGreaterThan(once.blockedUntil?.getTime() ?? 0);
      }),
    );
  });

  it("forgets failures once the window is over", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (failures) => {
        const state = { failures, windowEndsAt: START, blockedUntil: null };
        expect(afterAttempt(state, EMAIL_LIMITS, START)).toMatchObject({ failures: 1, blockedUntil: null });
      }),
    );
  });

  it("takes a right attempt back as if it had not been, within the window", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (failures) => {
        const before = { failures, windowEndsAt: at(WINDOW_MS), blockedUntil: null };
        expect(withoutAttempt(afterAttempt(before, EMAIL_LIMITS, START), EMAIL_LIMITS)).toEqual(before);
      }),
    );
  });
});
