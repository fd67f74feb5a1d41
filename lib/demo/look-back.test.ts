import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { rollDice, type Dice } from "@/lib/demo/dice";
import { lookBackOne } from "@/lib/demo/look-back";
import { at, reviewDesk } from "@/lib/reviews/reviews-testing";

let desk: Awaited<ReturnType<typeof reviewDesk>>;
beforeAll(async () => {
  desk = await reviewDesk();
});
afterAll(() => desk.close());

/** Looks for no time at all. */
const quick = (undoes: boolean): Dice => ({ ...rollDice(1), int: () => 0, chance: () => undoes });
const signal = new AbortController().signal;

describe("the demo's people who look back", () => {
  it("let one thing stand or have it undone, once it has waited", async () => {
    const [first, second] = [await desk.reviewed(), await desk.reviewed()];
    desk.moveTo(at(-220));
    expect(await lookBackOne(desk.worker(), quick(false), signal)).toBe(false);
    desk.moveTo(at(0));
    expect(await lookBackOne(desk.worker(), quick(false), signal)).toBe(true);
    expect(await lookBackOne(desk.worker(), quick(true), signal)).toBe(true);
    const states = [(await desk.stored(first.id)).state, (await desk.stored(second.id)).state];
    expect(states.toSorted()).toEqual(["accepted", "rolling_back"]);
    expect(await lookBackOne(desk.worker(), quick(false), signal)).toBe(false);
  });
});
