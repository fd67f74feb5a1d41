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
  const record = recordOf([...shapes.keys()]);
  environment.registerType(name, { ctor: record.ctor, fields });
  return {
    type: name,
    convert: (value) => {
      if (!isObject(value)) return value;
      return record.make((set) => {
        for (const [key, shape] of shapes) if (Object.hasOwn(value, key)) set(key, shape.convert(value[key] ?? null));
      });
    },
  };
}

type Fill = (set: (key: string, value: unknown) => void) => void;

/**
 * The library tells values of a type by their class, and reads fields as properties, or of a Map with get(). Properties are faster;
 * they inherit nothing, so that an absent field is absent whatever it is called. The two names that mean something on every object
 * need a Map.
 */
function recordOf(keys: readonly string[]): { ctor: new () => object; make(fill: Fill): object } {
  if (keys.includes("constructor") || keys.includes("__proto__")) {
    const ctor = class extends Map<string, unknown> {};
    return {
      ctor,
      make: (fill) => {
        const instance = new ctor();
        fill((key, value) => void instance.set(key, value));
        return instance;
      },
    };
  }
  const ctor = class {
    [key: string]: unknown;
  };
  Object.setPrototypeOf(ctor.prototype, null);
  return {
    ctor,
    make: (fill) => {
      const instance = new ctor();
      fill((key, value) => {
        instance[key] = value;
      });
      return instance;
    },
  };
}
