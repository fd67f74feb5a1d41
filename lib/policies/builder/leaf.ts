import type { ASTNode } from "@marcbachmann/cel-js";

import { row, type Comparison, type Literal, type Row, type TextTest, type Value } from "@/lib/policies/builder/model";
import { zoneOf } from "@/lib/policies/builder/zones";
import { quoted } from "@/lib/policies/builder/quoted";

const COMPARED: Readonly<Record<string, { op: Comparison; flipped: Comparison }>> = {
  "==": { op: "equal", flipped: "equal" },
  "!=": { op: "notEqual", flipped: "notEqual" },
  "<": { op: "less", flipped: "greater" },
  "<=": { op: "lessOrEqual", flipped: "greaterOrEqual" },
  ">": { op: "greater", flipped: "less" },
  ">=": { op: "greaterOrEqual", flipped: "lessOrEqual" },
};
const TEXT_CALLS: Readonly<Record<string, TextTest>> = {
  startsWith: "startsWith",
  endsWith: "endsWith",
  contains: "contains",
};
/** Parts of an instant that a row can compare; each takes a zone or none. */
const INSTANT_PARTS = new Set([
  "getHours",
  "getDayOfWeek",
  "getDate",
  "getDayOfMonth",
  "getMonth",
  "getFullYear",
  "getMinutes",
]);

/** The row that says the same as one expression; null: no row does. */
export function rowOf(node: ASTNode): Row | null {
  switch (node.op) {
    case "!_":
      return negatable(node.args, true);
    case "in":
      return membership(node.args, false);
    case ">":
    case "<":
      return age(node.args, node.op) ?? comparison(node.args, node.op);
    case "==":
    case "!=":
    case "<=":
    case ">=":
      return comparison(node.args, node.op);
    default:
      return negatable(node, false);
  }
}

/** What can stand alone, or after a `!`. */
function negatable(node: ASTNode, not: boolean): Row | null {
  if (node.op === "call" && node.args[0] === "has") {
    const [first] = node.args[1];
    const field = first?.op === "." ? fieldOf(first) : null;
    return field === null ? null : row(field, { op: "exists", not });
  }
  if (node.op === "rcall") return textCall(node.args, not);
  const field = node.op === "." || node.op === "[]" || node.op === "id" ? fieldOf(node) : null;
  return field === null ? null : row(field, { op: "true", not });
}

function textCall([name, receiver, args]: [string, ASTNode, ASTNode[]], not: boolean): Row | null {
  const [argument, ...more] = args;
  const field = fieldOf(receiver);
  if (field === null || !argument || more.length > 0) return null;
  if (name === "matches") {
    const pattern = argument.op === "value" && typeof argument.args === "string" ? argument.args : null;
    return pattern === null ? null : row(field, { op: "matches", not, pattern });
  }
  const op = Object.hasOwn(TEXT_CALLS, name) ? TEXT_CALLS[name] : undefined;
  const value = valueOf(argument);
  return op === undefined || value === null ? null : row(field, { op, not, value });
}

function comparison([left, right]: [ASTNode, ASTNode], operator: string): Row | null {
  const names = COMPARED[operator];
  const field = fieldOf(left);
  const flipped = field === null ? fieldOf(right) : null;
  const value = valueOf(field === null ? left : right);
  if (!names || value === null) return null;
  if (field !== null) return row(field, { op: names.op, value });
  return flipped === null ? null : row(flipped, { op: names.flipped, value });
}

function membership([left, right]: [ASTNode, ASTNode], not: boolean): Row | null {
  const field = fieldOf(left);
  if (field === null) {
    const [of, value] = [fieldOf(right), literalOf(left)];
    return of === null || value === null ? null : row(of, { op: "holds", not, value });
  }
  if (right.op !== "list") {
    const of = fieldOf(right);
    return of === null ? null : row(field, { op: "in", not, of });
  }
  const values = right.args.map(literalOf);
  if (values.length === 0 || !values.every((one) => one !== null)) return null;
  return days(field, values, not) ?? row(field, { op: "oneOf", not, values });
}

const DAY = /^now\.getDayOfWeek\((.*)\)$/;

