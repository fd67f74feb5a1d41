import { describe, expect, it } from "vitest";

import { accessOf } from "@/lib/auth/access";
import { concerns } from "@/lib/kernel/topics";
import { topicsFor } from "@/lib/live/topics";

const chart = [
  { id: "root", parentId: null },
  { id: "support", parentId: "root" },
];
const everywhere = accessOf("a", [{ role: "auditor", nodeId: "root" }], chart);
const somewhere = accessOf("b", [{ role: "manager", nodeId: "support" }], chart);

describe("live topics", () => {
  it("I12: leaves ids out for who sees a part only", () => {
    const heard = ["runs", "run:1", "run:2", "approval:3"];
    expect(topicsFor(everywhere, heard)).toEqual(heard);
    expect(topicsFor(somewhere, heard)).toEqual(["runs", "run:*", "approval:*"]);
  });

  it("tells of somebody's inbox to nobody else", () => {
    expect(topicsFor(everywhere, ["inbox:a", "inbox:b"])).toEqual(["inbox:a"]);
    expect(topicsFor(somewhere, ["inbox:a", "inbox:b"])).toEqual(["inbox:b"]);
  });

  it("reaches the pages concerned, with and without the id", () => {
    expect(concerns(["run:1"], ["run:1"])).toBe(true);
    expect(concerns(["run:*"], ["run:1"])).toBe(true);
    expect(concerns(["run:2"], ["run:1"])).toBe(false);
    expect(concerns(["runs"], ["run:1"])).toBe(false);
    expect(concerns(["*"], ["run:1"])).toBe(true);
    expect(concerns([], ["*"])).toBe(false);
  });
});
