import type { Environment } from "@marcbachmann/cel-js";

import { canonical } from "@/lib/kernel/canonical";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { memo } from "@/lib/kernel/memo";
import { CONDITION_BASE } from "@/lib/policies/cel/environment";
import { toCel } from "@/lib/policies/cel/values";

/** How conditions see one action's arguments: the type of `args`, and how JSON becomes a value of it. */
export interface ArgsTyping {
  /** The same for the same schema: part of the key under which a compiled condition is remembered. */
  readonly key: string;
  readonly environment: Environment;
  convert(args: JsonObject): unknown;
}

interface Shape {
  type: string;
  convert(value: Json): unknown;
}

const DYNAMIC: Shape = { type: "dyn", convert: (value) => toCel(value) };
const same = (type: string): Shape => ({ type, convert: (value) => value });
const SCALARS: Record<string, Shape> = {
  string: same("string"),
  number: same("double"),
  boolean: same("bool"),
  integer: { type: "int", convert: (value) => (Number.isInteger(value) ? BigInt(value as number) : value) },
};

/** Arguments of which nothing is known: any object. */
export const UNTYPED: ArgsTyping = {
  key: "",
  environment: CONDITION_BASE.clone().registerVariable("args", "map<string, dyn>"),
  convert: (args) => toCel(args),
};

const typed = memo<ArgsTyping>(2_000, (key) => {
  const environment = CONDITION_BASE.clone();
  const shape = shapeOf(JSON.parse(key) as Json, "Args", environment, 0);
  if (shape.type !== "Args") return UNTYPED;
  environment.registerVariable("args", "Args");
  return { key, environment, convert: (args) => shape.convert(args) };
});

/** The typing that an action's JSON Schema gives. What the schema leaves open, or says in a way that CEL has no type for, is `dyn`. */
export const argsTyping = (schema: Json): ArgsTyping => (isObject(schema) ? typed(canonical(schema)) : UNTYPED);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function shapeOf(schema: Json | undefined, name: string, environment: Environment, depth: number): Shape {
  if (!isObject(schema) || depth > 8) return DYNAMIC;
  if (typeof schema.type === "string") {
    const scalar = SCALARS[schema.type];
    if (scalar) return scalar;
    if (schema.type === "array") return listOf(shapeOf(schema.items, `${name}.items`, environment, depth + 1));
    if (schema.type === "object") return objectOf(schema, name, environment, depth);
  }
  if (Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === "string")) return same("string");
  return DYNAMIC;
}

/** Keys may hold dots; names of types must not clash. */
const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll(".", "~1");

function listOf(element: Shape): Shape {
  return {
    type: `list<${element.type}>`,
    convert: (value) => (Array.isArray(value) ? value.map((one) => element.convert(one)) : value),
  };
}

function objectOf(schema: JsonObject, name: string, environment: Environment, depth: number): Shape {
  if (!isObject(schema.properties)) return { type: "map<string, dyn>", convert: (value) => toCel(value) };
  const shapes = new Map<string, Shape>();
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, inner] of Object.entries(schema.properties)) {
    const shape = shapeOf(inner, `${name}.${escaped(key)}`, environment, depth + 1);
    shapes.set(key, shape);
    fields[key] = shape.type;
  }
  const { ctor, fill } = recordOf(shapes);
  environment.registerType(name, { ctor, fields });
  return { type: name, convert: (value) => (isObject(value) ? fill(value) : value) };
}

/**
 * The library tells values of a type by their class, and reads fields as properties, or of a Map with get(). Properties are faster;
 * they inherit nothing, so that an absent field is absent whatever it is called. The two names that mean something on every object
 * need a Map.
 */
function recordOf(shapes: ReadonlyMap<string, Shape>): { ctor: new () => object; fill(value: JsonObject): object } {
  const fields = [...shapes].map(([key, { convert }]) => ({ key, convert }));
  if (shapes.has("constructor") || shapes.has("__proto__")) {
    const ctor = class extends Map<string, unknown> {};
    const fill = (value: JsonObject): object => {
      const instance = new ctor();
      for (const { key, convert } of fields)
        if (Object.hasOwn(value, key)) instance.set(key, convert(value[key] ?? null));
      return instance;
    };
    return { ctor, fill };
  }
  const ctor = class {
    [key: string]: unknown;
  };
  Object.setPrototypeOf(ctor.prototype, null);
  const fill = (value: JsonObject): object => {
    const instance = new ctor();
    for (const { key, convert } of fields) if (Object.hasOwn(value, key)) instance[key] = convert(value[key] ?? null);
    return instance;
  };
  return { ctor, fill };
}
