import type { ASTNode } from "@marcbachmann/cel-js";

import type { Change } from "@/lib/decisions/outlook/change";
import { withArgs } from "@/lib/decisions/outlook/world";
import { keyLabel } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { childrenOf } from "@/lib/policies/cel/analyse";
import { syntaxOf } from "@/lib/policies/cel/expression";
import { UNTYPED } from "@/lib/policies/cel/typing";

/**
 * Other arguments at which a test of the condition would come out the other way, each as near to what was asked as it gets: of
 * `args.amount > 1000.0` an amount of 1000. Only tests that compare an argument with something written out; whether one of them
 * changes the answer is for the caller to find out.
 */
export function argumentChanges(condition: string, args: JsonObject): Change[] {
  const root = syntaxOf(condition, UNTYPED);
  if (!root) return [];
  const changes: Change[] = [];
  const visit = (node: ASTNode): void => {
    changes.push(...ofTest(node, args));
    for (const [child] of childrenOf(node)) visit(child);
  };
  visit(root);
  return [...new Map(changes.map((change) => [change.words, change])).values()];
}

type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";
const MIRRORED: Record<Comparison, Comparison> = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const isComparison = (op: string): op is Comparison => Object.hasOwn(MIRRORED, op);

function ofTest(node: ASTNode, args: JsonObject): Change[] {
  if (node.op === "call" && node.args[0] === "has") return without(argumentOf(node.args[1][0]), args);
  if (node.op === "in") return ofMembership(node.args[0], node.args[1], args);
  const flag = argumentOf(node);
  if (flag) return typeof valueAt(args, flag) === "boolean" ? ofComparison(flag, "==", true, args) : [];
  if (!isComparison(node.op)) return [];
  const [left, right] = childrenOf(node).map(([side]) => side);
  if (!left || !right) return [];
  const size = sizeOf(left, node.op, right, args) ?? sizeOf(right, MIRRORED[node.op], left, args);
  if (size) return size;
  const path = argumentOf(left);
  if (path && right.op === "value") return ofComparison(path, node.op, literal(right), args);
  const mirrored = argumentOf(right);
  return mirrored && left.op === "value" ? ofComparison(mirrored, MIRRORED[node.op], literal(left), args) : [];
}

function ofComparison(path: readonly string[], op: Comparison, limit: Json | undefined, args: JsonObject): Change[] {
  const label = labelOf(path);
  if (typeof limit === "boolean") {
    const value = valueAt(args, path) !== true;
    return [set(path, value, `${label}: ${value ? "yes" : "no"}`)];
  }
  if (typeof limit === "number") return ofNumber(path, op, limit, args);
  if (typeof limit !== "string" || (op !== "==" && op !== "!=")) return [];
  return valueAt(args, path) === limit
    ? [set(path, limit === "other" ? "another" : "other", `${label} other than “${limit}”`)]
    : [set(path, limit, `${label} “${limit}”`)];
}

/** The nearest number on the other side of a limit. */
function ofNumber(path: readonly string[], op: Comparison, limit: number, args: JsonObject): Change[] {
  const value = valueAt(args, path);
  if (typeof value !== "number") return [];
  const label = labelOf(path);
  const step = Number.isInteger(value) && Number.isInteger(limit) ? 1 : Math.max(Math.abs(limit) * 1e-9, 1e-9);
  const to = (near: number, words: string): Change[] => [set(path, near, `${label} ${words}`)];
  const shown = NUMBER.format(limit);
  switch (op) {
    case ">":
    case "<=":
      return value > limit ? to(limit, `at most ${shown}`) : to(limit + step, `more than ${shown}`);
    case "<":
    case ">=":
      return value < limit ? to(limit, `at least ${shown}`) : to(limit - step, `less than ${shown}`);
    case "==":
    case "!=":
      return value === limit ? to(limit + step, `other than ${shown}`) : to(limit, shown);
  }
}

