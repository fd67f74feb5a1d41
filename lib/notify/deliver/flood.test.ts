import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ALONE_MAX, BUNDLE_EVERY_MS, bundleTime, FLOOD_WINDOW_MS, FloodGate } from "@/lib/notify/deliver/flood";

const START = Date.parse("2026-11-21T08:00:00Z");
const stream = { channel: "email", address: "ada", kind: "approval.asked" } as const;

describe("a flood of notices", () => {
  it.each([
    [false, ALONE_MAX.calm, BUNDLE_EVERY_MS.calm],
    [true, ALONE_MAX.urgent, BUNDLE_EVERY_MS.urgent],
  ])("sends the first by themselves, and the rest in a few messages (urgent: %s)", (urgent, max, every) => {
    fc.assert(
      fc.property(fc.array(fc.nat(FLOOD_WINDOW_MS - 1), { maxLength: 200 }), fc.nat(every), (offsets, phase) => {
        const gate = new FloodGate([]);
        const sent = offsets
          .toSorted((a, b) => a - b)
          .map((ms) => ({ at: START + phase + ms, ...gate.next({ ...stream, urgent }, new Date(START + phase + ms)) }));
        const alone = sent.filter((one) => !one.digest);
        const bundles = new Set(sent.filter((one) => one.digest).map((one) => one.dueAt.getTime()));
        expect(alone.length).toBe(Math.min(max, offsets.length));
        expect(bundles.size).toBeLessThanOrEqual(FLOOD_WINDOW_MS / every + 1);
        for (const one of sent) {
          expect(one.dueAt.getTime()).toBeGreaterThanOrEqual(one.at);
          expect(one.dueAt.getTime() - one.at).toBeLessThanOrEqual(every);
        }
      }),
    );
  });

  it("counts each kind, urgency, channel and address for itself, and what went out lately", () => {
    const now = new Date(START);
    const gate = new FloodGate([{ ...stream, urgent: false, count: ALONE_MAX.calm }]);
    expect(gate.next({ ...stream, urgent: false }, now).digest).toBe(true);
    expect(gate.next({ ...stream, urgent: true }, now).digest).toBe(false);
    expect(gate.next({ ...stream, urgent: false, kind: "appeal.opened" }, now).digest).toBe(false);
    expect(gate.next({ ...stream, urgent: false, channel: "chat" }, now).digest).toBe(false);
    expect(gate.next({ ...stream, urgent: false, address: "bob" }, now).digest).toBe(false);
  });

  it("leaves at a time of the clock, never at once", () => {
    expect(bundleTime(99, false, new Date(START))?.toISOString()).toBe("2026-11-21T08:10:00.000Z");
    expect(bundleTime(99, true, new Date(START + 59_999))?.toISOString()).toBe("2026-11-21T08:01:00.000Z");
  });
});
