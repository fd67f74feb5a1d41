import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { admit, parseRate, type Rate, type TatUs } from "@/lib/budgets/rate";

const T0 = Date.UTC(2026, 10, 21, 12);
const rates: fc.Arbitrary<Rate> = fc.record({
  limit: fc.integer({ min: 1, max: 200 }),
  periodMs: fc.constantFrom(1_000, 60_000, 3_600_000),
});
const intervalMs = ({ limit, periodMs }: Rate): number => Math.ceil((periodMs * 1_000) / limit) / 1_000;

/** Asks after each of these pauses, starting with a bucket at rest: the times at which it was admitted, and the bucket. */
function run(rate: Rate, pausesMs: readonly number[]): { admitted: number[]; tatUs: TatUs; nowMs: number } {
  let [tatUs, nowMs]: [TatUs, number] = [0, T0];
  const admitted: number[] = [];
  for (const pause of pausesMs) {
    nowMs += pause;
    const outcome = admit(tatUs, nowMs, rate);
    tatUs = outcome.tatUs;
    if (outcome.admitted) admitted.push(nowMs);
  }
  return { admitted, tatUs, nowMs };
}

describe("admit", () => {
  it("takes a whole limit at once and not one more, then one an interval", () => {
    const rate = { limit: 7, periodMs: 60_000 };
    expect(run(rate, Array<number>(7).fill(0)).admitted).toHaveLength(7);
    const { tatUs, admitted } = run(rate, Array<number>(8).fill(0));
    expect(admitted).toHaveLength(7);
    const wait = admit(tatUs, T0, rate);
    expect(wait).toMatchObject({ admitted: false });
    expect(admit(tatUs, T0 + 8_572, rate).admitted).toBe(true);
  });

  it("says how long to wait: no shorter wait is enough when nothing else was asked", () => {
    const rate = { limit: 60, periodMs: 60_000 };
    const burst = run(rate, Array<number>(60).fill(0));
    const refused = admit(burst.tatUs, T0, rate);
    expect(refused).toEqual({ admitted: false, tatUs: burst.tatUs, retryAfterMs: 1_000 });
    expect(admit(refused.tatUs, T0 + 999, rate).admitted).toBe(false);
    expect(admit(refused.tatUs, T0 + 1_000, rate).admitted).toBe(true);
  });

  it("charges a refusal a quarter of an interval", () => {
    const rate = { limit: 60, periodMs: 60_000 };
    const { tatUs } = run(rate, Array<number>(60).fill(0));
    expect(admit(tatUs, T0 + 500, rate)).toEqual({ admitted: false, tatUs: tatUs + 250_000, retryAfterMs: 750 });
  });

  it("admits nothing of a flood at four times the limit, and the flood is over one interval after its end", () => {
    const rate = { limit: 10, periodMs: 1_000 };
    const flood = run(rate, Array<number>(5_000).fill(20));
    expect(flood.admitted.length).toBeLessThanOrEqual(13);
    expect(admit(flood.tatUs, flood.nowMs + 100, rate).admitted).toBe(true);
  });

  it("never admits more than the limit and what the time makes good, in any window", () => {
    fc.assert(
      fc.property(rates, fc.array(fc.nat(3_000), { maxLength: 400 }), (rate, pauses) => {
        const { admitted } = run(rate, pauses);
        for (let from = 0; from < admitted.length; from += 1) {
          const last = admitted[Math.min(from + rate.limit, admitted.length - 1)] ?? 0;
          const count = Math.min(rate.limit + 1, admitted.length - from);
          const windowMs = last - (admitted[from] ?? 0);
          expect(count).toBeLessThanOrEqual(rate.limit + windowMs / intervalMs(rate) + 1e-6);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("admits whoever waits as long as it was told, whatever came before", () => {
    fc.assert(
      fc.property(rates, fc.array(fc.nat(2_000), { maxLength: 300 }), (rate, pauses) => {
        const { tatUs, nowMs } = run(rate, pauses);
        const outcome = admit(tatUs, nowMs, rate);
        if (outcome.admitted) return;
        expect(outcome.retryAfterMs).toBeGreaterThan(0);
        expect(outcome.retryAfterMs).toBeLessThanOrEqual(Math.ceil(intervalMs(rate)));
        expect(admit(outcome.tatUs, nowMs + outcome.retryAfterMs, rate).admitted).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is steady: asking once an interval is always admitted", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 300 }), (rate, times) => {
        const pauses = Array<number>(times).fill(Math.ceil(intervalMs(rate)));
        expect(run(rate, pauses).admitted).toHaveLength(times);
      }),
    );
  });

  it("does not stay shut when the clock was ahead: a bucket is at most full", () => {
    const rate = { limit: 2, periodMs: 1_000 };
    const ahead = (T0 + 86_400_000) * 1_000;
    const refused = admit(ahead, T0, rate);
    expect(refused).toEqual({ admitted: false, tatUs: T0 * 1_000 + 1_000_000, retryAfterMs: 500 });
    expect(admit(refused.tatUs, T0 + 500, rate).admitted).toBe(true);
  });
});

describe("parseRate", () => {
  it.each([
    ["5/s", 5, 1_000],
    ["60/m", 60, 60_000],
    ["1000/h", 1_000, 3_600_000],
    ["10000/d", 10_000, 86_400_000],
  ])("%s", (text, limit, periodMs) => expect(parseRate(text)).toEqual({ limit, periodMs }));

  it.each(["", "60", "0/m", "-1/m", "1.5/m", "60/w", "60 / m", "60/m ", "9999999999/m", "/m", "60/mm"])(
    "%j is none",
    (text) => expect(parseRate(text)).toBeNull(),
  );
});
