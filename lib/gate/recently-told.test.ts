import { expect, it } from "vitest";

import { RecentlyTold } from "@/lib/gate/recently-told";

it("remembers what was told for its time, and forgets what is older", () => {
  const told = new RecentlyTold(5_000);
  told.add("a", 0);
  expect([told.has("a", 4_999), told.has("a", 5_000), told.has("b", 0)]).toEqual([true, false, false]);
  told.add("a", 4_000);
  expect(told.has("a", 8_999)).toBe(true);
  told.add("b", 9_000);
  expect(told.size).toBe(1);
});

it("stays small, however many there are", () => {
  const told = new RecentlyTold(60_000);
  for (let at = 0; at < 30_000; at += 1) told.add(`q${at}`, at);
  expect(told.size).toBeLessThanOrEqual(10_000);
  expect(told.has("q29999", 30_000)).toBe(true);
});
