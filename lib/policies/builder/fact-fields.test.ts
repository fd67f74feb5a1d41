import { describe, expect, it } from "vitest";

import { factFieldsOf } from "@/lib/policies/builder/fact-fields";

describe("what facts held", () => {
  it("is the names and types of their members, two deep", () => {
    expect(
      factFieldsOf([{ state: "open", total: 1.5, paid: true, lines: [], by: { name: "Ana", at: { city: 1 } } }]),
    ).toEqual([
      { path: "state", type: "text" },
      { path: "total", type: "number" },
      { path: "paid", type: "boolean" },
      { path: "lines", type: "list" },
      { path: "by\0name", type: "text" },
      { path: "by\0at", type: "map" },
    ]);
  });
  it("is the value itself where it is no object, and any where values differ", () => {
    expect(factFieldsOf(["a", 1])).toEqual([{ path: "", type: "any" }]);
    expect(factFieldsOf([{ a: 1 }, { a: "x", b: null }])).toEqual([
      { path: "a", type: "any" },
      { path: "b", type: "any" },
    ]);
    expect(factFieldsOf([])).toEqual([]);
  });
  it("is bounded", () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, at]));
    expect(factFieldsOf([wide])).toHaveLength(40);
  });
});
