import { describe, expect, it } from "vitest";
import { reconnectDelayMs, topicsOf } from "./message";

describe("live messages", () => {
  it.each([
    ['{"topics":["runs","approvals"]}', ["runs", "approvals"]],
    ['{"topics":["runs",7]}', ["runs"]],
    ['{"topics":"runs"}', []],
    ["{}", []],
    ["null", []],
    ["not json", []],
    [undefined, []],
  ])("reads %s", (data, topics) => expect(topicsOf(data)).toEqual(topics));

  it("waits longer each time, and never more than half a minute", () => {
    expect([0, 1, 2, 5, 50].map((attempt) => reconnectDelayMs(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
    expect(reconnectDelayMs(0, 0)).toBe(500);
  });
});
