import { describe, expect, it } from "vitest";

import { matchesAction } from "@/lib/catalogue/match";
import { completionsAt } from "@/lib/policies/builder/complete";
import { faultWords } from "@/lib/policies/builder/fault-words";
import { fieldsFor, type FieldAction } from "@/lib/policies/builder/fields";
import { choicesFor, firstTest, testOf } from "@/lib/policies/builder/operators";
import { group, row } from "@/lib/policies/builder/model";
import { print } from "@/lib/policies/builder/print";
import { conditionWords } from "@/lib/policies/builder/words";
import { faultOfCondition } from "@/lib/policies/rule-faults";

const ACTIONS: FieldAction[] = [
  {
    id: "shop.refund",
    title: "Refund an order",
    args: {
      type: "object",
      properties: {
        amount: { type: "number", description: "In euros" },
        order: { type: "string" },
        count: { type: "integer" },
        urgent: { type: "boolean" },
        "gift card": { type: "string" },
        channel: { enum: ["web", "desk"] },
        items: { type: "array", items: { type: "string" } },
        customer: { type: "object", properties: { tier: { type: "string" } } },
      },
    },
    fact: null,
    factFields: [],
  },
  {
    id: "shop.ship",
    title: "Ship an order",
    args: { type: "object", properties: { order: { type: "string" }, count: { type: "string" } } },
    fact: null,
    factFields: [],
  },
  {
    id: "shop.read_order",
    title: "Order",
    args: { type: "object", properties: { order: { type: "string" } } },
    fact: { key: "args.order", value: "result" },
    factFields: [
      { path: "status", type: "text" },
      { path: "total", type: "any" },
    ],
  },
];
const refund = fieldsFor(["shop.refund"], ACTIONS);
const world = {
  argsOf: (id: string) => ACTIONS.find((action) => action.id === id)?.args,
  argsMatching: (pattern: string) => ACTIONS.flatMap(({ id, args }) => (matchesAction(pattern, id) ? [args] : [])),
};

describe("what a rule's rows can look at", () => {
  it("are the arguments by their schema, sizes of lists, and members of objects", () => {
    expect(
      refund.filter((field) => field.group === "Arguments").map((field) => [field.expression, field.type]),
    ).toEqual([
      ["args.amount", "number"],
      ["args.order", "text"],
      ["args.count", "integer"],
      ["args.urgent", "boolean"],
      ['args["gift card"]', "text"],
      ["args.channel", "text"],
      ["args.items", "list"],
      ["size(args.items)", "integer"],
      ["args.customer.tier", "text"],
    ]);
    expect(refund.find((field) => field.expression === "args.channel")?.options).toEqual(["web", "desk"]);
  });

  it("are those of all actions that a pattern reaches, untyped where they differ", () => {
    const fields = fieldsFor(["shop.*"], ACTIONS);
    expect(fields.find((field) => field.expression === "args.count")).toMatchObject({ type: "any" });
    expect(fields.find((field) => field.expression === "args.amount")?.hint).toBe("Only of Refund an order");
    expect(fields.find((field) => field.expression === "args.order")?.hint).toBeUndefined();
  });

  it("are facts under a key that the action has", () => {
    const facts = (patterns: string[]) =>
      fieldsFor(patterns, ACTIONS)
        .filter((field) => field.group === "Facts")
        .map((field) => field.expression);
    expect(facts(["shop.refund"])).toEqual([
      'facts["shop.read_order"]',
      'facts["shop.read_order"][args.order].status',
      'facts["shop.read_order"][args.order].total',
    ]);
    expect(facts(["nothing.*"])).toEqual(['facts["shop.read_order"]']);
  });

  it("compile with every operator that they offer, as it is first made", () => {
    const refused = refund.flatMap((field) =>
      choicesFor(field, null).flatMap((choice) => {
        const text = print(group("all", [row(field.expression, testOf(choice, field, null))])) ?? "";
        const fault = faultOfCondition(text, ["shop.refund"], world);
        // An element of a list of texts is compared with it: what kind the list has is not known to the row.
        return fault === null || choice.endsWith("in") ? [] : [`${text}: ${fault.message}`];
      }),
    );
    expect(refused).toEqual([]);
    expect(firstTest(refund[0] ?? expect.fail())).toEqual({ op: "greater", value: { kind: "decimal", value: 0 } });
  });
});

