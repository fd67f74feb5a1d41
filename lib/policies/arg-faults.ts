import type { ASTNode } from "@marcbachmann/cel-js";

import type { Json, JsonObject } from "@/lib/kernel/json";
import { childrenOf } from "@/lib/policies/cel/analyse";
import { positionOf, type ConditionFault } from "@/lib/policies/cel/condition";
import { syntaxOf } from "@/lib/policies/cel/expression";
import { UNTYPED } from "@/lib/policies/cel/typing";

/** An argument as a condition reads it: `args.address.city` → ["address", "city"]. */
interface ReadArgument {
  path: readonly string[];
  /** Of its last name. */
  offset: number;
}

/**
 * The first argument that a condition reads and that none of these schemas has: a typo. A schema that lists no properties has every
 * argument; without any schema nothing is known. This also sees what type-checking lets through: `has(args.amuont)`, and rules about a
 * pattern, whose arguments have no types since they differ from action to action.
 */
export function argumentFault(text: string, schemas: readonly Json[]): ConditionFault | null {
  if (schemas.length === 0) return null;
  const unknown = argumentsRead(text).find(({ path }) => !schemas.some((schema) => mayHave(schema, path)));
  if (!unknown) return null;
  const whose = schemas.length === 1 ? "the action has" : "none of the actions has";
  const negated = schemas.length === 1 ? "no argument" : "an argument";
  return { ...positionOf(text, unknown.offset), message: `${whose} ${negated} ${unknown.path.join(".")}` };
}

function mayHave(schema: Json | undefined, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined || !isObject(schema) || !isObject(schema.properties)) return true;
  return Object.hasOwn(schema.properties, key) && mayHave(schema.properties[key], rest);
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function argumentsRead(text: string): ReadArgument[] {
  const root = syntaxOf(text, UNTYPED);
  if (!root) return [];
  const found: ReadArgument[] = [];
  let shadowed = false;
  const visit = (node: ASTNode): void => {
    // A loop whose variable is called `args` means another thing by that name.
    if (node.op === "rcall") shadowed ||= node.args[2][0]?.op === "id" && node.args[2][0].args === "args";
    const path = pathOf(node);
    if (path && path.length > 0) found.push({ path, offset: offsetOf(node, text) });
    // The longest comes first, so that a name below an unknown one is not what is complained about.
    for (const [child] of childrenOf(node)) visit(child);
  };
  visit(root);
  return shadowed ? [] : found.toSorted((a, b) => a.path.length - b.path.length || a.offset - b.offset);
}

/** Names from `args` down to what a node reads; null when it reads something else, or computes a name. */
function pathOf(node: ASTNode): string[] | null {
  if (node.op === "id") return node.args === "args" ? [] : null;
  if (node.op === ".") return appended(pathOf(node.args[0]), node.args[1]);
  if (node.op !== "[]") return null;
  const key = node.args[1];
  return key.op === "value" && typeof key.args === "string" ? appended(pathOf(node.args[0]), key.args) : null;
}

const appended = (path: string[] | null, key: string): string[] | null => path && [...path, key];

function offsetOf(node: ASTNode, text: string): number {
  if (node.op === "[]") return node.args[1].start;
  if (node.op !== ".") return node.start;
  const at = node.end - node.args[1].length;
  return text.slice(at, node.end) === node.args[1] ? at : node.start;
}
