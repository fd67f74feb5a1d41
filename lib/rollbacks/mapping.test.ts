import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Json, JsonObject } from "@/lib/kernel/json";
import { fill, parseReference, type Done } from "@/lib/rollbacks/mapping";
import { argumentsOf, deriveArguments, mappingFault, mappingInForce } from "@/lib/rollbacks/mapping-fault";

const done: Done = {
  args: { order: "A1", amount: 20, lines: [{ sku: "x" }], note: null },
  result: { id: "re_1", items: [{ id: 7 }] },
  resource: { id: "A1" },
  decision: { id: "d", action: "shop.refund", at: "2026-11-21T00:00:00.000Z" },
  run: { id: "r" },
};
const schema = (properties: readonly string[], required: readonly string[] = [], more: JsonObject = {}): Json => ({
  type: "object",
  properties: Object.fromEntries(properties.map((name) => [name, {}])),
  required: [...required],
  ...more,
});

describe("a mapping", () => {
  it("takes references from arguments, result, resource, decision and run, at any depth", () => {
    const mapping = {
      refund: "$.result.id",
      first: "$.result.items[0].id",
      sku: '$.args["lines"][0].sku',
      of: { order: "$.args.order", decision: "$.decision.id", run: "$.run.id", at: "$.resource.id" },
      list: ["$.args.amount", "USD"],
      price: "$$5",
      whole: "$.args.lines",
    };
    expect(fill(mapping, done)).toEqual({
      args: {
        refund: "re_1",
        first: 7,
        sku: "x",
        of: { order: "A1", decision: "d", run: "r", at: "A1" },
        list: [20, "USD"],
        price: "$5",
        whole: [{ sku: "x" }],
      },
      missing: [],
    });
  });

  it("says which references lead nowhere, and keeps null as a value", () => {
    const made = fill(
      { a: "$.args.absent", b: { c: "$.result.items[3].id" }, d: "$.args.note", e: "$.args.toString" },
      done,
    );
    expect(made.args).toEqual({ b: {}, d: null });
    expect(made.missing.map((one) => one.at)).toEqual(["a", "b.c", "e"]);
  });

  it.each(["$", "$.", "$.secret.x", "$.args..x", "$.args[x]", "$args.x", "$.args.x y", "$.args[-1]"])(
    "refuses %s",
    (text) => {
      expect(parseReference(text).ok).toBe(false);
    },
  );

  it("never reads what is not an own property, and never fails, whatever was sent and written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.string(), (args, result, path) => {
        const sent = { ...done, args: { args: args as Json }, result: result as Json };
        const { args: made } = fill({ x: `$.args.${path}`, y: `$.result.${path}`, z: path }, sent);
        for (const value of Object.values(made)) expect(typeof value).not.toBe("function");
      }),
    );
  });

  it("leaves a text alone that is no reference, and makes the same of the same", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.string().filter((text) => !text.startsWith("$")),
        ),
        (literals) => {
          const plain = Object.fromEntries(Object.entries(literals));
          expect(fill(plain, done)).toEqual({ args: plain, missing: [] });
        },
      ),
    );
  });
});

describe("a mapping against the catalogue", () => {
  const from = argumentsOf(schema(["order", "amount"]));
  const to = argumentsOf(schema(["refund", "order", "note"], ["refund"]));

  it("takes arguments of the same names where nothing is stored, all of them where the rollback lists none", () => {
    expect(mappingInForce(null, from, to)).toEqual({ order: '$.args["order"]' });
    expect(mappingInForce(null, from, argumentsOf(null))).toBe("$.args");
    expect(mappingInForce({ refund: "$.result.id" }, from, to)).toEqual({ refund: "$.result.id" });
  });

  it.each([
    [{ refund: "$.result.id" }, null],
    [{ refund: "$.args.amont" }, "refund: $.args.amont leads nowhere, the action has no argument amont"],
    [{ refund: "$.nothing" }, "refund: $.nothing begins with none of $.args, $.result, $.resource, $.decision, $.run"],
    [{ refund: "$.result.id", colour: "red" }, "the rollback has no argument colour"],
    [{ order: "$.args.order" }, "the rollback needs refund, and nothing says what it is"],
  ])("%j: %s", (mapping, fault) => {
    expect(mappingFault(mapping, from, to)).toBe(fault);
  });

  it("asks nothing of schemas that are open", () => {
    const open = argumentsOf(schema(["a"], [], { additionalProperties: true }));
    expect(mappingFault({ anything: "$.args.else" }, open, open)).toBeNull();
    expect(mappingFault("$.args", argumentsOf(null), to)).toBeNull();
  });

  it("derives arguments, leaving out what is optional and absent; says why it cannot", () => {
    expect(deriveArguments({ refund: "$.result.id", note: "$.args.absent" }, to, done)).toEqual({
      ok: true,
      args: { refund: "re_1" },
    });
    expect(deriveArguments({ refund: "$.result.id" }, to, { ...done, result: undefined })).toEqual({
      ok: false,
      message: "The agent has not reported what came of it, and refund follows from that.",
    });
    expect(deriveArguments({ refund: "$.result.nothing" }, to, done)).toMatchObject({ ok: false });
  });
});
