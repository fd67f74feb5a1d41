import { describe, expect, it } from "vitest";

import { matchesAction } from "@/lib/catalogue/match";
import type { Json } from "@/lib/kernel/json";
import { argumentFault } from "@/lib/policies/arg-faults";
import { faultOfCondition } from "@/lib/policies/rule-faults";

const object = (properties: Json): Json => ({ type: "object", properties });
const UPDATE = object({
  id: { type: "string" },
  amount: { type: "number" },
  address: object({ city: { type: "string" } }),
});
const MAIL = object({ to: { type: "string" }, constructor: { type: "string" } });
const OPEN: Json = { type: "object" };

const at = (text: string, ...schemas: Json[]): string | null => {
  const fault = argumentFault(text, schemas);
  return fault && `${fault.line}:${fault.column} ${fault.message}`;
};

describe("argumentFault", () => {
  it.each([
    ["args.amuont > 5.0", "1:6 none of the actions has an argument amuont"],
    ["has(args.amuont) && args.amuont > 5.0", "1:10 none of the actions has an argument amuont"],
    ['true &&\n  args["amuont"] > 5.0', "2:8 none of the actions has an argument amuont"],
    ['args.address.zip == "x"', "1:14 none of the actions has an argument address.zip"],
    ["args.adress.city == 'x'", "1:6 none of the actions has an argument adress"],
    ["args.toString == 'x'", "1:6 none of the actions has an argument toString"],
    ["size(args.tos) > 1 || args.list.exists(one, one == args.nope)", "1:11 none of the actions has an argument tos"],
  ])("%s", (text, fault) => expect(at(text, UPDATE, MAIL)).toBe(fault));

  it.each([
    "args.amount > 5.0",
    'has(args.to) ? args.to == "x" : args.amount > 1.0',
    'args.address.city == "x"',
    'args.address["city"].startsWith("K")',
    "args.constructor == 'x'",
    "args[run.mode] == 1",
    "args.id.startsWith('x')",
    "facts['crm.read_account'][args.id].amuont > 1.0",
    "resource.amuont == 1",
    "[{'amuont': 1}].exists(args, args.amuont == 1)",
    "args == {}",
  ])("%s is about what some action has", (text) => expect(at(text, UPDATE, MAIL)).toBeNull());

  it("knows nothing without a schema, and of an action that takes anything", () => {
    expect(at("args.amuont > 5.0")).toBeNull();
    expect(at("args.amuont > 5.0", UPDATE, OPEN)).toBeNull();
    expect(at("args.amuont > 5.0", UPDATE, null)).toBeNull();
    expect(at("args.id.deeper > 5.0", UPDATE)).toBeNull();
  });

  it("says it of one action in the singular", () => {
    expect(at("has(args.amuont)", UPDATE)).toBe("1:10 the action has no argument amuont");
  });
});

describe("faultOfCondition", () => {
  const catalogue: Record<string, Json> = { "crm.update": UPDATE, "crm.call": OPEN, "mail.send": MAIL };
  const world = {
    argsOf: (id: string) => catalogue[id],
    argsMatching: (pattern: string) =>
      Object.entries(catalogue).flatMap(([id, args]) => (matchesAction(pattern, id) ? [args] : [])),
  };
  it.each([
    ["args.too == 'x'", ["mail.*"], 6],
    ["args.too == 'x'", ["mail.*", "crm.update"], 6],
    ["has(args.too)", ["mail.send"], 10],
    ["args.too == 'x'", ["crm.*"], null],
    ["args.too == 'x'", ["mail.*", "crm.*"], null],
    ["args.too == 'x'", ["*"], null],
    ["args.too == 'x'", ["nowhere.*"], null],
    ["has(args.to) && args.to == 'x'", ["mail.*", "crm.up*"], null],
  ])("%s under %j: column %j", (text, patterns, column) => {
    expect(faultOfCondition(text, patterns, world)?.column ?? null).toBe(column);
  });
});
