import { expect, it } from "vitest";

import { durationMs } from "@/lib/kernel/duration";

it.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["8h", 28_800_000],
  ["2d", 172_800_000],
  ["", null],
  ["30", null],
  ["m", null],
  ["1.5h", null],
  ["-5m", null],
  ["5 m", null],
  ["9999999m", null],
  ["5constructor", null],
])("%j is %j ms", (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});
