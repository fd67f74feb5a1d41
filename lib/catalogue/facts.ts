import type { ParseResult } from "@marcbachmann/cel-js";

import { factSchema, type Fact } from "@/lib/catalogue/schemas";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { memo } from "@/lib/kernel/memo";
import { analyse } from "@/lib/policies/cel/analyse";
import { FACT_ENVIRONMENT } from "@/lib/policies/cel/environment";
import { refill } from "@/lib/policies/cel/meter";
import { meterLoops } from "@/lib/policies/cel/metering";
import { fromCel, toCel } from "@/lib/policies/cel/values";

/** Longer keys name nothing that a rule could look up. */
const KEY_MAX = 256;
/** A result as text is read as JSON up to the size of a request. */
const TEXT_MAX = 1_048_576;

type Expression = { ok: true; run(variables: object): unknown } | { ok: false; message: string };

const compile = memo<Expression>(2_000, (text) => {
  try {
    const parsed: ParseResult = FACT_ENVIRONMENT.parse(text);
    const { refusal, loops } = analyse(parsed.ast);
    if (refusal) return { ok: false, message: refusal.message };
    const check = parsed.check();
    if (!check.valid) return { ok: false, message: check.error?.summary ?? "not an expression" };
    meterLoops(loops);
    return { ok: true, run: (variables) => parsed(variables) as unknown };
  } catch (cause) {
    const message = cause instanceof Error && "summary" in cause ? String(cause.summary) : "not an expression";
    return { ok: false, message };
  }
});

/** Why a definition of a fact is refused, or null. Both parts are CEL over `args` and `result`. */
export function factFault(fact: Fact): { field: "key" | "value"; message: string } | null {
  for (const field of ["key", "value"] as const) {
    const compiled = compile(fact[field]);
    if (!compiled.ok) return { field, message: compiled.message };
  }
  return null;
}

/**
 * What the result of one call teaches the run: `facts[action][key] = value`, or null when the action yields nothing, or this
 * result has no such part. A result that is a text with JSON in it is read as JSON. Total.
 */
export function factOf(stored: Json, args: JsonObject, result: Json): { key: string; value: Json } | null {
  const fact = factSchema.safeParse(stored);
  if (!fact.success) return null;
  try {
    const variables = { args: toCel(args), result: toCel(readJson(result)) };
    const key = evaluate(fact.data.key, variables);
    const value = evaluate(fact.data.value, variables);
    if (typeof key !== "string" && typeof key !== "number" && typeof key !== "boolean") return null;
    const text = String(key);
    return value === undefined || text.length > KEY_MAX ? null : { key: text, value };
  } catch {
    return null;
  }
}

function evaluate(text: string, variables: object): Json | undefined {
  const compiled = compile(text);
  if (!compiled.ok) return undefined;
  refill();
  return fromCel(compiled.run(variables));
}

/** A result as it is meant: agents' frameworks pass JSON on as text. */
export function readJson(result: Json): Json {
  if (typeof result !== "string" || result.length > TEXT_MAX || !/^\s*[[{]/.test(result)) return result;
  try {
    return JSON.parse(result) as Json;
  } catch {
    return result;
  }
}
