import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { dropHeld, heldDecision, holdDecision } from "@/app/(console)/inbox/_panel/held-decisions";
import { ok } from "@/lib/kernel/result";

const hold = (key: string, seconds: number) =>
  holdDecision({
    key,
    title: key,
    until: Date.now() + seconds * 1_000,
    takeBack: async () => ok(null),
    onReturn: () => undefined,
  });

describe("decisions that can still be undone", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
  });

  it("gives back the latest, and no more once its time is over", () => {
    hold("a", 5);
    vi.advanceTimersByTime(2_000);
    hold("b", 5);
    expect(heldDecision()?.key).toBe("b");
    vi.advanceTimersByTime(3_500);
    expect(heldDecision()?.key).toBe("b");
    dropHeld("b");
    expect(heldDecision()).toBeNull();
  });

  it("goes back one by one, and knows each item once", () => {
    hold("a", 5);
    hold("b", 5);
    hold("a", 5);
    expect(heldDecision()?.key).toBe("a");
    dropHeld("a");
    expect(heldDecision()?.key).toBe("b");
    dropHeld("b");
    expect(heldDecision()).toBeNull();
  });
});
