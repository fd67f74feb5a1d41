import { keyLabel } from "@/lib/decisions/words";
import type { Group, Item, Row, Test, Value, Zone } from "@/lib/policies/builder/model";
import { choiceLabel, choiceOf, fieldOr } from "@/lib/policies/builder/operators";
import { parse } from "@/lib/policies/builder/parse";
import { STANDARD_FIELDS } from "@/lib/policies/builder/standard-fields";

/**
 * A condition in words, for lists and comparisons: "amount is more than 1,000 and mode is live". Null is no condition. What rows
 * can not say, and what does not parse, is quoted as it is.
 */
export function conditionWords(text: string | null): string | null {
  if (text === null || text.trim() === "") return null;
  const parsed = parse(text);
  return parsed.ok ? groupWords(parsed.model, false) : text;
}

function groupWords({ join, items, negated }: Group, isInner: boolean): string {
  const words = items.map((item) => itemWords(item, items.length > 1)).join(join === "all" ? " and " : " or ");
  if (negated) return `not (${words})`;
  return isInner ? `(${words})` : words;
}

function itemWords(item: Item, isInner: boolean): string {
  switch (item.kind) {
    case "group":
      return groupWords(item, isInner);
    case "row":
      return rowWords(item);
    case "custom":
      return `“${item.text}”`;
  }
}

function rowWords({ field, test }: Row): string {
  const { type } = fieldOr(field, test, STANDARD_FIELDS);
  const subject = test.op === "hours" || test.op === "days" ? "the time" : fieldWords(field);
  return [subject, choiceLabel(choiceOf(test), type), objectWords(test)].filter((part) => part !== "").join(" ");
}

const FACT = /^facts\["([^"]+)"\](?:\[(?:[^[\]"]|"[^"]*")*\])?(.*)$/;

/** What a field's expression is called. */
export function fieldWords(expression: string): string {
  const standard = STANDARD_FIELDS.find((field) => field.expression === expression);
  if (standard) return lower(standard.label);
  const sized = /^size\((.*)\)$/.exec(expression)?.[1];
  if (sized !== undefined) return `number of ${fieldWords(sized)}`;
  const read = /^timestamp\((.*)\)$/.exec(expression)?.[1];
  if (read !== undefined) return fieldWords(read);
  const [, source, path] = FACT.exec(expression) ?? [];
  if (source !== undefined) return path ? `${names(path)} of ${source}` : source;
  return expression.startsWith("args.") ? names(expression.slice("args".length)) : expression;
}

const names = (path: string): string =>
  [...path.matchAll(/\.(\w+)|\["([^"]*)"\]|\[(\d+)\]/g)]
    .map(([, dotted, quoted, index]) => lower(keyLabel(dotted ?? quoted ?? index ?? "")))
    .join(" ");
const lower = (text: string): string => (/^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));

export const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

function objectWords(test: Test): string {
  switch (test.op) {
    case "matches":
      return test.pattern;
    case "oneOf":
      return listed(test.values.map(valueWords));
    case "in":
      return fieldWords(test.of);
    case "exists":
    case "true":
      return "";
    case "olderThan":
    case "newerThan":
      return durationWords(test.ms);
    case "hours":
      return `${test.from}:00 and ${test.to}:00 ${zoneWords(test.zone)}`;
    case "days":
      return `${listed(test.days.map((day) => DAYS[day] ?? String(day)))} ${zoneWords(test.zone)}`;
    default:
      return valueWords(test.value);
  }
}

const listed = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : (words[0] ?? "");

function zoneWords(zone: Zone): string {
  if (zone.kind === "organisation") return "(organisation’s time)";
  return zone.kind === "utc" ? "UTC" : `(${zone.name})`;
}

function valueWords(value: Value): string {
  switch (value.kind) {
    case "field":
      return fieldWords(value.field);
    case "text":
      return value.value === "" ? "empty" : value.value;
    case "integer":
    case "decimal":
      return value.value.toLocaleString("en-US", { maximumFractionDigits: 12 });
    case "null":
      return "null";
    default:
      return String(value.value);
  }
}

/** "5 minutes", "2 days": in the largest unit that leaves no rest. */
function durationWords(ms: number): string {
  const { amount, unit } = durationParts(ms);
  return `${amount} ${amount === 1 ? unit : `${unit}s`}`;
}

export const DURATION_UNITS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type DurationUnit = keyof typeof DURATION_UNITS;

export function durationParts(ms: number): { amount: number; unit: DurationUnit } {
  for (const unit of ["day", "hour", "minute"] as const) {
    if (ms > 0 && ms % DURATION_UNITS[unit] === 0) return { amount: ms / DURATION_UNITS[unit], unit };
  }
  return { amount: Math.round(ms / 1_000), unit: "second" };
}
