import { describe, expect, it } from "vitest";

import { compileArgsSchema } from "@/lib/catalogue/arguments";
import type { Json, JsonObject } from "@/lib/kernel/json";

function faultOf(schema: Json, args: JsonObject) {
  const compiled = compileArgsSchema(schema);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.check(args);
}
const refusal = (schema: Json): string | null => {
  const compiled = compileArgsSchema(schema);
  return compiled.ok ? null : compiled.message;
};
const nested = (depth: number): Json =>
  depth === 0 ? { type: "string" } : { type: "object", properties: { a: nested(depth - 1) } };

describe("arguments", () => {
  const SCHEMA: Json = {
    $id: "https://example.com/schema.json",
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["id"],
    additionalProperties: false,
    properties: {
      id: { type: "string", pattern: "^[A-Z0-9]{6}$", example: "ABC123" },
      when: { type: "string", format: "date" },
      people: { type: "array", items: { $ref: "#/$defs/person" }, uniqueItems: true },
    },
    $defs: { person: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
  };

  it.each([
    [{ id: "ABC123" }, null],
    [{ id: "ABC123", when: "2026-11-21", people: [{ name: "A" }, { name: "B" }] }, null],
    [{}, ""],
    [{ id: 5 }, "/id"],
    [{ id: "abc" }, "/id"],
    [{ id: "ABC123", more: 1 }, ""],
    [{ id: "ABC123", when: "soon" }, "/when"],
    [{ id: "ABC123", people: [{ name: "A" }, {}] }, "/people/1"],
    [
      {
        id: "ABC123",
        people: [
          { name: "A", age: 1 },
          { age: 1, name: "A" },
        ],
      },
      "/people",
    ],
  ])("%j: the fault is at %j", (args, path) => {
    expect(faultOf(SCHEMA, args as JsonObject)?.path ?? null).toBe(path);
  });

  it("two schemas may have the same $id", () => {
    expect(refusal(SCHEMA)).toBeNull();
    expect(refusal({ ...SCHEMA, title: "another" })).toBeNull();
  });

  it("names of the prototype are no properties", () => {
    const schema: Json = { type: "object", required: ["constructor", "toString"] };
    expect(faultOf(schema, {})).not.toBeNull();
    expect(faultOf(schema, JSON.parse('{"constructor":1,"toString":2}') as JsonObject)).toBeNull();
    const closed: Json = { type: "object", additionalProperties: false, properties: {} };
    expect(faultOf(closed, JSON.parse('{"__proto__":1}') as JsonObject)).not.toBeNull();
  });

  it("anything fits where there is no schema", () => {
    expect(faultOf(null, { any: ["thing"] })).toBeNull();
  });

  it.each([
    ["a type that there is not", { type: "objekt" }],
    ["a typo in a keyword", { type: "object", proprties: {} }],
    ["no object", { type: "string" }],
    ["text", "object"],
    ["a list", []],
    ["a remote reference", { type: "object", properties: { a: { $ref: "https://example.com/a.json" } } }],
    ["a reference into nothing", { type: "object", properties: { a: { $ref: "#/$defs/a" } } }],
    [
      "a schema that refers to itself",
      {
        type: "object",
        properties: { a: { $ref: "#/$defs/a" } },
        $defs: { a: { type: "object", properties: { a: { $ref: "#/$defs/a" } } } },
      },
    ],
    ["a dynamic reference", { type: "object", $dynamicRef: "#a" }],
    ["a pattern that is none", { type: "object", properties: { a: { type: "string", pattern: "(" } } }],
    ["a pattern that RE2 does not know", { type: "object", properties: { a: { type: "string", pattern: "(a)\\1" } } }],
    ["a schema that is too deep", nested(40)],
    ["a schema that unfolds without end", bomb(12)],
  ])("%s is refused", (_, schema) => {
    expect(refusal(schema as Json)).not.toBeNull();
  });

  it("patterns and uniqueness take linear time", () => {
    const started = performance.now();
    const pattern: Json = { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } };
    expect(faultOf(pattern, { a: `${"a".repeat(50_000)}!` })).not.toBeNull();
    const unique: Json = { type: "object", properties: { a: { type: "array", uniqueItems: true } } };
    expect(faultOf(unique, { a: Array.from({ length: 50_000 }, (_, index) => ({ index })) })).toBeNull();
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("tells equal items from similar ones", () => {
    const unique: Json = { type: "object", properties: { a: { type: "array", uniqueItems: true } } };
    expect(faultOf(unique, { a: [1, "1", true, "true", null, "null", [], {}, [["x", 1]], { x: 1 }] })).toBeNull();
    expect(
      faultOf(unique, {
        a: [
          { x: 1, y: [2] },
          { y: [2], x: 1 },
        ],
      }),
    ).not.toBeNull();
  });
});

/** Each definition uses the next one twice. */
function bomb(levels: number): Json {
  const $defs: JsonObject = { [`d${levels}`]: { type: "string" } };
  for (let level = 0; level < levels; level += 1) {
    const $ref = `#/$defs/d${level + 1}`;
    $defs[`d${level}`] = { type: "object", properties: { a: { $ref }, b: { $ref } } };
  }
  return { type: "object", properties: { a: { $ref: "#/$defs/d0" } }, $defs };
}
