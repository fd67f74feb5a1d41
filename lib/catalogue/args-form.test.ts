import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { argsFields, argsFromFields, argsFromText, fieldText, type ArgsField } from "@/lib/catalogue/args-form";
import type { JsonObject } from "@/lib/kernel/json";

const SCHEMA = {
  type: "object",
  required: ["order", "amount"],
  properties: {
    order: { type: "string", description: "The order's number" },
    amount: { type: "number", minimum: 1, maximum: 1_000 },
    parcels: { type: "integer" },
    reason: { enum: ["broken", "late"] },
    notify: { type: "boolean" },
    note: { type: ["string", "null"] },
    lines: { type: "array", items: { type: "string" } },
    account: { $ref: "#/$defs/account" },
  },
  $defs: { account: { type: "string" } },
} satisfies JsonObject;
const ARGS = { order: "o-7", amount: 250, extra: { a: 1 } };

const fields = (args: JsonObject = ARGS): ArgsField[] => argsFields(SCHEMA, args) ?? [];
const edit = (changes: Record<string, string>, args: JsonObject = ARGS) => {
  const all = fields(args);
  const field = (name: string) => all.find((one) => one.name === name);
  return argsFromFields(all, args, (name) => {
    const one = field(name);
    return changes[name] ?? (one ? fieldText(one, args[name]) : "");
  });
};

describe("a form of arguments", () => {
  it("has the schema's arguments in order, then what else was sent", () => {
    expect(fields().map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ["order", "text", true],
      ["amount", "number", true],
      ["parcels", "integer", false],
      ["reason", "choice", false],
      ["notify", "choice", false],
      ["note", "text", false],
      ["lines", "json", false],
      ["account", "text", false],
      ["extra", "json", false],
    ]);
  });

  it("changes what was changed, and leaves out what was emptied", () => {
    expect(edit({ amount: "120.50", reason: "1", notify: "0", lines: '["a"]', extra: "" })).toEqual({
      ok: true,
      args: { order: "o-7", amount: 120.5, reason: "late", notify: true, lines: ["a"] },
    });
    expect(edit({ note: "" }, { ...ARGS, note: "x" })).toMatchObject({ args: { note: null } });
  });

  it.each([
    [{ amount: "many" }, "amount", "This is no number."],
    [{ amount: "0x10" }, "amount", "This is no number."],
    [{ amount: "2000" }, "amount", "At most 1000."],
    [{ amount: "0" }, "amount", "At least 1."],
    [{ parcels: "1.5" }, "parcels", "This is a whole number."],
    [{ order: "" }, "order", "This is needed."],
    [{ lines: "[" }, "lines", "This is no JSON"],
  ])("says at the field what is wrong with %j", (changes, field, message) => {
    expect(edit(changes)).toMatchObject({ ok: false, field, message: expect.stringContaining(message) });
  });

  it("edits as JSON what its control could not show", () => {
    const kinds = Object.fromEntries(
      fields({ order: 7, amount: "x", reason: "else" }).map((one) => [one.name, one.kind]),
    );
    expect(kinds).toMatchObject({ order: "json", amount: "json", reason: "json" });
  });

  it("without a schema goes by what was sent; too many only as JSON", () => {
    expect(argsFields(null, { a: "x", b: 1, c: true })?.map((one) => one.kind)).toEqual(["text", "number", "json"]);
    const many = Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`a${at}`, at]));
    expect(argsFields(null, many)).toBeNull();
  });

  it("reads JSON as written, and nothing but an object", () => {
    expect(argsFromText('{"a": [1]}', "args")).toEqual({ ok: true, args: { a: [1] } });
    expect(argsFromText("[1]", "args")).toMatchObject({ ok: false, field: "args" });
    expect(argsFromText("{", "args")).toMatchObject({ ok: false, field: "args" });
  });

  it("changes nothing by being shown, whatever was sent", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("order", "amount", "note", "reason", "x"), fc.jsonValue()), (sent) => {
        const args = JSON.parse(JSON.stringify(sent)) as JsonObject;
        expect(edit({}, args)).toEqual({ ok: true, args });
        const untyped = argsFields(null, args) ?? [];
        const same = argsFromFields(untyped, args, (name) => {
          const field = untyped.find((one) => one.name === name);
          return field ? fieldText(field, args[name]) : "";
        });
        expect(same).toEqual({ ok: true, args });
      }),
    );
  });
});
