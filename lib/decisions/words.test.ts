import { describe, expect, it } from "vitest";

import { actionTitle, keyLabel, targetOf } from "@/lib/decisions/words";

describe("actionTitle", () => {
  it("prefers the catalogue's words", () =>
    expect(actionTitle("airline.cancel_reservation", "Cancel a booking")).toBe("Cancel a booking"));
  it("reads the verb where there are none", () => {
    expect(actionTitle("airline.cancel_reservation", null)).toBe("Cancel reservation");
    expect(actionTitle("crm.accounts.merge-all", null)).toBe("Merge all");
    expect(actionTitle("shell", "")).toBe("Shell");
    expect(actionTitle("odd.", null)).toBe("Odd.");
  });
});

describe("targetOf", () => {
  it("takes the resource first", () => {
    expect(targetOf({ type: "account", id: "A-1", name: "Northwind" }, { account_id: "A-1" })).toBe("Northwind");
    expect(targetOf({ type: "account", id: "A-1" }, {})).toBe("account A-1");
    expect(targetOf("invoice 7", {})).toBe("invoice 7");
  });
  it("takes the identifying argument, wherever it stands", () => {
    expect(targetOf(null, { reason: "change of plan", reservation_id: "4WQ150" })).toBe("4WQ150");
    expect(targetOf({}, { amount: 12, invoiceNumber: 77 })).toBe("77");
    expect(targetOf(null, { email: "a@b.example" })).toBe("a@b.example");
  });
  it("takes the first plain argument, else nothing", () => {
    expect(targetOf(null, { list: [1], body: "Dear all" })).toBe("Dear all");
    expect(targetOf(null, { list: [1], deep: { id: 1 }, empty: " " })).toBeNull();
    expect(targetOf(null, null)).toBeNull();
    expect(targetOf([1], [2])).toBeNull();
  });
  it("is one short line", () => {
    const text = targetOf(null, { id: `a\n\tb${"x".repeat(200)}` });
    expect(text).toHaveLength(80);
    expect(text?.startsWith("a bxxx")).toBe(true);
  });
});

describe("keyLabel", () => {
  it.each([
    ["reservation_id", "Reservation id"],
    ["recordCount", "Record count"],
    ["to", "To"],
    ["__", "__"],
  ])("%s", (key, label) => expect(keyLabel(key)).toBe(label));
});
