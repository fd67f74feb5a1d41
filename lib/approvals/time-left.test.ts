import { describe, expect, it } from "vitest";

import { timeLeft } from "@/lib/approvals/time-left";

describe("timeLeft", () => {
  it.each([
    [0, "past its deadline", "over"],
    [-5_000, "past its deadline", "over"],
    [400, "1s", "urgent"],
    [59_001, "60s", "urgent"],
    [60_000, "1m", "urgent"],
    [61_000, "1m 1s", "urgent"],
    [5 * 60_000, "5m", "soon"],
    [29 * 60_000 + 59_000, "29m", "soon"],
    [30 * 60_000, "30m", "calm"],
    [65 * 60_000, "1h 5m", "calm"],
    [26 * 3_600_000, "1d 2h", "calm"],
    [48 * 3_600_000, "2d", "calm"],
  ])("%d ms", (ms, text, urgency) => expect(timeLeft(1_000_000 + ms, 1_000_000)).toEqual({ text, urgency }));
});
