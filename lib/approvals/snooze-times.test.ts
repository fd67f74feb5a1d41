import { describe, expect, it } from "vitest";

import { snoozeTimes } from "@/lib/approvals/snooze-times";

const NOW = new Date("2026-11-21T22:30:00.000Z");
const at = (deadline: string, offsetMinutes = 0) =>
  snoozeTimes(NOW, new Date(deadline), offsetMinutes).map((time) => [time.at.toISOString(), time.possible]);

describe("snooze times", () => {
  it("end before the deadline", () => {
    expect(at("2026-11-21T23:30:00.000Z")).toEqual([
      ["2026-11-21T23:00:00.000Z", true],
      ["2026-11-21T23:30:00.000Z", false],
      ["2026-11-22T01:30:00.000Z", false],
      ["2026-11-22T09:00:00.000Z", false],
    ]);
  });

  it("know the viewer's morning", () => {
    expect(at("2026-12-01T00:00:00.000Z", 120).at(-1)).toEqual(["2026-11-23T07:00:00.000Z", true]);
    expect(at("2026-12-01T00:00:00.000Z", -300).at(-1)).toEqual(["2026-11-22T14:00:00.000Z", true]);
  });
});
