import fc from "fast-check";
import { expect, it } from "vitest";

import { argumentRows } from "@/lib/catalogue/argument-rows";
import type { Json } from "@/lib/kernel/json";

it("says the fields of a schema in words, those that are required first", () => {
  const rows = argumentRows({
    type: "object",
    required: ["amount"],
    additionalProperties: false,
    properties: {
      currency: { type: "string", enum: ["EUR", "USD"] },
      amount: { type: "number", exclusiveMinimum: 0, maximum: 500, description: "In the order's currency" },
      items: {
        type: "array",
        maxItems: 3,
        items: { type: "object", required: ["sku"], properties: { sku: { type: "string", pattern: "^S" } } },
      },
      note: { type: ["string", "null"] },
      open: true,
      party: { $ref: "#/$defs/party" },
      names: { type: "array", items: { $ref: "#/$defs/gone" } },
    },
    $defs: { party: { type: "object", properties: { email: { type: "string", format: "email" } } } },
  });
  expect(rows?.map(({ name, type, required, limits }) => [name, type, required, ...limits])).toEqual([
    ["amount", "number", true, "more than 0", "at most 500"],
    ["currency", "string", false, "one of: EUR, USD"],
    ["items", "list of object", false, "3 items at most"],
    ["items[].sku", "string", true, "matches ^S"],
    ["note", "string or null", false],
    ["open", "any", false],
    ["party", "object", false],
    ["party.email", "string", false, "email"],
    ["names", "list of any", false],
  ]);
  expect(rows?.[0]?.description).toBe("In the order's currency");
});

it("takes any stored schema, and none for one that names no field", () => {
  expect(argumentRows({ type: "object" })).toBeNull();
  expect(argumentRows(true)).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), (schema) => {
      const rows = argumentRows({ properties: { x: schema as Json } });
      expect(rows?.[0]?.name).toBe("x");
    }),
  );
});
