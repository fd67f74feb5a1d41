import type { ASTNode, ParseResult } from "@marcbachmann/cel-js";

import type { Json } from "@/lib/kernel/json";
import { analyse } from "@/lib/policies/cel/analyse";
import { refill } from "@/lib/policies/cel/meter";
import { meterLoops } from "@/lib/policies/cel/metering";
import type { ArgsTyping } from "@/lib/policies/cel/typing";
import { fromCel } from "@/lib/policies/cel/values";

/** The syntax tree of a condition as it was written; null when it does not parse. Offsets are those of the text. */
export function syntaxOf(text: string, typing: ArgsTyping): ASTNode | null {
  try {
    return typing.environment.parse(text).ast;
  } catch {
    return null;
  }
}

/** What an expression of any type yields, as JSON: times as ISO 8601, spans of time as `90s`. undefined when it yields nothing. */
export function valueOf(text: string, typing: ArgsTyping, variables: object): Json | undefined {
  try {
    const parsed: ParseResult = typing.environment.parse(text);
    const { refusal, loops } = analyse(parsed.ast);
    if (refusal || !parsed.check().valid) return undefined;
    meterLoops(loops);
    refill();
    const value: unknown = parsed(variables);
    return isDuration(value) ? String(value) : fromCel(value);
  } catch {
    return undefined;
  }
}

/** The library's own class, which it does not export. */
const isDuration = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "getMilliseconds" in value && !(value instanceof Date);
