import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { jsonFault, MAX_DEPTH } from "@/lib/gate/json-text";

const nested = (levels: number): string => `${"[".repeat(levels)}1${"]".repeat(levels)}`;

describe("jsonFault", () => {
  it("lets through what JSON.stringify writes of ordinary values", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => jsonFault(JSON.stringify(value)) === null));
  });

  it.each([
    [nested(MAX_DEPTH), null],
    [nested(MAX_DEPTH + 1), "too_deep"],
    [`{"a":"${"[".repeat(500)}"}`, null],
    ['{"a":"\\"[[[","b":1}', null],
    ["9007199254740992", null],
    ["9007199254740993", "number_inexact"],
    ["-12345678901234567891", "number_inexact"],
    ["100000000000000000000", null],
    ["0.1234567890123456789", null],
    ["1e999", "number_inexact"],
    ["1e300", null],
    ["9007199254740993.0", "number_inexact"],
    ["9007199254740993e0", "number_inexact"],
    ["90071992547409930e-1", "number_inexact"],
    ["9007199254740992.0", null],
    ["1152921504606846976.0", null],
    ["1.7976931348623157e308", null],
    ["0.00009007199254740993e5", null],
    ['"12345678901234567891"', null],
    ["", null],
    ['{"open":"', null],
  ])("%s → %s", (text, fault) => {
    expect(jsonFault(text)).toBe(fault);
  });
});
