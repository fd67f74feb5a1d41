import { describe, expect, it } from "vitest";

import { amountOf } from "@/lib/inbox/amount";

describe("amountOf", () => {
  it.each([
    [{ order: "o-1", amount: 1250.5, currency: "eur" }, "1,250.50 EUR"],
    [{ price: 30.5 }, "30.50"],
    [{ price: 0.004 }, "0.004"],
    [{ refundAmount: "90" }, "90"],
    [{ total_usd: 12 }, "12 USD"],
    [{ recordCount: 40 }, "40 records"],
    [{ recipients: 3 }, "3 recipients"],
    [{ account: "a-1" }, null],
    [{ amount: "lots" }, null],
    [{ amount: { value: 3 } }, null],
    [[1, 2], null],
    [null, null],
  ])("%j is about %s", (args, expected) => {
    expect(amountOf(args)).toBe(expected);
  });

  it("takes no currency that is no code", () => {
    expect(amountOf({ amount: 3, currency: "<b>€</b>" })).toBe("3");
  });
});
