import { describe, expect, it } from "vitest";

import { identifiers, presentState, type KnownFact } from "@/lib/approvals/present-state";

const fact = (more: Partial<KnownFact>): KnownFact => ({
  action: "airline.get_reservation_details",
  key: "R-1",
  value: { reservation_id: "R-1", cabin: "economy", seats: 2 },
  origin: "reported",
  at: "2026-11-21T09:00:00.000Z",
  ...more,
});
const nothing = { resource: null, proposed: null, facts: [] };

describe("present state", () => {
  it("is the run's latest fact about the same record", () => {
    const older = fact({ at: "2026-11-21T08:00:00.000Z", value: { cabin: "business" } });
    expect(
      presentState({ ...nothing, args: { reservation_id: "R-1", new_cabin: "first" }, facts: [older, fact({})] }),
    ).toEqual({
      source: { kind: "fact", action: "airline.get_reservation_details", origin: "reported", at: fact({}).at },
      before: { new_cabin: "economy" },
    });
  });

  it("finds fields however they are spelt, and inside of what holds changes", () => {
    const value = { due_date: "2026-12-01", owner: { id: 7 } };
    const args = { id: "T-9", changes: { dueDate: "2027-01-01", unknown: 1 } };
    expect(presentState({ ...nothing, args, facts: [fact({ key: "T-9", value })] })?.before).toEqual({
      "changes.dueDate": "2026-12-01",
    });
  });

  it("knows a record by its resource", () => {
    const input = { ...nothing, args: { limit: 500 }, resource: { type: "account", id: "A-1" } };
    expect(presentState({ ...input, facts: [fact({ key: "A-1", value: { limit: 100 } })] })?.before).toEqual({
      limit: 100,
    });
  });

  it("takes the agent's word only where no result says it", () => {
    const args = { reservation_id: "R-1", cabin: "first" };
    const proposed = { before: { cabin: "business" } };
    expect(presentState({ ...nothing, args, proposed })).toEqual({
      source: { kind: "agent" },
      before: { cabin: "business" },
    });
    expect(presentState({ ...nothing, args, proposed, facts: [fact({})] })?.source.kind).toBe("fact");
    expect(presentState({ ...nothing, args, proposed: { current: { cabin: "x" } } })?.before).toEqual({ cabin: "x" });
  });

  it.each([
    ["a record that only repeats what identifies it", { reservation_id: "R-1" }],
    ["another record", { reservation_id: "R-2", cabin: "first" }],
    ["no arguments", {}],
  ])("is unknown for %s", (_, args) => {
    expect(presentState({ ...nothing, args, facts: [fact({})] })).toBeNull();
  });

  it("is unknown where a result is no record, or a text was sent", () => {
    const args = { reservation_id: "R-1", cabin: "first" };
    expect(presentState({ ...nothing, args, facts: [fact({ value: "economy" }), fact({ value: [1] })] })).toBeNull();
    expect(presentState({ ...nothing, args, proposed: "before: economy" })).toBeNull();
    expect(presentState({ ...nothing, args: { toString: 1 }, proposed: { before: {} } })).toBeNull();
  });

  it("asks for facts by texts and numbers of a sensible length", () => {
    expect([...identifiers({ a: "x", b: 7, c: "y".repeat(600), d: null }, "res")]).toEqual(["x", "7", "res"]);
  });
});