describe("completion", () => {
  const labels = (text: string, fields = refund) =>
    completionsAt(text, text.length, fields)?.options.map((one) => one.label);
  it("offers variables, and members of what stands before the dot", () => {
    expect(labels("")).toContain("args");
    expect(labels("args.")).toEqual(["amount", "order", "count", "urgent", "channel", "items", "customer"]);
    expect(labels("size(x) > 1 && args.customer.t")).toEqual(["tier"]);
    expect(labels("run.onBehalfOf.")).toEqual(["subject", "authenticatedAt"]);
  });
  it("offers functions by the type of what stands before the dot", () => {
    expect(labels("args.order.")).toContain("startsWith");
    expect(labels("args.order.")).not.toContain("exists");
    expect(labels("now.")).toContain("getHours");
  });
  it("offers the actions whose facts there are, and what their results held", () => {
    expect(completionsAt('facts["', 7, refund)).toMatchObject({
      from: 7,
      options: [{ label: "shop.read_order", insert: 'shop.read_order"]' }],
    });
    expect(labels('facts["shop.read_order"][args.order].')).toEqual(expect.arrayContaining(["status", "total"]));
    expect(labels('args["')).toEqual(["gift card"]);
  });
  it("offers the values that an argument can have, and nothing inside other texts and comments", () => {
    expect(completionsAt('args.channel == "w', 18, refund)).toMatchObject({
      from: 17,
      options: [{ insert: 'web"' }, {}],
    });
    expect(labels('args.order == "a')).toBeUndefined();
    expect(labels("args.count > 1 // ar")).toBeUndefined();
  });
});

describe("words", () => {
  it.each([
    ["args.amount > 1000.0", "amount is more than 1,000"],
    ['args.recordCount > 100 && run.mode == "live"', "record count is more than 100 and mode is live"],
    ['!(args.cabin in ["a", "b"]) || args.urgent', "cabin is none of a or b or urgent is true"],
    [
      'facts["airline.get_reservation_details"][args.reservation_id].cabin == "business"',
      "cabin of airline.get_reservation_details is business",
    ],
    ['now - run.onBehalfOf.authenticatedAt > duration("5m")', "person signed in was longer ago than 5 minutes"],
    [
      "now.getHours(organisation.timeZone) < 9 || now.getHours(organisation.timeZone) >= 17",
      "the time is outside the hours 9:00 and 17:00 (organisation’s time)",
    ],
    ["!(size(args.list) > 2 && has(args.b))", "not (number of list is more than 2 and b is given)"],
    ["args.list.exists(x, x > 1)", "“args.list.exists(x, x > 1)”"],
    ["args.a == (", "args.a == ("],
  ])("%s", (text, words) => {
    expect(conditionWords(text)).toBe(words);
  });
});

describe("faults in words", () => {
  it.each([
    ["args.", "Here a name is needed, and the end comes"],
    ["(args.amount > 1.0", "Here “)” is needed, and the end comes"],
    ["args.amount == 5", "A decimal number is compared with a decimal number: write 5.0 in place of 5"],
    ["args.amount > 'x'", "“>” does not take a decimal number and a text"],
    ["amount > 1.0", "There is nothing called amount. Arguments are read as args.amount"],
    ["args.amuont > 1.0", "There is no amuont here"],
  ])("%s", (text, words) => {
    const fault = faultOfCondition(text, ["shop.refund"], world);
    expect(fault && faultWords(fault.message)).toBe(words);
  });
});
