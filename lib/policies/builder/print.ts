import type { Comparison, Group, Item, Join, Row, Test, Value } from "@/lib/policies/builder/model";
import { quoted } from "@/lib/policies/builder/quoted";
import { zoneText } from "@/lib/policies/builder/zones";
import { normalise } from "@/lib/policies/builder/normalise";
import { endsInComment, isLoose } from "@/lib/policies/builder/scan";

const OPERATORS: Readonly<Record<Comparison, string>> = {
  equal: "==",
  notEqual: "!=",
  less: "<",
  lessOrEqual: "<=",
  greater: ">",
  greaterOrEqual: ">=",
};

/** A condition longer than this has each of its outermost parts on a line. */
const LINE_MAX = 88;

/** The condition that a model says, as text; null: it has no row. Custom conditions are copied as they are. */
export function print(model: Group): string | null {
  const root = normalise(model);
  const [first, ...more] = root.items;
  if (first === undefined) return null;
  if (more.length === 0 && !root.negated) return first.kind === "custom" ? first.text : itemText(first, null);
  return groupText(root);
}

function groupText({ join, items, negated }: Group): string {
  const operator = join === "all" ? "&&" : "||";
  const parts = items.map((item) => itemText(item, items.length > 1 ? join : null));
  const line = parts.join(` ${operator} `);
  const isLong = line.length > LINE_MAX && !negated;
  const breaks = isLong || parts.some((part) => part.includes("\n") || endsInComment(part));
  const text = breaks ? parts.join(`\n${operator} `) : line;
  return negated ? `!(${closing(text)})` : text;
}

/** What an item says; in parentheses where the others around it, which come together by `among`, need them. */
function itemText(item: Item, among: Join | null): string {
  switch (item.kind) {
    case "row":
      return among !== null && joinsBy(item.test) === (among === "all" ? "any" : "all")
        ? `(${rowText(item)})`
        : rowText(item);
    case "custom":
      return isLoose(item.text) ? `(${closing(item.text)})` : item.text;
    case "group": {
      const text = groupText(item);
      return item.negated ? text : `(${closing(text)})`;
    }
  }
}

/** How the two halves of a row come together that has two. */
const joinsBy = (test: Test): Join | null => (test.op === "hours" ? (test.not ? "any" : "all") : null);

const closing = (text: string): string => (endsInComment(text) ? `${text}\n` : text);

function rowText({ field, test }: Row): string {
  switch (test.op) {
    case "startsWith":
    case "endsWith":
    case "contains":
      return `${bang(test)}${field}.${test.op}(${valueText(test.value)})`;
    case "matches":
      return `${bang(test)}${field}.matches(${quoted(test.pattern)})`;
    case "oneOf":
      return negated(test, `${field} in [${test.values.map(valueText).join(", ")}]`);
    case "in":
      return negated(test, `${field} in ${test.of}`);
    case "holds":
      return negated(test, `${valueText(test.value)} in ${field}`);
    case "exists":
      return `${bang(test)}has(${field})`;
    case "true":
      return `${bang(test)}${field}`;
    case "olderThan":
      return `now - ${field} > ${durationText(test.ms)}`;
    case "newerThan":
      return `now - ${field} < ${durationText(test.ms)}`;
    case "hours":
      return hoursText(field, test);
    case "days":
      return negated(test, `${field}.getDayOfWeek(${zoneText(test.zone)}) in [${test.days.join(", ")}]`);
    default:
      return `${field} ${OPERATORS[test.op]} ${valueText(test.value)}`;
  }
}

const bang = ({ not }: { not: boolean }): string => (not ? "!" : "");
const negated = ({ not }: { not: boolean }, text: string): string => (not ? `!(${text})` : text);

function hoursText(field: string, { not, from, to, zone }: Extract<Test, { op: "hours" }>): string {
  const hour = `${field}.getHours(${zoneText(zone)})`;
  return not ? `${hour} < ${from} || ${hour} >= ${to}` : `${hour} >= ${from} && ${hour} < ${to}`;
}

function durationText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds % 3_600 === 0) return `duration("${seconds / 3_600}h")`;
  return seconds % 60 === 0 ? `duration("${seconds / 60}m")` : `duration("${seconds}s")`;
}

function valueText(value: Value): string {
  switch (value.kind) {
    case "text":
      return quoted(value.value);
    case "time":
      return `timestamp(${quoted(value.value)})`;
    case "integer":
    case "boolean":
      return String(value.value);
    case "decimal":
      return decimalText(value.value);
    case "null":
      return "null";
    case "field":
      return value.field;
  }
}

function decimalText(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
