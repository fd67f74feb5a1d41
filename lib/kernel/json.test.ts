import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argsHash, canonical, type Json } from "@/lib/kernel/json";

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;

/** The same value with the keys of every object in another order. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

describe("canonical JSON", () => {
  it("keeps the value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("does not depend on the order of keys", () => {
    fc.assert(fc.property(json, (value) => canonical(shuffled(value)) === canonical(value)));
  });

  it("orders keys by UTF-16 code units as RFC 8785 asks", () => {
    expect(canonical({ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });

  it("takes lone surrogates and the keys of prototypes as they are", () => {
    const value: Json = JSON.parse('{"__proto__":{"a":1},"constructor":"\\ud800"}');
    expect(canonical(value)).toBe('{"__proto__":{"a":1},"constructor":"\\ud800"}');
  });
});

describe("the hash of arguments", () => {
  it("differs when the action or an argument differs", () => {
    const base = argsHash("crm.update_account", { id: "1", amount: 10 });
    expect(argsHash("crm.update_account", { amount: 10, id: "1" })).toEqual(base);
    expect(argsHash("crm.delete_account", { id: "1", amount: 10 })).not.toEqual(base);
    expect(argsHash("crm.update_account", { id: "1", amount: 10.5 })).not.toEqual(base);
    expect(argsHash("crm.update_account", { id: 1, amount: 10 })).not.toEqual(base);
  });
});
