import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ATTEMPTS_MAX, retryDelayMs, settleAttempt } from "@/lib/notify/deliver/retry";

const NOW = new Date("2026-11-21T12:00:00Z");
const failed = { ok: false as const, statusCode: 500, error: "answered 500", gone: false };

describe("retries", () => {
  it("wait longer with every attempt, a part of it by chance, four hours at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (attempt, random) => {
          const delay = retryDelayMs(attempt, random);
          const longest = Math.min(4 * 3_600_000, 5_000 * 3 ** (attempt - 1));
          expect(delay).toBeGreaterThanOrEqual(Math.floor(longest / 2));
          expect(delay).toBeLessThanOrEqual(longest);
        },
      ),
    );
  });

  it("end with the last attempt, or as soon as it is pointless, with the reason", () => {
    expect(settleAttempt(1, failed, NOW, 0)).toEqual({
      state: "waiting",
      nextAt: new Date(NOW.getTime() + 2_500),
      error: "answered 500",
    });
    expect(settleAttempt(ATTEMPTS_MAX, failed, NOW, 0)).toEqual({ state: "dead", nextAt: null, error: "answered 500" });
    expect(settleAttempt(1, { ...failed, gone: true }, NOW, 0).state).toBe("dead");
    expect(settleAttempt(3, { ok: true, statusCode: 204 }, NOW, 0)).toEqual({
      state: "sent",
      nextAt: null,
      error: null,
    });
  });
});
