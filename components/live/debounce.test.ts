import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { debounced } from "./debounce";

describe("debounced", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("runs once after the last of a burst", () => {
    let runs = 0;
    const { call } = debounced(() => (runs += 1), 100, 1_000);
    call();
    vi.advanceTimersByTime(60);
    call();
    vi.advanceTimersByTime(60);
    expect(runs).toBe(0);
    vi.advanceTimersByTime(40);
    expect(runs).toBe(1);
  });

  it("runs in the middle of a burst that does not end", () => {
    let runs = 0;
    const { call } = debounced(() => (runs += 1), 100, 250);
    for (let at = 0; at < 10; at += 1) {
      call();
      vi.advanceTimersByTime(50);
    }
    expect(runs).toBe(2);
  });

  it("can be called off", () => {
    let runs = 0;
    const { call, cancel } = debounced(() => (runs += 1), 100, 250);
    call();
    cancel();
    vi.advanceTimersByTime(1_000);
    expect(runs).toBe(0);
  });
});
