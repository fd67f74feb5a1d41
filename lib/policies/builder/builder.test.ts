import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";

import {
  group,
  row,
  type Group,
  type Item,
  type Literal,
  type Test,
  type Value,
  type Zone,
} from "@/lib/policies/builder/model";
import { normalise } from "@/lib/policies/builder/normalise";
import { parse } from "@/lib/policies/builder/parse";
import { print } from "@/lib/policies/builder/print";
import { compileCondition } from "@/lib/policies/cel/condition";
import { refill } from "@/lib/policies/cel/meter";
import { UNTYPED } from "@/lib/policies/cel/typing";

function modelOf(text: string | null): Group {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.message}`);
  return parsed.model;
}

const CHAINS = [
  "args.a",
  "args.b.c",
  'args["a b"]',
  "agent.slug",
  'facts["crm.read_account"][args.id].tier',
  "args.list[0]",
];
const FIELDS = [
  ...CHAINS,
  "size(args.list)",
  "timestamp(args.at)",
  'now.getMonth("Europe/Berlin")',
  "now.getHours()",
  "now",
];
const CUSTOM = [
  "args.list.exists(x, x > 1 || x == 0)",
  "args.a ? args.b.c : !args.flag",
  "args.a + 1 == 2",
  "!!args.flag",
  'args.text.contains("a // b") == true == true',
  "args.a == args.b.c * 2 // why (so",
  '// before\nargs.a == "x"',
  "optional.none().hasValue()",
  `'''it's && "so"''' + r'\\d' == args.text`,
];

const chain = fc.constantFrom(...CHAINS);
const field = fc.constantFrom(...FIELDS);
const not = fc.boolean();
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.string({ unit: "binary" }).map((value): Literal => ({ kind: "text", value })),
  fc.maxSafeInteger().map((value): Literal => ({ kind: "integer", value: value + 0 })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value): Literal => ({ kind: "decimal", value: value === 0 ? 0 : value })),
  fc.boolean().map((value): Literal => ({ kind: "boolean", value })),
  fc.constant<Literal>({ kind: "null" }),
  fc.constant<Literal>({ kind: "time", value: "2026-11-21T08:00:00Z" }),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  literal,
  field.map((one): Value => ({ kind: "field", field: one })),
);
const zone = fc.constantFrom<Zone>({ kind: "utc" }, { kind: "organisation" }, { kind: "named", name: "Europe/Berlin" });
const comparison = fc.constantFrom("equal", "notEqual", "less", "lessOrEqual", "greater", "greaterOrEqual");
const onField: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ op: comparison, value }),
  fc.record({ op: fc.constantFrom("startsWith", "endsWith", "contains"), not, value }),
  fc.record({ op: fc.constant("matches" as const), not, pattern: fc.string() }),
  fc.record({ op: fc.constant("oneOf" as const), not, values: fc.array(literal, { minLength: 1, maxLength: 4 }) }),
  fc.record({ op: fc.constant("in" as const), not, of: chain }),
  fc.record({ op: fc.constant("holds" as const), not, value: literal }),
  fc.record({ op: fc.constantFrom("olderThan", "newerThan"), ms: fc.nat(9_999_999).map((seconds) => seconds * 1_000) }),
);
const days = fc.uniqueArray(fc.nat(6), { minLength: 1 }).map((list) => list.toSorted((a, b) => a - b));
const hours = fc
  .tuple(fc.nat(23), fc.integer({ min: 1, max: 24 }), not, zone)
  .filter(([from, to]) => from < to)
  .map(([from, to, no, where]): Test => ({ op: "hours", from, to, not: no, zone: where }));
const rowItem: fc.Arbitrary<Item> = fc.oneof(
  fc.tuple(field, onField).map(([one, test]) => row(one, test)),
  fc.tuple(chain, not).map(([one, no]) => row(one, { op: "true", not: no })),
  fc
    .tuple(
      chain.filter((one) => !one.endsWith("]")),
      not,
    )
    .map(([one, no]) => row(one, { op: "exists", not: no })),
  hours.map((test) => row("now", test)),
  fc.record({ op: fc.constant("days" as const), not, days, zone }).map((test) => row("now", test)),
);
const item: fc.Arbitrary<Item> = fc.letrec<{ item: Item; group: Group }>((tie) => ({
  item: fc.oneof(
    { depthSize: "small" },
    rowItem,
    fc.constantFrom(...CUSTOM).map((text): Item => ({ kind: "custom", text })),
    tie("group"),
  ),
  group: fc
    .tuple(fc.constantFrom("all" as const, "any" as const), fc.array(tie("item"), { maxLength: 4 }), fc.boolean())
    .map(([join, items, negated]) => group(join, items, negated)),
})).item;
const model = fc
  .tuple(fc.constantFrom("all" as const, "any" as const), fc.array(item, { maxLength: 5 }), fc.boolean())
  .map(([join, items, negated]) => group(join, items, negated));

describe("a model and its text", () => {
  it("parse(print(model)) is the model, in its one form", () => {
    fc.assert(
      fc.property(model, (one) => {
        expect(modelOf(print(one))).toEqual(normalise(one));
      }),
      { numRuns: 3_000 },
    );
  });

  it("print and parse settle at once: neither changes what the other gave", () => {
    fc.assert(
      fc.property(model, (one) => {
        const text = print(one);
        expect(print(modelOf(text))).toBe(text);
        expect(normalise(normalise(one))).toEqual(normalise(one));
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Expressions as people write them: in any order, with needless parentheses, spaces and comments. */
const ATOMS = [
  "args.a == 1",
  "1 < args.a",
  "args.a != args.b.c",
  'args.text == "x"',
  '"y" != args.text',
  "args.flag",
  "!args.flag",
  "!(args.flag)",
  "!!args.flag",
  "has(args.a)",
  "!has(args.gone)",
  "has(args.gone.deeper)",
  "args.gone == 1",
  "args.gone.startsWith('x')",
  'args.text.startsWith("x")',
  "!args.text.contains('y')",
  "!(args.text.endsWith('y'))",
  "args.text.matches('^x+$')",
  'args.text in ["x", "y"]',
  '!(args.text in ["x"])',
  "args.a in [1, -2]",
  "args.a in args.list",
  "3 in args.list",
  "!(3 in args.list)",
  "size(args.list) > 2",
  "args.list.size() > 2",
  "args.list.exists(e, e > 1 && e < 3)",
  "args.a == 1 ? args.flag : args.b.c == 2",
  "now - run.startedAt > duration('5m')",
  "now - run.startedAt < duration('1h30m')",
  "now.getHours('Europe/Berlin') >= 9",
  "now.getHours('Europe/Berlin') < 17",
  "now.getHours('Europe/Berlin') < 9 || now.getHours('Europe/Berlin') >= 17",
  "now.getHours('Europe/Berlin') >= 9 && now.getHours('Europe/Berlin') < 17",
  "now.getDayOfWeek() in [1, 3, 5]",
  "now.getDayOfWeek() in [5, 1]",
  "true",
  "args.a == 1 // because\n",
];
const expression = fc.letrec<{ it: string }>((tie) => ({
  it: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...ATOMS),
    fc
      .tuple(tie("it"), fc.constantFrom("&&", "||", " && ", "\n||"), tie("it"))
      .map(([a, operator, b]) => `${a}${operator}${b}`),
    tie("it").map((a) => `(${a})`),
    tie("it").map((a) => ` ! ( ${a} )`),
    fc.tuple(tie("it"), tie("it"), tie("it")).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
})).it;

const hour = (at: number): Date => new Date(Date.UTC(2026, 10, 21, at));
const variables = fc.record({
  args: fc.record({
    a: fc.constantFrom(1, 2, 3),
    b: fc.constant({ c: 2 }),
    text: fc.constantFrom("x", "xx", "y"),
    flag: fc.boolean(),
    list: fc.constantFrom([], [1, 2, 3], [2]),
  }),
  run: fc.constantFrom({ startedAt: hour(0) }, { startedAt: hour(8) }),
  now: fc.constantFrom(hour(6), hour(8), hour(15), hour(20)),
});

function outcomeOf(text: string, values: object): unknown {
  refill();
  const compiled = compileCondition(text, UNTYPED);
  if (!compiled.ok) return compiled.fault.message;
  const outcome = compiled.program.run(values);
  return outcome.kind === "value" ? outcome.value : "error";
}

describe("the text of what was parsed", () => {
  it("means the same as what was written, whatever the request holds", () => {
    let values = 0;
    fc.assert(
      fc.property(expression, variables, (text, request) => {
        fc.pre(compileCondition(text, UNTYPED).ok);
        const before = outcomeOf(text, request);
        if (typeof before === "boolean") values += 1;
        expect(outcomeOf(print(modelOf(text)) ?? "", request)).toEqual(before);
      }),
      { numRuns: 3_000 },
    );
    expect(values).toBeGreaterThan(1_000);
  });

  it("keeps custom conditions and their comments letter by letter", () => {
    const text = [
      'args.list.map(x,  x+1)   == [1]  // "odd', // a comment with a quote
      "&& args.a>1 && (args.flag ?  true : args.b.c==2)",
    ].join("\n");
    const parsed = modelOf(text);
    expect(parsed.items).toMatchObject([
      { kind: "custom", text: 'args.list.map(x,  x+1)   == [1]  // "odd' },
      { kind: "row", field: "args.a" },
      { kind: "custom", text: "args.flag ?  true : args.b.c==2" },
    ]);
    expect(print(parsed)).toBe(
      'args.list.map(x,  x+1)   == [1]  // "odd\n&& args.a > 1\n&& (args.flag ?  true : args.b.c==2)',
    );
  });

  it("is as it was for every condition of the shipped manifests, but for lines and opposites", () => {
    const tight = (text: string): string => text.replaceAll(/\s+/g, "");
    let conditions = 0;
    for (const file of ["e2e/fixtures/airline/remit.yaml", "lib/demo/organisation.yaml"]) {
      const manifest: { policies: { rules: { when?: string }[] }[] } = parseYaml(readFileSync(file, "utf8"));
      for (const { when } of manifest.policies.flatMap((policy) => policy.rules)) {
        if (when === undefined) continue;
        conditions += 1;
        expect(tight(print(modelOf(when)) ?? "")).toBe(tight(when));
      }
    }
    expect(conditions).toBeGreaterThan(25);
  });
});

describe("what rows say", () => {
  const only = (text: string) => modelOf(text).items;
  it.each([
    [
      "args.amount > 1000.0",
      { field: "args.amount", test: { op: "greater", value: { kind: "decimal", value: 1000 } } },
    ],
    ["1000 <= args.n", { field: "args.n", test: { op: "greaterOrEqual", value: { kind: "integer", value: 1000 } } }],
    ['"pii" in run.dataClasses', { field: "run.dataClasses", test: { op: "holds", not: false } }],
    ['!(args.id in facts["crm.read"])', { field: "args.id", test: { op: "in", not: true, of: 'facts["crm.read"]' } }],
    ["!has(run.onBehalfOf)", { field: "run.onBehalfOf", test: { op: "exists", not: true } }],
    [
      'now - run.onBehalfOf.authenticatedAt > duration("5m")',
      { field: "run.onBehalfOf.authenticatedAt", test: { op: "olderThan", ms: 300_000 } },
    ],
    [
      'now.getHours("Europe/Berlin") < 9 || now.getHours("Europe/Berlin") >= 17',
      {
        field: "now",
        test: { op: "hours", not: true, from: 9, to: 17, zone: { kind: "named", name: "Europe/Berlin" } },
      },
    ],
    [
      "!(now.getDayOfWeek() in [1, 5])",
      { field: "now", test: { op: "days", not: true, days: [1, 5], zone: { kind: "utc" } } },
    ],
  ])("%s", (text, expected) => {
    expect(only(text)).toMatchObject([{ kind: "row", ...expected }]);
  });

  it("groups say all, any, not all and none", () => {
    expect(modelOf("args.a == 1 || args.b == 2 && args.c")).toMatchObject({
      join: "any",
      items: [{ kind: "row" }, { kind: "group", join: "all" }],
    });
    expect(modelOf("!(args.a == 1 || args.b == 2)")).toMatchObject({ join: "any", negated: true });
    expect(modelOf("!(args.a > 1)")).toMatchObject({ items: [{ kind: "row" }], negated: true });
  });

  it("no condition is no row", () => {
    expect(modelOf(null)).toEqual(group("all", []));
    expect(print(group("any", [group("all", [], true)]))).toBeNull();
  });

  it("what does not parse has its place", () => {
    expect(parse("args.a ==\n  && b")).toMatchObject({ ok: false, fault: { line: 2, column: 3 } });
  });
});
