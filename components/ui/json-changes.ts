import type { Json } from "./json-text";

export type JsonChange =
  | { kind: "added"; path: string; after: Json }
  | { kind: "removed"; path: string; before: Json }
  | { kind: "changed"; path: string; before: Json; after: Json };

const isContainer = (value: Json): value is readonly Json[] | { readonly [key: string]: Json | undefined } =>
  value !== null && typeof value === "object";

function pathOf(parent: string, key: string, inArray: boolean): string {
  if (inArray) return `${parent}[${key}]`;
  const plain = /^[A-Za-z_][\w-]*$/.test(key);
  if (!plain) return `${parent}[${JSON.stringify(key)}]`;
  return parent === "" ? key : `${parent}.${key}`;
}

/**
 * What differs between two JSON values, by path ("boundary.systems[0]"), in the order of the fields. Arrays are
 * compared by position. Equal values give an empty list; the path of the whole value is "".
 */
export function jsonChanges(before: Json, after: Json, path = ""): JsonChange[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ kind: "changed", path, before, after }];
  }
  const old = new Map(Object.entries(before).filter(([, value]) => value !== undefined));
  const now = new Map(Object.entries(after).filter(([, value]) => value !== undefined));
  const changes: JsonChange[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const childPath = pathOf(path, key, Array.isArray(before));
    const [left, right] = [old.get(key), now.get(key)];
    if (left === undefined && right !== undefined) changes.push({ kind: "added", path: childPath, after: right });
    else if (right === undefined && left !== undefined)
      changes.push({ kind: "removed", path: childPath, before: left });
    else if (left !== undefined && right !== undefined) changes.push(...jsonChanges(left, right, childPath));
  }
  return changes;
}