function days(field: string, values: readonly Literal[], not: boolean): Row | null {
  const zone = zoneOf(DAY.exec(field)?.[1]);
  const numbers = values.map((one) => (one.kind === "integer" ? one.value : -1));
  const known = numbers.every((one, at) => one >= 0 && one <= 6 && one > (numbers[at - 1] ?? -1));
  return zone && known ? row("now", { op: "days", not, days: numbers, zone }) : null;
}

/** `now - run.startedAt > duration("5m")` */
function age([left, right]: [ASTNode, ASTNode], operator: ">" | "<"): Row | null {
  if (left.op !== "-" || left.args[0].op !== "id" || left.args[0].args !== "now") return null;
  const field = fieldOf(left.args[1]);
  const ms = durationOf(right);
  if (field === null || ms === null) return null;
  return row(field, { op: operator === ">" ? "olderThan" : "newerThan", ms });
}

const PART = /(\d{1,7})(h|m|s)/g;
const SECONDS: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };

function durationOf(node: ASTNode): number | null {
  if (node.op !== "call" || node.args[0] !== "duration") return null;
  const [argument] = node.args[1];
  const text = argument?.op === "value" && typeof argument.args === "string" ? argument.args : "";
  if (!/^(\d{1,7}h)?(\d{1,7}m)?(\d{1,7}s)?$/.test(text) || text === "") return null;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(PART)) seconds += Number(amount) * (SECONDS[unit ?? ""] ?? 0);
  return seconds * 1_000;
}

function valueOf(node: ASTNode): Value | null {
  const literal = literalOf(node);
  if (literal !== null) return literal;
  const field = fieldOf(node);
  return field === null ? null : { kind: "field", field };
}

function literalOf(node: ASTNode): Literal | null {
  if (node.op === "-_") {
    const inner = literalOf(node.args);
    return inner?.kind === "integer" || inner?.kind === "decimal" ? { ...inner, value: -inner.value } : null;
  }
  if (node.op === "call" && node.args[0] === "timestamp") {
    const [argument] = node.args[1];
    return argument?.op === "value" && typeof argument.args === "string"
      ? { kind: "time", value: argument.args }
      : null;
  }
  if (node.op !== "value") return null;
  const value: unknown = node.args;
  switch (typeof value) {
    case "string":
      return { kind: "text", value };
    case "boolean":
      return { kind: "boolean", value };
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? { kind: "integer", value: Number(value) } : null;
    case "number":
      return { kind: "decimal", value };
    default:
      return value === null ? { kind: "null" } : null;
  }
}

/** The text of what a row can look at: a variable, a member of one, its size, a text read as a time, a part of `now`. */
export function fieldOf(node: ASTNode): string | null {
  if (node.op === "call") {
    const [name, [argument, ...more]] = node.args;
    if ((name !== "size" && name !== "timestamp") || !argument || more.length > 0) return null;
    const inner = chainOf(argument);
    return inner === null ? null : `${name}(${inner})`;
  }
  if (node.op === "rcall") {
    const [name, receiver, args] = node.args;
    const [zone, ...more] = args;
    if (!INSTANT_PARTS.has(name) || receiver.op !== "id" || receiver.args !== "now" || more.length > 0) return null;
    if (zone === undefined) return `now.${name}()`;
    if (zone.op === "value") return typeof zone.args === "string" ? `now.${name}(${quoted(zone.args)})` : null;
    const named = chainOf(zone);
    return named === null ? null : `now.${name}(${named})`;
  }
  return chainOf(node);
}

function chainOf(node: ASTNode): string | null {
  if (node.op === "id") return node.args;
  if (node.op === ".") {
    const of = chainOf(node.args[0]);
    return of === null ? null : `${of}.${node.args[1]}`;
  }
  if (node.op !== "[]") return null;
  const [of, key] = [chainOf(node.args[0]), keyOf(node.args[1])];
  return of === null || key === null ? null : `${of}[${key}]`;
}

function keyOf(node: ASTNode): string | null {
  const literal = literalOf(node);
  if (literal?.kind === "text") return quoted(literal.value);
  if (literal?.kind === "integer") return String(literal.value);
  return literal === null ? chainOf(node) : null;
}
