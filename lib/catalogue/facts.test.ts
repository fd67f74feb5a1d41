import { describe, expect, it } from "vitest";

import { factFault, factOf } from "@/lib/catalogue/facts";
import type { Json } from "@/lib/kernel/json";

const fact = { key: "args.reservation_id", value: "result" };
const args = { reservation_id: "NO6JO3", passengers: 2 };

describe("factOf", () => {
  it("is the result under the key that the arguments name", () => {
    expect(factOf(fact, args, { cabin: "economy" })).toEqual({ key: "NO6JO3", value: { cabin: "economy" } });
  });

  it("reads a result that is a JSON text as JSON, and leaves other texts", () => {
    expect(factOf(fact, args, '{"cabin": "economy", "passengers": [{"n": 1}]}')?.value).toEqual({
      cabin: "economy",
      passengers: [{ n: 1 }],
    });
    expect(factOf(fact, args, "Error: reservation not found")?.value).toBe("Error: reservation not found");
    expect(factOf(fact, args, "{broken")?.value).toBe("{broken");
  });

  it("takes a part of the result, and computes keys", () => {
    expect(factOf({ key: 'args.reservation_id + "/x"', value: "result.price * 2" }, args, { price: 2.5 })).toEqual({
      key: "NO6JO3/x",
      value: 5,
    });
    expect(factOf({ key: "args.passengers", value: "size(result.list)" }, args, { list: [1, 2] })).toEqual({
      key: "2",
      value: 2,
    });
    expect(factOf({ key: "'all'", value: "result.map(one, one.id)" }, {}, [{ id: "a" }, { id: "b" }])).toEqual({
      key: "all",
      value: ["a", "b"],
    });
  });

  it("keeps names of the prototype as data", () => {
    const result = JSON.parse('{"constructor": {"x": 1}, "__proto__": 2}') as Json;
    expect(JSON.stringify(factOf(fact, args, result)?.value)).toContain('"constructor":{"x":1}');
  });

  it.each([
    ["the action yields none", null, args, {}],
    ["the definition is none", { key: 5 }, args, {}],
    ["the argument is missing", fact, {}, {}],
    ["the key is an object", { key: "args", value: "result" }, args, {}],
    ["the key is too long", fact, { reservation_id: "x".repeat(300) }, {}],
    ["the result has no such part", { key: "args.reservation_id", value: "result.a.b" }, args, { a: 1 }],
    ["the expression is none", { key: "args.", value: "result" }, args, {}],
    ["the value is no JSON", { key: "'k'", value: "1.0 / 0.0" }, args, {}],
  ])("is nothing where %s", (_, stored, given, result) => {
    expect(factOf(stored as Json, given, result)).toBeNull();
  });
});

it("factFault names the part that is no expression", () => {
  expect(factFault(fact)).toBeNull();
  expect(factFault({ key: "args.", value: "result" })).toMatchObject({ field: "key" });
  expect(factFault({ key: "args.x", value: "results" })).toMatchObject({ field: "value" });
});
