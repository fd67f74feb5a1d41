import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { reaches, rejectionsSince, retryAdvice, streakAfter, tooManyRejections } from "@/lib/incidents/failure-modes";
import {
  DEFAULT_FAILURE_MODES,
  failureModesFor,
  failureModesSchema,
  withFailureModes,
} from "@/lib/incidents/failure-settings";

const { toolErrors, rejections } = DEFAULT_FAILURE_MODES;

describe("a row of tool errors", () => {
  it.each([
    [0, [], 0],
    [2, [], 2],
    [0, [false, false], 2],
    [3, [false], 4],
    [3, [true], 0],
    [3, [false, true, false], 1],
  ])("from %i, %j: %i", (before, results, after) => expect(streakAfter(before, results)).toBe(after));

  it("does not depend on how results are split into reports", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(fc.boolean()), fc.array(fc.boolean()), (before, one, two) => {
        expect(streakAfter(streakAfter(before, one), two)).toBe(streakAfter(before, [...one, ...two]));
      }),
    );
  });
});

describe("retry advice", () => {
  it("doubles the wait, and ends", () => {
    const advice = [0, 1, 2, 3, 4].map((streak) => retryAdvice(streak, toolErrors));
    expect(advice).toEqual([
      null,
      { afterMs: 1_000, attempt: 1, max: 3 },
      { afterMs: 2_000, attempt: 2, max: 3 },
      { afterMs: 4_000, attempt: 3, max: 3 },
      null,
    ]);
  });

  it("never waits longer than the longest wait, nor shorter than the first", () => {
    const modes = fc.record({ retries: fc.nat(1_000), firstWaitMs: fc.nat(9_999), longestWaitMs: fc.nat(99_999) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), modes, (streak, own) => {
        const advice = retryAdvice(streak, { ...toolErrors, ...own });
        expect(advice === null).toBe(streak > own.retries);
        if (!advice) return;
        expect(advice.afterMs).toBeGreaterThanOrEqual(own.firstWaitMs);
        expect(advice.afterMs).toBeLessThanOrEqual(Math.max(own.firstWaitMs, own.longestWaitMs));
      }),
    );
  });

  it("is none where retries are switched off", () => expect(retryAdvice(1, { ...toolErrors, retries: 0 })).toBeNull());
});

describe("when an incident opens", () => {
  it.each([
    [4, 5, 5, true],
    [5, 6, 5, false],
    [5, 9, 5, false],
    [9, 10, 5, true],
    [0, 12, 5, true],
    [7, 0, 5, false],
    [0, 100, 0, false],
  ])("from %i to %i errors under a limit of %i: %s", (before, after, limit, reached) =>
    expect(reaches(before, after, limit)).toBe(reached),
  );

  it("counts rejections within the window and after the last incident", () => {
    const now = new Date("2026-03-10T12:00:00Z");
    const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    expect(rejectionsSince(now, 60, null)).toEqual(ago(60));
    expect(rejectionsSince(now, 60, ago(90))).toEqual(ago(60));
    expect(rejectionsSince(now, 60, ago(10))).toEqual(ago(10));
  });

  it("opens with the last rejection that it takes, and never where it is switched off", () => {
    expect([4, 5, 6].map((count) => tooManyRejections(count, rejections))).toEqual([false, true, true]);
    expect(tooManyRejections(99, { ...rejections, incidentAfter: 0 })).toBe(false);
  });
});

describe("settings", () => {
  it("lays an agent's own over those of all over the defaults", () => {
    const stored = failureModesSchema.parse({
      toolErrors: { retries: 9 },
      agents: { desk: { toolErrors: { pauses: true }, rejections: { incidentAfter: 2 } } },
    });
    expect(failureModesFor(stored, null).toolErrors).toEqual({ ...toolErrors, retries: 9 });
    expect(failureModesFor(stored, "desk")).toEqual({
      toolErrors: { ...toolErrors, retries: 9, pauses: true },
      rejections: { ...rejections, incidentAfter: 2 },
    });
    expect(failureModesFor(stored, "constructor").toolErrors.pauses).toBe(false);
    expect(failureModesFor(undefined, "desk")).toEqual(DEFAULT_FAILURE_MODES);
  });

  it("keeps differences only, and reads back as what was saved", () => {
    const strict = { toolErrors, rejections: { ...rejections, incidentAfter: 2 } };
    const stored = withFailureModes(undefined, null, strict);
    expect(stored).toEqual({ rejections: { incidentAfter: 2 } });
    const own = { ...strict, toolErrors: { ...toolErrors, pauses: true } };
    const both = withFailureModes(stored, "desk", own);
    expect(both).toEqual({ rejections: { incidentAfter: 2 }, agents: { desk: { toolErrors: { pauses: true } } } });
    expect([failureModesFor(both, "desk"), failureModesFor(both, "other")]).toEqual([own, strict]);
    expect(withFailureModes(both, "desk", strict)).toEqual(stored);
    expect(withFailureModes(both, "desk", null)).toEqual(stored);
    expect(withFailureModes(both, null, null)).toEqual({ agents: { desk: { toolErrors: { pauses: true } } } });
  });

  it.each([
    [{ toolErrors: { retries: -1 } }, "toolErrors.retries"],
    [{ toolErrors: { firstWaitMs: 1 } }, "toolErrors.firstWaitMs"],
    [{ rejections: { withinMinutes: 0 } }, "rejections.withinMinutes"],
    [{ agents: { desk: { surprise: 1 } } }, "agents.desk"],
  ])("refuses %j", (input, path) => {
    expect(failureModesSchema.safeParse(input).error?.issues[0]?.path.join(".")).toBe(path);
  });
});
