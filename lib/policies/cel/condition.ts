import { EvaluationError, type ParseError, type ParseResult } from "@marcbachmann/cel-js";

import { memo } from "@/lib/kernel/memo";
import { analyse, factSourceOf, type Analysis, type Refusal } from "@/lib/policies/cel/analyse";
import { CONDITION_MAX } from "@/lib/policies/cel/environment";
import { isExhausted } from "@/lib/policies/cel/meter";
import { meterLoops } from "@/lib/policies/cel/metering";
import type { ArgsTyping } from "@/lib/policies/cel/typing";

/** Why a condition is refused, and where: lines and columns count from 1. */
export interface ConditionFault {
  line: number;
  column: number;
  message: string;
}

/** A condition that parsed, type-checked and stays within bounds. */
export interface Program {
  readonly analysis: Analysis;
  readonly run: (variables: object) => Outcome;
}

/** What a condition says of a request. Errors are data: the caller decides what an error means. */
export type Outcome =
  | { kind: "value"; value: boolean }
  | { kind: "error"; message: string; missingFactOf: string | null; missingFact: boolean };

export type Compiled = { ok: true; program: Program } | { ok: false; fault: ConditionFault };

const byTyping = new Map<string, (text: string) => Compiled>();
const TYPINGS_MAX = 2_000;
const TEXTS_MAX = 2_000;

/** Compiles a condition for actions of this typing; the same text and typing are compiled once. Pure, never throws. */
export function compileCondition(text: string, typing: ArgsTyping): Compiled {
  let compile = byTyping.get(typing.key);
  if (!compile) {
    if (byTyping.size >= TYPINGS_MAX) byTyping.clear();
    compile = memo(TEXTS_MAX, (one: string) => compileFresh(one, typing));
    byTyping.set(typing.key, compile);
  }
  return compile(text);
}

function compileFresh(text: string, typing: ArgsTyping): Compiled {
  if (text.length > CONDITION_MAX)
    return refused(text, { offset: 0, message: `a condition has at most ${CONDITION_MAX} characters` });
  let parsed: ParseResult;
  try {
    parsed = typing.environment.parse(text);
  } catch (cause) {
    return refused(text, faultOf(cause));
  }
  const analysis = analyse(parsed.ast);
  if (analysis.refusal) return refused(text, analysis.refusal);
  const check = parsed.check();
  if (!check.valid) return refused(text, faultOf(check.error));
  if (check.type !== "bool" && check.type !== "dyn") {
    return refused(text, {
      offset: 0,
      message: `a condition is true or false, this is ${check.type ?? "something else"}`,
    });
  }
  meterLoops(analysis.loops);
  return { ok: true, program: { analysis, run: (variables) => run(parsed, variables) } };
}

function run(parsed: ParseResult, variables: object): Outcome {
  try {
    const value: unknown = parsed(variables);
    if (isExhausted()) return failed("the rules loop too often over this request");
    if (value === true) return TRUE;
    return value === false ? FALSE : failed("the condition is neither true nor false");
  } catch (cause) {
    if (!(cause instanceof EvaluationError)) return failed(cause instanceof Error ? cause.message : "it failed");
    if (cause.code !== "no_such_key") return failed(cause.summary);
    const source = factSourceOf(cause.node);
    return { ...failed(cause.summary), missingFact: source.reads, missingFactOf: source.actionId };
  }
}

const TRUE: Outcome = { kind: "value", value: true };
const FALSE: Outcome = { kind: "value", value: false };

const failed = (message: string): Extract<Outcome, { kind: "error" }> => ({
  kind: "error",
  message: message.slice(0, 200),
  missingFactOf: null,
  missingFact: false,
});

function faultOf(cause: unknown): Refusal {
  if (cause instanceof Error && "summary" in cause && "range" in cause) {
    const { summary, range } = cause as ParseError;
    return { offset: range?.start ?? 0, message: summary };
  }
  return { offset: 0, message: cause instanceof Error ? cause.message : "not a condition" };
}

const refused = (text: string, refusal: Refusal): Compiled => ({
  ok: false,
  fault: { ...positionOf(text, refusal.offset), message: refusal.message },
});

/** Line and column of an offset, from 1. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
