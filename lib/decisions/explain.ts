import { serialize, type ASTNode } from "@marcbachmann/cel-js";

import type { Json } from "@/lib/kernel/json";
import { childrenOf } from "@/lib/policies/cel/analyse";
import { compileCondition } from "@/lib/policies/cel/condition";
import { syntaxOf, valueOf } from "@/lib/policies/cel/expression";
import { refill } from "@/lib/policies/cel/meter";
import type { ArgsTyping } from "@/lib/policies/cel/typing";

export type Truth = "true" | "false" | "error";

/** A part of a condition: how it reads, where it stands, and what it came to for one request. */
export interface Part {
  /** Of the condition's text, brackets around it included. */
  start: number;
  end: number;
  /** How its parts come together; a test has none. */
  kind: "all" | "any" | "not" | "choice" | "test";
  truth: Truth;
  parts: Part[];
  /** Of a test: what it looked at. */
  reads: Read[];
  /** Of a test that could not be evaluated: why. */
  error: string | null;
}

/** What a test looked at: `args.amount` → 1250. */
export interface Read {
  text: string;
  /** Absent: the request has no such value. */
  value?: Json;
}

/** How many values one test shows. */
const READS_MAX = 6;
const LOOPS = new Set(["all", "exists", "exists_one", "map", "filter"]);
const COMPARISONS = new Set<ASTNode["op"]>(["==", "!=", "<", "<=", ">", ">=", "in"]);

/**
 * Takes a condition apart for one request: each part with what it came to, so that a page can mark what held. The parts come to what
 * the whole does, by CEL's own rules: an error beside a false `&&` or a true `||` does not count. Null when the text does not parse.
 */
export function explainCondition(text: string, typing: ArgsTyping, variables: object): Part | null {
  const root = syntaxOf(text, typing);
  return root && partOf(root, { text, typing, variables });
}

interface Source {
  text: string;
  typing: ArgsTyping;
  variables: object;
}

function partOf(node: ASTNode, source: Source): Part {
  switch (node.op) {
    case "&&":
      return joined("all", node, flat(node, "&&"), source);
    case "||":
      return joined("any", node, flat(node, "||"), source);
    case "!_":
      return joined("not", node, [node.args], source);
    case "?:":
      return joined("choice", node, node.args, source);
    default:
      return test(node, source);
  }
}

/** `a && b && c` is one list of three. */
function flat(node: ASTNode, op: "&&" | "||"): ASTNode[] {
  return node.op === op ? [...flat(node.args[0], op), ...flat(node.args[1], op)] : [node];
}

function joined(
  kind: "all" | "any" | "not" | "choice",
  node: ASTNode,
  nodes: readonly ASTNode[],
  source: Source,
): Part {
  const parts = nodes.map((one) => partOf(one, source));
  const truths = parts.map((part) => part.truth);
  return { ...placeOf(node, source.text), kind, truth: TRUTHS[kind](truths), parts, reads: [], error: null };
}

const NEGATED: Record<Truth, Truth> = { true: "false", false: "true", error: "error" };
const TRUTHS = {
  all: (parts: readonly Truth[]): Truth => first(parts, "false", "error") ?? "true",
  any: (parts: readonly Truth[]): Truth => first(parts, "true", "error") ?? "false",
  not: ([part = "error"]: readonly Truth[]): Truth => NEGATED[part],
  choice: ([asked, yes = "error", no = "error"]: readonly Truth[]): Truth =>
    asked === "true" ? yes : asked === "false" ? no : "error",
};
const first = (parts: readonly Truth[], ...wanted: Truth[]): Truth | undefined =>
  wanted.find((one) => parts.includes(one));

function test(node: ASTNode, source: Source): Part {
  const { text, typing, variables } = source;
  const compiled = compileCondition(written(node, source), typing);
  refill();
  const outcome = compiled.ok
    ? compiled.program.run(variables)
    : { kind: "error" as const, message: compiled.fault.message };
  const reads = readsOf(node).map((one): Read => {
    const place = placeOf(one, text);
    const value = valueOf(written(one, source), typing, variables);
    return { text: text.slice(place.start, place.end), ...(value !== undefined && { value }) };
  });
  return {
    ...placeOf(node, text),
    kind: "test",
    truth: outcome.kind === "value" ? (outcome.value ? "true" : "false") : "error",
    parts: [],
    reads: distinct(reads).slice(0, READS_MAX),
    error: outcome.kind === "error" ? outcome.message : null,
  };
}

const distinct = (reads: readonly Read[]): Read[] => [...new Map(reads.map((read) => [read.text, read])).values()];

/** What a test looks at: the sides of a comparison that are computed, then whatever is read of the request. */
function readsOf(node: ASTNode): ASTNode[] {
  const sides = COMPARISONS.has(node.op) ? childrenOf(node).map(([side]) => side) : [];
  const computed = sides.filter((side) => side.op !== "value" && chainsIn(side).length > 0);
  return [...computed, ...chainsIn(node)];
}

/** Maximal chains such as `args.address.city`. What a loop's body reads changes with each step, so that it is left out. */
function chainsIn(node: ASTNode): ASTNode[] {
  if (isChain(node)) return node.op === "id" && node.args !== "now" ? [] : [node];
  if (node.op === "rcall" && LOOPS.has(node.args[0])) return chainsIn(node.args[1]);
  return childrenOf(node).flatMap(([child]) => chainsIn(child));
}

function isChain(node: ASTNode): boolean {
  if (node.op === "id") return true;
  return (node.op === "." || node.op === "[]") && isChain(node.args[0]);
}

/**
 * A part as a condition of its own: as it was written, since the library prints numbers with nine digits after the point and none above
 * 1e21. Where its place in the text is not certain, as the library prints it.
 */
function written(node: ASTNode, { text, typing }: Source): string {
  const { start, end } = placeOf(node, text);
  const own = text.slice(start, end);
  const again = syntaxOf(own, typing);
  const printed = serialize(node);
  return again && serialize(again) === printed ? own : printed;
}

/** Where a part stands. The library's ranges leave out brackets around what stands at their edge, so that some hold half of a pair. */
function placeOf(node: ASTNode, text: string): { start: number; end: number } {
  let { start, end } = node;
  for (;;) {
    const { opening, closing } = unpaired(text.slice(start, end));
    const before = opening < closing ? text.slice(0, start).search(/\(\s*$/) : -1;
    const after = opening > closing ? /^\s*\)/.exec(text.slice(end)) : null;
    if (before >= 0) start = before;
    else if (after) end += after[0].length;
    else return { start, end };
  }
}

/** What may hold brackets that are none: comments, and strings of every kind that CEL has. */
const OPAQUE = [
  String.raw`\/\/[^\n]*`,
  String.raw`\b[bB]?[rR][bB]?(?:"""[^]*?"""|'''[^]*?'''|"[^"]*"|'[^']*')`,
  String.raw`"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''`,
  String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`,
].join("|");
const BRACKETS = new RegExp(`${OPAQUE}|[()]`, "g");

/** Brackets of a text without their partner, those inside quotes and comments aside. */
function unpaired(text: string): { opening: number; closing: number } {
  let [opening, closing] = [0, 0];
  for (const [token] of text.matchAll(BRACKETS)) {
    if (token === "(") opening += 1;
    else if (token === ")" && opening > 0) opening -= 1;
    else if (token === ")") closing += 1;
  }
  return { opening, closing };
}
