import { describe, expect, it } from "vitest";

import { standingOf, stateAt } from "@/lib/approvals/standing";

const now = new Date("2026-03-10T12:00:00Z");

describe("standingOf", () => {
  const approval = { state: "pending" as const, approverIds: ["rob"], excludedIds: ["ada"] };
  it("lets the asked person with a role decide", () => expect(standingOf(approval, "rob", true)).toBe("may_decide"));
  it("names the reason otherwise (I3)", () => {
    expect(standingOf(approval, "rob", false)).toBe("no_role");
    expect(standingOf(approval, "eve", true)).toBe("not_asked");
    expect(standingOf({ ...approval, approverIds: ["ada"] }, "ada", true)).toBe("excluded");
    expect(standingOf({ ...approval, state: "approved" }, "rob", true)).toBe("settled");
  });
});

describe("stateAt", () => {
  it("calls what is overdue expired, before the worker does", () => {
    expect(stateAt("pending", new Date(now.getTime() + 1), now)).toBe("pending");
    expect(stateAt("pending", now, now)).toBe("expired");
    expect(stateAt("approved", new Date(0), now)).toBe("approved");
  });
});
