import { beforeEach, describe, expect, it } from "vitest";

import { compileCondition, type Program } from "@/lib/policies/cel/condition";
import { refill } from "@/lib/policies/cel/meter";
import { argsTyping, UNTYPED, type ArgsTyping } from "@/lib/policies/cel/typing";
import type { Json, JsonObject } from "@/lib/kernel/json";

const SCHEMA: Json = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string" },
    amount: { type: "number" },
    count: { type: "integer" },
    cabin: { enum: ["economy", "business"] },
    maybe: { type: ["string", "null"] },
    flags: { type: "object" },
    address: { type: "object", properties: { city: { type: "string" }, "a.b": { type: "integer" } } },
    people: {
      type: "array",
      items: { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } } },
    },
    tags: { type: "array", items: { type: "string" } },
  },
};
const TYPED = argsTyping(SCHEMA);

beforeEach(() => refill());

function programOf(text: string, typing: ArgsTyping = UNTYPED): Program {
  const compiled = compileCondition(text, typing);
  if (!compiled.ok) throw new Error(`${compiled.fault.line}:${compiled.fault.column} ${compiled.fault.message}`);
  return compiled.program;
}
const faultOf = (text: string, typing: ArgsTyping = TYPED) => {
  const compiled = compileCondition(text, typing);
  return compiled.ok ? null : compiled.fault;
};
const run = (text: string, args: JsonObject = {}, typing: ArgsTyping = UNTYPED, facts: object = {}) =>
  programOf(text, typing).run({ args: typing.convert(args), facts, now: new Date("2026-11-21T12:00:00Z") });
const truth = (text: string, args: JsonObject = {}, typing: ArgsTyping = UNTYPED) => {
  const outcome = run(text, args, typing);
  return outcome.kind === "value" ? outcome.value : outcome.message;
};

describe("a condition", () => {
  it.each([
    ["args.amount > 1000.0", { amount: 1000.5 }],
    ["args.amount > 1000", { amount: 1000.5 }],
    ["args.count == 3 && args.count / 2 == 1 && args.count % 2 == 1", { count: 3 }],
    ["args.amount / args.count > 0.2", { amount: 1.5, count: 5 }],
    ["args.amount * 2 == 3.0", { amount: 1.5 }],
    ['args.cabin == "business"', { cabin: "business" }],
    ["args.maybe == null", { maybe: null }],
    ['args.address.city == "Kyiv" && args.address["a.b"] == 4', { address: { city: "Kyiv", "a.b": 4 } }],
    ["args.people.exists(p, p.age >= 18) && args.people[0].name == 'A'", { people: [{ name: "A", age: 18 }] }],
    ['"vip" in args.tags && size(args.tags) == 2', { tags: ["vip", "x"] }],
    ["!has(args.amount)", {}],
    ['now > timestamp("2026-01-01T00:00:00Z")', {}],
  ])("%s holds for typed arguments", (text, args) => {
    expect(truth(text, args as JsonObject, TYPED)).toBe(true);
  });

  it.each([
    ["args.n + 1 == 3", { n: 2 }],
    ["args.n * 2 - 1 > 2.5", { n: 2 }],
    ["args.list[0].deep.er == 'x'", { list: [{ deep: { er: "x" } }] }],
    ["args.constructor == 'Ferrari'", { constructor: "Ferrari" }],
    ["args.nested.constructor.x == 1", { nested: { constructor: { x: 1 } } }],
    ["size(args.list.filter(x, x > 1)) == 2", { list: [1, 2, 3] }],
  ])("%s holds for arguments of which nothing is known", (text, args) => {
    expect(truth(text, args as JsonObject)).toBe(true);
  });

  it("is an error, never a guess, where a value is missing or of another kind", () => {
    expect(run("args.gone == 1").kind).toBe("error");
    expect(run("args.x > 1", { x: "text" }).kind).toBe("error");
    expect(run("args.x", { x: "true" }).kind).toBe("error");
    expect(run("args.count > 1", { count: "5" }, TYPED).kind).toBe("error");
    expect(truth("false && args.gone == 1")).toBe(false);
  });

  it("says when it is a fact that is missing, and whose", () => {
    const text = 'facts["crm.read_account"][args.id].tier == "gold"';
    const missing = { kind: "error", missingFact: true, missingFactOf: "crm.read_account" };
    expect(run(text, { id: "a" })).toMatchObject(missing);
    expect(run(text, { id: "a" }, UNTYPED, { "crm.read_account": {} })).toMatchObject(missing);
    expect(run(text, { id: "a" }, UNTYPED, { "crm.read_account": { a: {} } })).toMatchObject(missing);
    expect(run("facts[args.id].x.y == 1", { id: "a.b" })).toMatchObject({ missingFact: true, missingFactOf: null });
    expect(run("args.facts.x == 1")).toMatchObject({ missingFact: false });
  });

  it("knows what it depends on", () => {
    const { analysis } = programOf('facts["crm.read_account"]["k"].x == args.n && args["m"] == 1');
    expect(analysis.factSources).toEqual(new Set(["crm.read_account"]));
    expect(analysis.argNames.map((one) => one.name)).toEqual(["n", "m"]);
    expect(programOf("size(facts) == 0").analysis.factSources).toBe("all");
    expect(programOf("facts[args.a].b == 1").analysis.factSources).toBe("all");
  });
});

