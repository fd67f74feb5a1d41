import type { ASTNode } from "@marcbachmann/cel-js";

import { compileRegex } from "@/lib/policies/cel/regex";
import { SAFE_MATCHES } from "@/lib/policies/cel/environment";
import { zonedName, zoneFault } from "@/lib/policies/cel/zoned";

/** Which actions' facts a condition reads; "all" when it computes their names. */
type FactSources = "all" | ReadonlySet<string>;

/** Why a condition that parses is refused; `offset` counts characters of its text. */
export interface Refusal {
  offset: number;
  message: string;
}

export interface Analysis {
  factSources: FactSources;
  /** Offsets of the fact sources that are written out, to name the place of a typo. */
  factOffsets: readonly { actionId: string; offset: number }[];
  /** Names of top-level arguments that are read: `args.amount`, `args["amount"]`. */
  argNames: readonly { name: string; offset: number }[];
  /** Bodies and ranges of loops, to be metered. */
  loops: readonly { range: ASTNode; bodies: readonly ASTNode[] }[];
  refusal: Refusal | null;
}

const LOOPS = new Set(["all", "exists", "exists_one", "map", "filter"]);
const NESTING_MAX = 2;

/**
 * Reads the syntax tree of a condition: refuses what could cost too much, finds what it depends on, and replaces calls of
 * `matches`, whose library version backtracks, by RE2, and readings of a clock in a zone by ones that are right. The tree has not been checked or run yet: names resolve afterwards.
 */
export function analyse(root: ASTNode): Analysis {
  const sources = new Set<string>();
  const factOffsets: { actionId: string; offset: number }[] = [];
  const argNames: { name: string; offset: number }[] = [];
  const loops: { range: ASTNode; bodies: ASTNode[] }[] = [];
  let all = false;
  let refusal: Refusal | null = null;
  const refuse = (node: ASTNode, message: string): void => {
    refusal ??= { offset: node.start, message };
  };

  const visit = (node: ASTNode, nesting: number, inAccess: boolean): void => {
    const foreign = foreignTo(node);
    if (foreign !== null) refuse(node, foreign);
    if (node.op === "id" && node.args === "facts" && !inAccess) all = true;
    if (node.op === "id" && node.args === "cel") refuse(node, "cel.bind is not part of the language of rules");
    const access = accessOf(node);
    if (access && access.of.op === "id") {
      if (access.of.args === "facts") {
        if (access.key === null) all = true;
        else {
          sources.add(access.key);
          factOffsets.push({ actionId: access.key, offset: node.start });
        }
      }
      if (access.of.args === "args" && access.key !== null) argNames.push({ name: access.key, offset: node.start });
    }
    if (node.op === "rcall") {
      const [name, receiver, args] = node.args;
      if (name === "matches" || name === SAFE_MATCHES) {
        const pattern = args[0];
        if (pattern?.op !== "value" || typeof pattern.args !== "string") {
          refuse(node, "matches needs its pattern written out as a text");
        } else {
          const compiled = compileRegex(pattern.args);
          if (!compiled.ok) refuse(pattern, compiled.message);
        }
        node.args[0] = SAFE_MATCHES;
      }
      const zoned = zonedName(name, args.length);
      if (zoned !== null) {
        const fault = zoneFault(args[0]);
        if (fault !== null) refuse(args[0] ?? node, fault);
        node.args[0] = zoned;
      }
      if (LOOPS.has(name)) {
        if (nesting >= NESTING_MAX) refuse(node, `loops are nested at most ${NESTING_MAX} deep`);
        const bodies = args.slice(1);
        loops.push({ range: receiver, bodies });
        visit(receiver, nesting, false);
        for (const body of bodies) visit(body, nesting + 1, false);
        return;
      }
    }
    for (const [child, accessed] of childrenOf(node)) visit(child, nesting, accessed);
  };
  visit(root, 0, false);
  return { factSources: all ? "all" : sources, factOffsets, argNames, loops, refusal };
}

/** Finer than this is cut off by the library's times. */
const FINER_THAN_MS = /\.\d{3}\d*[1-9]/;

/**
 * What the language of rules leaves out, because no request brings it and the library does not treat it as CEL says: bytes and
 * unsigned integers, integers that JSON's numbers do not hold exactly, times finer than a millisecond.
 */
function foreignTo(node: ASTNode): string | null {
  if (node.op === "call") {
    const [name, [first]] = node.args;
    if (name === "bytes" || name === "uint") return `${name} is not part of the language of rules`;
    if (name === "timestamp" && first?.op === "value" && FINER_THAN_MS.test(String(first.args)))
      return "times are exact to the millisecond";
  }
  if (node.op !== "value") return null;
  const value: unknown = node.args;
  // The library's own classes: the rest are primitives.
  if (typeof value === "object" && value !== null)
    return "bytes and unsigned integers are not part of the language of rules";
  const isExact = typeof value !== "bigint" || Number.isSafeInteger(Number(value));
  return isExact ? null : "the number is larger than JSON holds exactly";
}

/** What a node reads a member of, and the member's name where it is written out. */
function accessOf(node: ASTNode): { of: ASTNode; key: string | null } | null {
  if (node.op === ".") return { of: node.args[0], key: node.args[1] };
  if (node.op !== "[]") return null;
  const key = node.args[1];
  return { of: node.args[0], key: key.op === "value" && typeof key.args === "string" ? key.args : null };
}

/** Every sub-expression, and whether it is the thing that a member is read of. */
export function childrenOf(node: ASTNode): [ASTNode, boolean][] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [[node.args[0], true]];
    case "[]":
    case "[?]":
      return [
        [node.args[0], true],
        [node.args[1], false],
      ];
    case "call":
      return node.args[1].map((one) => [one, false]);
    case "rcall":
      return [node.args[1], ...node.args[2]].map((one) => [one, false]);
    case "map":
      return node.args.flat().map((one) => [one, false]);
    case "!_":
    case "-_":
      return [[node.args, false]];
    default:
      return node.args.map((one) => [one, false]);
  }
}

/** The action whose facts an expression reads: `facts["crm.read_account"][args.id].tier` → `crm.read_account`; null when none, or computed. */
export function factSourceOf(node: ASTNode | undefined): { reads: boolean; actionId: string | null } {
  let current = node;
  while (current && (current.op === "." || current.op === "[]")) {
    const access = accessOf(current);
    if (access?.of.op === "id")
      return { reads: access.of.args === "facts", actionId: access.of.args === "facts" ? access.key : null };
    current = access?.of;
  }
  return { reads: current?.op === "id" && current.args === "facts", actionId: null };
}
