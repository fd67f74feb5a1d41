/**
 * A condition as people build it: groups of rows. It says no more than the text of the rule, which stays the one thing that is
 * stored; see parse.ts and print.ts for the way there and back.
 */
export type Join = "all" | "any";

/** All of, any of; negated: not all of, none of. */
export interface Group {
  kind: "group";
  join: Join;
  negated: boolean;
  items: Item[];
}

/** What the rows cannot say: its text as it was written. */
export interface Custom {
  kind: "custom";
  text: string;
}

/** One comparison. `field` is the text of what is looked at: `args.amount`, `size(args.flights)`, `facts["crm.read"][args.id].tier`. */
export interface Row {
  kind: "row";
  field: string;
  test: Test;
}

export type Item = Group | Row | Custom;

/** A value that is written out. `integer` and `decimal` differ because CEL does not compare one with the other by `==`. */
export type Literal =
  | { kind: "text"; value: string }
  | { kind: "integer"; value: number }
  | { kind: "decimal"; value: number }
  | { kind: "boolean"; value: boolean }
  | { kind: "null" }
  /** RFC 3339. */
  | { kind: "time"; value: string };

export type Value = Literal | { kind: "field"; field: string };

export const COMPARISONS = ["equal", "notEqual", "less", "lessOrEqual", "greater", "greaterOrEqual"] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const TEXT_TESTS = ["startsWith", "endsWith", "contains"] as const;
export type TextTest = (typeof TEXT_TESTS)[number];

export type Test =
  | { op: Comparison; value: Value }
  | { op: TextTest; not: boolean; value: Value }
  | { op: "matches"; not: boolean; pattern: string }
  | { op: "oneOf"; not: boolean; values: Literal[] }
  /** The field is an element of a list, or a key of a map, that another field holds. */
  | { op: "in"; not: boolean; of: string }
  /** The field is a list or a map that holds the value. */
  | { op: "holds"; not: boolean; value: Literal }
  | { op: "exists"; not: boolean }
  | { op: "true"; not: boolean }
  /** How long before `now` the field's time lies: more, or less, than so many milliseconds (whole seconds). */
  | { op: "olderThan" | "newerThan"; ms: number }
  /** Of `now`: from hour `from` until before hour `to`. */
  | { op: "hours"; not: boolean; from: number; to: number; zone: Zone }
  /** Of `now`: days of the week, 0 is Sunday. */
  | { op: "days"; not: boolean; days: number[]; zone: Zone };

/** An IANA name, the organisation's own zone, or UTC, which is what CEL takes when none is named. */
export type Zone = { kind: "named"; name: string } | { kind: "organisation" } | { kind: "utc" };

export const group = (join: Join, items: Item[], negated = false): Group => ({ kind: "group", join, negated, items });
export const row = (field: string, test: Test): Row => ({ kind: "row", field, test });
export const custom = (text: string): Custom => ({ kind: "custom", text });

/** A rule without a condition. */
export const NO_CONDITION: Group = group("all", []);

/** The row that says the opposite, where one row can. `!=` is not the opposite of `==` for what is missing: both are errors then. */
export function negate(item: Row): Row | null {
  const { test } = item;
  return "not" in test ? { ...item, test: { ...test, not: !test.not } } : null;
}
