import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  decidedLately,
  dropHeld,
  heldDecision,
  heldWith,
  holdDecision,
  latestDecision,
  sendDecision,
  type Together,
} from "@/app/(console)/inbox/_panel/held-decisions";
import { ok } from "@/lib/kernel/result";

const target = new EventTarget();

const hold = (key: string, seconds: number, together?: Together) =>
  holdDecision({
    ...(together && { together }),
    key,
    title: key,
    until: Date.now() + seconds * 1_000,
    takeBack: async () => ok(null),
    onReturn: () => undefined,
  });

/** Sent, and answered, or lost, when the test says so. */
function underWay(keys: readonly string[]): { answer: (fault?: Error) => void } {
  let answer: (fault?: Error) => void = () => undefined;
  sendDecision(
    keys,
    new Promise<void>((resolve, reject) => {
      answer = (fault) => (fault === undefined ? resolve() : reject(fault));
    }),
  );
  return { answer: (fault) => answer(fault) };
}

describe("decisions that can still be undone", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    for (let one = heldDecision(); one; one = heldDecision()) dropHeld(one.key);
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

  it("knows what one act decided, and what of it can still be taken back", () => {
    const together = { title: "Approved 3 requests", takeBack: async () => [] };
    hold("alone", 5);
    for (const [key, seconds] of [
      ["a", 3],
      ["b", 4],
      ["c", 5],
    ] as const)
      hold(key, seconds, together);
    const last = heldDecision();
    const keys = () => (last ? heldWith(last).map((one) => one.key) : []);
    expect(keys()).toEqual(["a", "b", "c"]);
    vi.advanceTimersByTime(3_500);
    dropHeld("b");
    expect(keys()).toEqual(["c"]);
    dropHeld("c");
    const alone = heldDecision();
    expect(alone && heldWith(alone).map((one) => one.key)).toEqual(["alone"]);
  });

  it("asks before the tab is closed for as long as a decision is on its way, undone or not", async () => {
    const asked = () => {
      const event = new Event("beforeunload", { cancelable: true });
      globalThis.dispatchEvent(event);
      return event.defaultPrevented;
    };
    vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
    vi.stubGlobal("removeEventListener", target.removeEventListener.bind(target));
    vi.stubGlobal("dispatchEvent", target.dispatchEvent.bind(target));
    const [first, second] = [underWay(["a"]), underWay(["b"])];
    const undone = latestDecision();
    expect(asked()).toBe(true);
    first.answer();
    second.answer(new Error("The connection broke."));
    await undone;
    await Promise.resolve();
    expect(asked()).toBe(false);
    vi.unstubAllGlobals();
  });

  it("goes back with the press that is on its way, once it is answered, not with an earlier decision", async () => {
    hold("a", 5);
    const [first, second] = [underWay(["b"]), underWay(["c", "d"])];
    const [last, before, oldest] = [latestDecision(), latestDecision(), latestDecision()];
    expect(decidedLately()).toBe(true);
    hold("b", 5);
    first.answer();
    hold("c", 5);
    hold("d", 5);
    second.answer();
    const keys = (await Promise.all([last, before])).map((one) => one !== null && one !== "refused" && one.key);
    expect(keys).toEqual(["d", "b"]);
    expect(await oldest).toMatchObject({ key: "a" });
  });

  it("goes back with nothing else when the press that was on its way is refused", async () => {
    hold("old", 5);
    const [first, second] = [underWay(["one"]), underWay(["other"])];
    const [last, before] = [latestDecision(), latestDecision()];
    first.answer();
    second.answer(new Error("The connection broke."));
    expect(await Promise.all([last, before])).toEqual(["refused", "refused"]);
    expect(await latestDecision()).toMatchObject({ key: "old" });
    dropHeld("old");
    expect(decidedLately()).toBe(false);
    expect(await latestDecision()).toBeNull();
  });
});
