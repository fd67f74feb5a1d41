import { tests, type SerializedSuite } from "@/lib/policies/cel/conformance/suite";

/** One vector of `@bufbuild/cel-spec` as a condition: true when its expression has the value that the specification says. */
export interface Vector {
  /** `file/section/name`, numbered where the name comes again. */
  name: string;
  condition: string;
  /** The specification says that it is an error. */
  errs: boolean;
}

/** The core of the language. What is left out is about protocol buffers, optionals, or libraries that are extensions. */
const CORE = [
  "basic",
  "comparisons",
  "conversions",
  "fp_math",
  "integer_math",
  "lists",
  "logic",
  "macros",
  "parse",
  "plumbing",
  "string",
  "timestamps",
];

/** Vectors that stand alone: those with variables would test the variables of the suite, which rules do not have. */
export function coreVectors(): Vector[] {
  const seen = new Map<string, number>();
  return (tests.suites ?? [])
    .filter((suite) => CORE.includes(suite.name))
    .flatMap((suite) => vectorsOf(suite, ""))
    .map((vector) => {
      const times = (seen.get(vector.name) ?? 0) + 1;
      seen.set(vector.name, times);
      return times === 1 ? vector : { ...vector, name: `${vector.name} (${times})` };
    });
}

function vectorsOf(suite: SerializedSuite, path: string): Vector[] {
  const here = `${path}${suite.name}`;
  const own = (suite.tests ?? []).flatMap(({ original }): Vector[] => {
    const { name, expr, value, evalError, bindings, typeEnv, container } = original;
    if (bindings || typeEnv || container || /\bgoogle\.protobuf\b|\bcel\.expr\b/.test(expr)) return [];
    if (evalError) return [{ name: `${here}/${name}`, condition: `[${expr}] == []`, errs: true }];
    const literal = value === undefined ? "true" : literalOf(value);
    return literal === null ? [] : [{ name: `${here}/${name}`, condition: `(${expr}) == ${literal}`, errs: false }];
  });
  return [...own, ...(suite.suites ?? []).flatMap((inner) => vectorsOf(inner, `${here}/`))];
}

type Value = { [kind: string]: unknown };

/** An expected value as CEL writes it; null for a kind that is not of the core. */
function literalOf(value: Value): string | null {
  const [[kind, of] = ["", null]] = Object.entries(value);
  switch (kind) {
    case "nullValue":
      return "null";
    case "boolValue":
      return String(of);
    case "int64Value":
      return `(${String(of)})`;
    case "uint64Value":
      return `${String(of)}u`;
    case "doubleValue":
      return `double("${String(of)}")`;
    case "stringValue":
      return JSON.stringify(of);
    case "bytesValue":
      return `b"${[...Buffer.from(String(of), "base64")].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;
    case "listValue":
      return list((of as { values?: Value[] }).values ?? []);
    case "mapValue":
      return map((of as { entries?: { key: Value; value: Value }[] }).entries ?? []);
    default:
      return null;
  }
}

function list(values: Value[]): string | null {
  const literals = values.map(literalOf);
  return literals.includes(null) ? null : `[${literals.join(", ")}]`;
}

function map(entries: { key: Value; value: Value }[]): string | null {
  const literals = entries.flatMap(({ key, value }) => [literalOf(key), literalOf(value)]);
  if (literals.includes(null)) return null;
  return `{${entries.map((_, at) => `${literals[2 * at]}: ${literals[2 * at + 1]}`).join(", ")}}`;
}
