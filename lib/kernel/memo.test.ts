import { expect, it } from "vitest";

import { memo } from "@/lib/kernel/memo";

it("makes each value once, undefined ones too, and forgets the oldest half when full", () => {
  const made: string[] = [];
  const once = memo<string | undefined>(4, (key) => {
    made.push(key);
    return key === "none" ? undefined : key.toUpperCase();
  });
  expect([once("a"), once("a"), once("none"), once("none"), once("b"), once("c")]).toEqual([
    "A",
    "A",
    undefined,
    undefined,
    "B",
    "C",
  ]);
  expect(made).toEqual(["a", "none", "b", "c"]);
  once("d");
  once("b");
  once("a");
  expect(made).toEqual(["a", "none", "b", "c", "d", "a"]);
});
