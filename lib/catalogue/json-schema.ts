import { z } from "zod";

import type { JsonObject } from "@/lib/kernel/json";

/** Bounds of an action's JSON Schema. */
const NODES_MAX = 2_000;
const DEPTH_MAX = 24;

/** A JSON object within the bounds of a schema; whether it is one is for `compileArgsSchema` to say. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json()).superRefine((value, context) => {
  const fault = schemaFault(value);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

/**
 * Why a JSON Schema is refused before it is compiled, or null. Checking arguments must take time linear in them, so references
 * stay within the schema and never lead back to themselves; anything that would be fetched is refused.
 */
export function schemaFault(schema: JsonObject): string | null {
  let nodes = 0;
  const open = new Set<unknown>();
  const visit = (value: unknown, depth: number): string | null => {
    if (value === null || typeof value !== "object") return null;
    nodes += 1;
    if (nodes > NODES_MAX) return `the schema has more than ${NODES_MAX} parts`;
    if (depth > DEPTH_MAX) return `the schema is nested more than ${DEPTH_MAX} deep`;
    if (open.has(value)) return "the schema refers back to itself";
    open.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if (key === "$dynamicRef" || key === "$recursiveRef") return `${key} is not supported`;
      const target = key === "$ref" && typeof inner === "string" ? resolve(schema, inner) : inner;
      if (target === undefined) return `$ref ${String(inner)} does not point into the schema`;
      const fault = visit(target, depth + 1);
      if (fault) return fault;
    }
    open.delete(value);
    return null;
  };
  return visit(schema, 0);
}

/** The part of a schema that a local JSON pointer (`#/$defs/amount`) names; undefined when there is none. */
export function resolve(schema: JsonObject, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let current: unknown = schema;
  for (const part of reference.slice(2).split("/")) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (current === null || typeof current !== "object" || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
