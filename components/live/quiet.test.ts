import { describe, expect, it } from "vitest";
import { withoutQuiet } from "./quiet";

describe("withoutQuiet", () => {
  it("leaves out what the page keeps fresh itself, and nothing else", () => {
    expect(withoutQuiet(["approvals", "approval:1", "stops", "*"], new Set(["approvals"]))).toEqual([
      "approval:1",
      "stops",
      "*",
    ]);
    expect(withoutQuiet(["approvals"], new Set())).toEqual(["approvals"]);
  });
});