function ofMembership(member: ASTNode, list: ASTNode, args: JsonObject): Change[] {
  const path = argumentOf(member);
  if (path && list.op === "list") {
    const known = list.args
      .flatMap((one) => (one.op === "value" ? [literal(one)] : []))
      .filter((one) => one !== undefined);
    const value = valueAt(args, path);
    const named = known.map((one) => (typeof one === "string" ? `“${one}”` : String(one)));
    const [first] = known;
    if (first === undefined) return [];
    if (known.includes(value ?? null))
      return [
        set(
          path,
          typeof first === "number" ? Math.max(...known.map(Number)) + 1 : "other",
          `${labelOf(path)} other than ${named.join(", ")}`,
        ),
      ];
    return [set(path, first, `${labelOf(path)} one of ${named.join(", ")}`)];
  }
  const held = argumentOf(list);
  const given = held && valueAt(args, held);
  if (!held || !Array.isArray(given) || member.op !== "value") return [];
  const one = literal(member);
  if (one === undefined) return [];
  return given.includes(one)
    ? [
        set(
          held,
          given.filter((other) => other !== one),
          `${labelOf(held)} without “${String(one)}”`,
        ),
      ]
    : [set(held, [...given, one], `${labelOf(held)} with “${String(one)}”`)];
}

/** `size(args.recipients) > 10`: fewer of them. More can not be made up. */
function sizeOf(call: ASTNode, op: Comparison, limit: ASTNode, args: JsonObject): Change[] | null {
  const inner =
    call.op === "call" && call.args[0] === "size"
      ? call.args[1][0]
      : call.op === "rcall" && call.args[0] === "size"
        ? call.args[1]
        : undefined;
  const path = argumentOf(inner);
  const count = limit.op === "value" ? literal(limit) : undefined;
  if (!path || typeof count !== "number") return null;
  const given = valueAt(args, path);
  const most = op === ">" ? count : op === ">=" ? count - 1 : null;
  if (most === null || most < 0 || (typeof given !== "string" && !Array.isArray(given)) || given.length <= most)
    return [];
  const [one, many] = typeof given === "string" ? ["character", "characters"] : ["entry", "entries"];
  return [
    set(path, given.slice(0, most), `${labelOf(path)} with at most ${NUMBER.format(most)} ${most === 1 ? one : many}`),
  ];
}

function without(path: string[] | null, args: JsonObject): Change[] {
  const key = path?.length === 1 ? path[0] : undefined;
  if (key === undefined || !Object.hasOwn(args, key)) return [];
  const apply: Change["apply"] = (world) => {
    const { [key]: _left, ...rest } = world.request.args;
    return withArgs(world, rest);
  };
  return [{ kind: "argument", words: `No ${keyLabel(key).toLowerCase()}`, apply }];
}

function set(path: readonly string[], value: Json, words: string): Change {
  return { kind: "argument", words, apply: (world) => withArgs(world, replaced(world.request.args, path, value)) };
}

function replaced(args: JsonObject, [key, ...rest]: readonly string[], value: Json): JsonObject {
  if (key === undefined) return args;
  const inner = Object.hasOwn(args, key) ? args[key] : undefined;
  const next = rest.length === 0 ? value : replaced(isObject(inner) ? inner : {}, rest, value);
  return Object.fromEntries([...Object.entries(args).filter(([name]) => name !== key), [key, next]]);
}

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 9 });
const labelOf = (path: readonly string[]): string => keyLabel(path.join(" "));

/** Names below `args`; null for anything else. */
function argumentOf(node: ASTNode | undefined): string[] | null {
  const path = pathOf(node);
  return path && path.length > 0 ? path : null;
}

function pathOf(node: ASTNode | undefined): string[] | null {
  if (node?.op === "id") return node.args === "args" ? [] : null;
  if (node?.op === ".") {
    const path = pathOf(node.args[0]);
    return path && [...path, node.args[1]];
  }
  if (node?.op !== "[]" || node.args[1].op !== "value" || typeof node.args[1].args !== "string") return null;
  const path = pathOf(node.args[0]);
  return path && [...path, node.args[1].args];
}

function literal(node: ASTNode): Json | undefined {
  if (node.op !== "value") return undefined;
  const value: unknown = node.args;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

function valueAt(args: JsonObject, path: readonly string[]): Json | undefined {
  let current: Json | undefined = args;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