describe("what is refused when it is saved", () => {
  it.each([
    ["a syntax error", "args.amount >", 1, 14],
    ["an unknown variable", "true &&\n  arguments.amount > 1", 2, 3],
    ["a typo in an argument", "args.amuont > 1.0", 1, 6],
    ["a typo deeper down", 'args.people.all(p, p.nmae == "x")', 1, 22],
    ["a wrong type", 'args.amount == "much"', 1, 1],
    ["something that is no condition", "args.amount + 1.0", 1, 1],
    ["a typo in the run", "run.dataClases == []", 1, 5],
    ["an unknown function", "args.id.reverse() == 'x'", 1, 1],
    ["a broken pattern", 'args.id.matches("(")', 1, 17],
    ["a pattern that is computed", "args.id.matches(args.cabin)", 1, 1],
    ["cel.bind, with which a text could double itself", "cel.bind(x, 'a', x + x == 'aa')", 1, 1],
    ["loops in loops in loops", "args.tags.all(a, args.tags.all(b, args.tags.all(c, a == b)))", 1, 35],
  ])("%s, naming the place", (_, text, line, column) => {
    expect(faultOf(text)).toMatchObject({ line, column });
  });

  it("what is too long or too large", () => {
    expect(faultOf(`args.id == "${"x".repeat(5_000)}"`)).not.toBeNull();
    expect(faultOf(Array.from({ length: 400 }, () => "true").join(" && "))).not.toBeNull();
    expect(faultOf(`${"(".repeat(300)}true${")".repeat(300)}`)).not.toBeNull();
  });
});

describe("regular expressions", () => {
  it("take linear time", () => {
    const text = `${"a".repeat(50_000)}!`;
    const started = performance.now();
    expect(truth('args.x.matches("^(a+)+$")', { x: text })).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("find anywhere, as in CEL, and see texts only up to a length", () => {
    expect(truth('args.x.matches("b+")', { x: "abbc" })).toBe(true);
    expect(run('args.x.matches("b+")', { x: "a".repeat(100_000) })).toMatchObject({ kind: "error" });
    expect(truth('args.list.exists(x, x.matches("^b"))', { list: ["a", "b"] })).toBe(true);
  });
});

describe("loops are metered", () => {
  const big = Array.from({ length: 40_000 }, (_, index) => index);

  it("and go on as long as there is budget", () => {
    expect(truth("args.list.all(x, x >= 0)", { list: big.slice(0, 1_000) })).toBe(true);
    expect(run("args.list.all(x, args.list.all(y, x == y || x != y))", { list: big.slice(0, 100) })).toEqual({
      kind: "value",
      value: true,
    });
  });

  it.each([
    ["a loop in a loop", "args.list.all(x, args.list.exists(y, y == x))", { list: big }],
    [
      "many loops one after the other",
      Array.from({ length: 8 }, () => "args.list.all(x, x >= 0)").join(" && "),
      { list: big },
    ],
    ["a text that doubles", `[args.s]${".map(x, x + x)".repeat(30)}.size() == 1`, { s: "0123456789" }],
    ["a list that doubles", `[args.list]${".map(x, x + x)".repeat(30)}.size() == 1`, { list: [1, 2, 3] }],
    ["a body that only fails", "args.list.exists(x, x.gone == 1)", { list: [...big, ...big] }],
    [
      "a search in a large text at every step",
      "args.list.all(x, args.s.contains('zzz') == false)",
      { list: big, s: "a".repeat(100_000) },
    ],
    ["an error that is ignored", "args.list.all(x, args.list.all(y, y >= 0)) || true", { list: big }],
  ])("%s ends in an error, soon", (_, text, args) => {
    const started = performance.now();
    expect(run(text, args as JsonObject)).toMatchObject({ kind: "error" });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it("share one budget until it is filled again", () => {
    const program = programOf("args.list.all(x, x >= 0)");
    const variables = { args: { list: big } };
    expect(program.run(variables).kind).toBe("value");
    expect(program.run(variables).kind).toBe("error");
    refill();
    expect(program.run(variables).kind).toBe("value");
  });
});
