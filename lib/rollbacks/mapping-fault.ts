import type { Json, JsonObject } from "@/lib/kernel/json";
import { fill, referencesOf, type Done, type Mapping } from "@/lib/rollbacks/mapping";

/** What the catalogue says of an action's arguments that a mapping is checked against. */
interface Arguments {
  /** Names of properties; null where any may come. */
  names: readonly string[] | null;
  required: readonly string[];
}

/** Reads the top level of a JSON Schema of arguments; null takes any object. */
export function argumentsOf(schema: Json): Arguments {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return { names: null, required: [] };
  const { properties, required, additionalProperties } = schema;
  const listed = typeof properties === "object" && properties !== null && !Array.isArray(properties);
  const open = additionalProperties !== undefined && additionalProperties !== false;
  const names = Array.isArray(required) ? required.filter((one): one is string => typeof one === "string") : [];
  return { names: listed && !open ? Object.keys(properties) : null, required: names };
}

/** The mapping in force: as stored, else arguments of the same names. */
export function mappingInForce(stored: Json, from: Arguments, to: Arguments): Mapping {
  if (stored === "$.args") return stored;
  if (typeof stored === "object" && stored !== null && !Array.isArray(stored)) return stored;
  const { names } = to;
  if (names === null) return "$.args";
  const shared = names.filter((name) => from.names === null || from.names.includes(name));
  return Object.fromEntries(shared.map((name) => [name, `$.args[${JSON.stringify(name)}]`]));
}

/**
 * Why a mapping can never make the arguments of its rollback, or null: a reference that cannot be read or leads to an argument that the
 * action has not, a property that the rollback has not, or one that it needs and nothing is said of.
 */
export function mappingFault(mapping: Mapping, from: Arguments, to: Arguments): string | null {
  for (const { at, text, reference, fault } of referencesOf(mapping)) {
    if (fault !== null) return `${at}: ${fault}`;
    const [first] = reference?.path ?? [];
    if (reference?.root === "args" && first !== undefined && from.names && !from.names.includes(String(first)))
      return `${at}: ${text} leads nowhere, the action has no argument ${first}`;
  }
  const given = mapping === "$.args" ? from.names : Object.keys(mapping);
  const unknown =
    given && mapping !== "$.args" ? given.find((name) => to.names && !to.names.includes(name)) : undefined;
  if (unknown !== undefined) return `the rollback has no argument ${unknown}`;
  const lacking = given === null ? undefined : to.required.find((name) => !given.includes(name));
  return lacking === undefined ? null : `the rollback needs ${lacking}, and nothing says what it is`;
}

/** The arguments of a rollback, or why they cannot be made of what was done. What is optional and not there is left out. */
export function deriveArguments(
  mapping: Mapping,
  to: Arguments,
  done: Done,
): { ok: true; args: JsonObject } | { ok: false; message: string } {
  const { args, missing } = fill(mapping, done);
  const needed = missing.find(({ at }) => !(to.names?.includes(at) && !to.required.includes(at)));
  if (!needed) return { ok: true, args };
  const message =
    needed.reference.startsWith("$.result") && done.result === undefined
      ? `The agent has not reported what came of it, and ${needed.at} follows from that.`
      : `${needed.at} follows from ${needed.reference}, which is not there.`;
  return { ok: false, message };
}
