import { readFileSync } from "node:fs";
import { join } from "node:path";

import { run as runOracle } from "@bufbuild/cel";
import { describe, expect, it } from "vitest";

import { compileCondition } from "@/lib/policies/cel/condition";
import { coreVectors, type Vector } from "@/lib/policies/cel/conformance/vectors";
import { refill } from "@/lib/policies/cel/meter";
import { UNTYPED } from "@/lib/policies/cel/typing";

/** What an evaluator says: a truth, or that it does not answer. */
type Answer = boolean | "refused";

function ours({ condition }: Vector): Answer {
  refill();
  const compiled = compileCondition(condition, UNTYPED);
  if (!compiled.ok) return "refused";
  const outcome = compiled.program.run({ args: {}, now: new Date(0) });
  return outcome.kind === "value" ? outcome.value : "refused";
}

function oracle({ condition }: Vector): Answer {
  try {
    const value = runOracle(condition);
    return typeof value === "boolean" ? value : "refused";
  } catch {
    return "refused";
  }
}

const listedIn = (file: string): string[] =>
  readFileSync(join(import.meta.dirname, file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

describe("the language of conditions against the vectors of the specification", () => {
  const vectors = coreVectors();
  const answered = vectors.map((vector) => ({ vector, ours: ours(vector), oracle: oracle(vector) }));

  it("has vectors to be measured by", () => {
    expect(vectors.length).toBeGreaterThan(400);
  });

  it("agrees with @bufbuild/cel wherever both answer", () => {
    const differing = answered.filter(
      (one) => one.ours !== "refused" && one.oracle !== "refused" && one.ours !== one.oracle,
    );
    expect(differing.map((one) => `${one.vector.name}: ${one.vector.condition}`)).toEqual([]);
  });

  it("says what the specification says, or nothing; where that is an error, lenient.txt lists what it says all the same", () => {
    const wrong = answered.filter((one) => one.ours === false && !one.vector.errs);
    expect(wrong.map((one) => `${one.vector.name}: ${one.vector.condition}`)).toEqual([]);
    const lenient = answered.filter((one) => one.ours !== "refused" && one.vector.errs);
    expect(lenient.map((one) => one.vector.name)).toEqual(listedIn("lenient.txt"));
  });

  it("refuses what refused.txt lists, and nothing else", () => {
    const refused = answered.filter((one) => one.ours === "refused" && !one.vector.errs);
    expect(refused.map((one) => one.vector.name)).toEqual(listedIn("refused.txt"));
  });
});
