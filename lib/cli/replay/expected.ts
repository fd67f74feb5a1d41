import { canonical, type JsonObject } from "@/lib/kernel/json";

/** A tool call by name and arguments, as a transcript expects it or as it was made. */
export interface Call {
  name: string;
  args: JsonObject;
}

/** Whether a call that succeeded is one of those that a correct run makes: same name, same arguments whatever their order. */
export const isExpected = (call: Call, expected: readonly Call[]): boolean =>
  expected.some((one) => one.name === call.name && canonical(one.args) === canonical(call.args));

/** How a wrong write went wrong, as far as what was expected tells. */
export type Fault =
  /** The right thing done with other values: which arguments differ. */
  | { kind: "other_values"; arguments: string[] }
  /** Nothing of the kind was to be done to this, though other writes were. */
  | { kind: "not_expected" }
  /** A correct run changes nothing at all: the customer should have been refused. */
  | { kind: "nothing_expected" };

export function faultOf(call: Call, expected: readonly Call[], isWrite: (name: string) => boolean): Fault {
  if (!expected.some((one) => isWrite(one.name))) return { kind: "nothing_expected" };
  const nearest = expected
    .filter((one) => one.name === call.name && sharesTarget(one, call))
    .map((one) => differing(one, call))
    .toSorted((a, b) => a.length - b.length)[0];
  return nearest ? { kind: "other_values", arguments: nearest } : { kind: "not_expected" };
}

/** Names of the same thing: the first argument that both have, as interfaces put what an action is about first. */
function sharesTarget(a: Call, b: Call): boolean {
  const [key] = Object.keys(b.args);
  return key !== undefined && same(a, b, key);
}

const same = (a: Call, b: Call, key: string): boolean =>
  key in a.args && key in b.args && canonical(a.args[key] ?? null) === canonical(b.args[key] ?? null);

const differing = (a: Call, b: Call): string[] =>
  [...new Set([...Object.keys(a.args), ...Object.keys(b.args)])].filter((key) => !same(a, b, key)).toSorted();
