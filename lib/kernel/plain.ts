import type { Json } from "@/lib/kernel/json";

/** A value as JSON carries it to the browser: times are ISO text. */
export type Plain<T> = T extends Json
  ? T
  : T extends Date
    ? string
    : T extends readonly (infer Item)[]
      ? Plain<Item>[]
      : T extends object
        ? { [Key in keyof T]: Plain<T[Key]> }
        : T;

/** Makes it so. For what holds neither bigints nor functions. */
export const plain = <T>(value: T): Plain<T> => JSON.parse(JSON.stringify(value));
