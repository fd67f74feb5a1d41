import { Environment } from "@marcbachmann/cel-js";

import { CEL_TYPES, CEL_VARIABLES } from "@/lib/policies/cel/variables";
import { ZONED_FUNCTIONS } from "@/lib/policies/cel/zoned";
import { regexFinds } from "@/lib/policies/cel/regex";

/** The name under which RE2 stands in for the library's own `matches`, which backtracks. See analyse.ts. */
export const SAFE_MATCHES = "matchesRe2";

/** No condition that people write comes near these. */
export const CONDITION_MAX = 4_000;
const LIMITS = { maxAstNodes: 600, maxDepth: 60, maxListElements: 300, maxMapEntries: 100, maxCallArguments: 8 };

const sync = { async: false };

/**
 * The language of conditions: CEL, strictly typed, with arithmetic between integers and doubles (JSON does not tell them apart,
 * and a rule about a share of a count should not need conversions).
 */
function language(): Environment {
  const environment = new Environment({ limits: LIMITS });
  environment.registerFunction(
    `string.${SAFE_MATCHES}(string): bool`,
    (text: string, pattern: string) => regexFinds(pattern, text),
    sync,
  );
  for (const [declaration, read] of ZONED_FUNCTIONS) environment.registerFunction(declaration, read, sync);
  const mixed: Record<string, (a: number, b: number) => number> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
  };
  for (const [operator, apply] of Object.entries(mixed)) {
    environment.registerOperator(`double ${operator} int: double`, (a: number, b: bigint) => apply(a, Number(b)));
    environment.registerOperator(`int ${operator} double: double`, (a: bigint, b: number) => apply(Number(a), b));
  }
  return environment;
}

const LANGUAGE = language();

/** What conditions of rules and grants see, without `args`. */
export const CONDITION_BASE = conditionBase();

function conditionBase(): Environment {
  const environment = LANGUAGE.clone();
  for (const [name, ctor, fields] of CEL_TYPES) environment.registerType(name, { ctor, fields });
  for (const [name, type] of Object.entries(CEL_VARIABLES)) environment.registerVariable(name, type);
  return environment;
}

/** What the expressions of facts see: the arguments and the result of one call. */
export const FACT_ENVIRONMENT = LANGUAGE.clone().registerVariable("args", "map").registerVariable("result", "dyn");
