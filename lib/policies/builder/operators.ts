import type { Field, FieldType } from "@/lib/policies/builder/fields";
import {
  COMPARISONS,
  TEXT_TESTS,
  type Comparison,
  type Literal,
  type Test,
  type TextTest,
  type Value,
} from "@/lib/policies/builder/model";

/** An operator as people choose it: a test, or its opposite. */
type Choice = Test["op"] | `not:${Exclude<Test["op"], Comparison | "olderThan" | "newerThan">}`;

export const choiceOf = (test: Test): Choice => ("not" in test && test.not ? `not:${test.op}` : test.op);

/** In a sentence: "Amount is more than 100". */
const WORDS: Readonly<Record<Choice, string>> = {
  equal: "is",
  notEqual: "is not",
  less: "is less than",
  lessOrEqual: "is at most",
  greater: "is more than",
  greaterOrEqual: "is at least",
  startsWith: "starts with",
  "not:startsWith": "does not start with",
  endsWith: "ends with",
  "not:endsWith": "does not end with",
  contains: "contains",
  "not:contains": "does not contain",
  matches: "matches the pattern",
  "not:matches": "does not match the pattern",
  oneOf: "is one of",
  "not:oneOf": "is none of",
  in: "is in",
  "not:in": "is not in",
  holds: "includes",
  "not:holds": "does not include",
  exists: "is given",
  "not:exists": "is missing",
  true: "is true",
  "not:true": "is not true",
  olderThan: "was longer ago than",
  newerThan: "was within the last",
  hours: "is between the hours",
  "not:hours": "is outside the hours",
  days: "is on",
  "not:days": "is not on",
};
const OF_TIMES: Partial<Record<Choice, string>> = { less: "is before", greater: "is after" };

export const choiceLabel = (choice: Choice, type: FieldType): string =>
  ((type === "time" || type === "clock") && OF_TIMES[choice]) || WORDS[choice];

const SET = ["oneOf", "not:oneOf", "in", "not:in"] as const;
const GIVEN = ["exists", "not:exists"] as const;
const ORDER = COMPARISONS.slice(2);
const TEXT = TEXT_TESTS.flatMap((one) => [one, `not:${one}`] as const);
const PATTERN = ["matches", "not:matches"] as const;

const BY_TYPE: Readonly<Record<FieldType, readonly Choice[]>> = {
  text: ["equal", "notEqual", "oneOf", "not:oneOf", ...TEXT, ...PATTERN, "in", "not:in", ...GIVEN],
  integer: ["greater", "greaterOrEqual", "less", "lessOrEqual", "equal", "notEqual", ...SET, ...GIVEN],
  number: ["greater", "greaterOrEqual", "less", "lessOrEqual", "equal", "notEqual", ...SET, ...GIVEN],
  boolean: ["true", "not:true", ...GIVEN],
  time: ["olderThan", "newerThan", "less", "greater", ...GIVEN],
  list: ["holds", "not:holds", ...GIVEN],
  object: GIVEN,
  map: ["exists", "not:exists", "holds", "not:holds"],
  clock: ["hours", "not:hours", "days", "not:days", "less", "greater"],
  any: ["equal", "notEqual", ...ORDER, ...TEXT, ...PATTERN, ...SET, "holds", "not:holds", "true", "not:true", ...GIVEN],
};

/** `has()` asks for a member of a variable, named behind dots. */
const canBeMissing = (expression: string): boolean => /^\w+(\.\w+)+$/.test(expression);

/** The operators that a field takes; always the one that it has. */
export function choicesFor(field: Pick<Field, "expression" | "type">, current: Test | null): Choice[] {
  const offered = BY_TYPE[field.type].filter(
    (one) => canBeMissing(field.expression) || !GIVEN.some((it) => it === one),
  );
  const own = current ? choiceOf(current) : null;
  return own === null || offered.includes(own) ? offered : [...offered, own];
}

/** The test that a choice begins with: of the values so far it keeps what fits. */
export function testOf(choice: Choice, field: Field, before: Test | null): Test {
  const not = choice.startsWith("not:");
  const op = (not ? choice.slice("not:".length) : choice) as Test["op"];
  const value = before && "value" in before ? before.value : null;
  switch (op) {
    case "startsWith":
    case "endsWith":
    case "contains":
      return { op, not, value: textOr(value) };
    case "matches":
      return { op, not, pattern: before?.op === "matches" ? before.pattern : "^" };
    case "oneOf":
      return { op, not, values: before?.op === "oneOf" ? before.values : [literalFor(field, value)] };
    case "in":
      return { op, not, of: before?.op === "in" ? before.of : "run.dataClasses" };
    case "holds":
      return { op, not, value: value && value.kind !== "field" ? value : { kind: "text", value: "" } };
    case "exists":
    case "true":
      return { op, not };
    case "olderThan":
    case "newerThan":
      return { op, ms: before && "ms" in before ? before.ms : 300_000 };
    case "hours":
      return before?.op === "hours" ? { ...before, not } : { op, not, from: 9, to: 17, zone: zoneOf(before) };
    case "days":
      return before?.op === "days" ? { ...before, not } : { op, not, days: [1, 2, 3, 4, 5], zone: zoneOf(before) };
    default:
      return { op, value: value?.kind === "field" ? value : literalFor(field, value) };
  }
}

const zoneOf = (before: Test | null) =>
  before && "zone" in before ? before.zone : ({ kind: "organisation" } as const);

const textOr = (value: Value | null): Value =>
  value?.kind === "text" || value?.kind === "field" ? value : { kind: "text", value: "" };

/** A literal of the field's own type: the value so far where it can be read as one. */
export function literalFor(field: Pick<Field, "type" | "options">, value: Value | null): Literal {
  const text = value && "value" in value ? String(value.value) : null;
  switch (field.type) {
    case "integer":
    case "number": {
      const number = Number(text ?? 0);
      const kind = field.type === "integer" ? "integer" : "decimal";
      const safe = Number.isFinite(number) ? number : 0;
      return { kind, value: kind === "integer" ? Math.trunc(safe) : safe };
    }
    case "boolean":
      return { kind: "boolean", value: text !== "false" };
    case "time":
    case "clock":
      return value?.kind === "time" ? value : { kind: "time", value: "2026-01-01T00:00:00Z" };
    case "any":
      return value && value.kind !== "field" ? value : { kind: "text", value: "" };
    default: {
      const fallback = field.options?.[0] ?? "";
      return { kind: "text", value: value?.kind === "text" ? value.value : fallback };
    }
  }
}

/** The first test of a field that was just chosen. */
export function firstTest(field: Field): Test {
  const [first = "equal"] = choicesFor(field, null);
  return testOf(first, field, null);
}

/** The field of an expression that nobody offers: what its test says of its type. */
export function fieldOr(expression: string, test: Test, fields: readonly Field[]): Field {
  const known = fields.find((field) => field.expression === expression);
  return known ?? { expression, label: expression, group: "Arguments", type: typeBy(test) };
}

function typeBy(test: Test): FieldType {
  if (test.op === "hours" || test.op === "days") return "clock";
  if (test.op === "olderThan" || test.op === "newerThan") return "time";
  if (TEXT_TESTS.includes(test.op as TextTest) || test.op === "matches") return "any";
  const [value] = "value" in test ? [test.value] : test.op === "oneOf" ? test.values : [];
  if (value?.kind === "time") return "time";
  return "any";
}
