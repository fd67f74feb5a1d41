import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodeCursor, encodeCursor } from "@/lib/audit/schemas";

describe("the audit's cursor", () => {
  it("comes back as it went", () => {
    const cursor = fc.record({
      at: fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }),
      stream: fc.constantFrom("configuration", "gate/019aa1f6-1f00-7000-8000-000000000001", "with space"),
      seq: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    });
    fc.assert(fc.property(cursor, (value) => void expect(decodeCursor(encodeCursor(value))).toEqual(value)));
  });

  it("is nothing when somebody made it up", () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(decodeCursor(`!${text}`)).toBeNull()));
    for (const text of [
      "",
      "x",
      Buffer.from("1 2").toString("base64url"),
      Buffer.from("1 99999999999999999999 a").toString("base64url"),
    ])
      expect(decodeCursor(text)).toBeNull();
    expect(decodeCursor(Buffer.from(`1 ${2n ** 63n} a`).toString("base64url"))).toBeNull();
    expect(decodeCursor(Buffer.from("99999999999999 1 a").toString("base64url"))).toBeNull();
  });
});
