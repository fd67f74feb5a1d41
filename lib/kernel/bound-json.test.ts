import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { boundJson } from "@/lib/kernel/bound-json";
import type { Json } from "@/lib/kernel/json";

const BOUNDS = { text: 20, items: 3, total: 400 };

describe("bounded JSON", () => {
  it("leaves what is small as it is", () => {
    const value = { a: [1, true, null], b: { c: "text" } };
    expect(boundJson(value, BOUNDS)).toEqual({ value, cut: false });
  });

  it("says how much it left out", () => {
    expect(boundJson("x".repeat(1_048_576), BOUNDS)).toEqual({
      value: `${"x".repeat(20)}… (1,048,556 characters more)`,
      cut: true,
    });
    expect(boundJson([1, 2, 3, 4, 5], BOUNDS)).toEqual({ value: [1, 2, 3, "… 2 more"], cut: true });
    expect(boundJson({ a: 1, b: 2, c: 3, d: 4 }, BOUNDS)).toEqual({
      value: { a: 1, b: 2, c: 3, "…": "1 more" },
      cut: true,
    });
  });

  it("never grows beyond its bounds by much, and either keeps a value or says that it did not", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (generated) => {
        const value = JSON.parse(JSON.stringify(generated)) as Json;
        const bounded = boundJson(value, BOUNDS);
        expect(JSON.stringify(bounded.value).length).toBeLessThan(6_000);
        if (!bounded.cut) expect(bounded.value).toEqual(value);
      }),
    );
  });
});
