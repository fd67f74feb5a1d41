import { zoneOf } from "@/lib/policies/builder/zones";
import {
  group,
  negate,
  NO_CONDITION,
  row,
  type Group,
  type Item,
  type Join,
  type Row,
} from "@/lib/policies/builder/model";

/**
 * The one form of a model that its text can give back: no group in a group of the same kind, none with a single item, opposites
 * said by rows, the two halves of an hour's range as one row. It means the same as what it is made from.
 */
export function normalise(root: Group): Group {
  const [only, ...others] = normalItem(root, null);
  if (only === undefined) return NO_CONDITION;
  if (others.length > 0) return group("all", [only, ...others]);
  return only.kind === "group" ? only : group("all", [only]);
}

/** The items that stand for one item in a group that joins by `around`. */
function normalItem(item: Item, around: Join | null): Item[] {
  if (item.kind !== "group") return [item];
  const items = joinHours(
    item.join,
    item.items.flatMap((one) => normalItem(one, item.negated ? null : item.join)),
  );
  const [only] = items;
  if (only === undefined) return [];
  if (items.length > 1) {
    const unwrapped = unwrap(item, items);
    return unwrapped.kind === "group" && !unwrapped.negated && unwrapped.join === around
      ? unwrapped.items
      : [unwrapped];
  }
  if (!item.negated) return normalItem(only, around);
  if (only.kind === "group") return normalItem({ ...only, negated: !only.negated }, around);
  const opposite = only.kind === "row" ? negate(only) : null;
  return [opposite ?? group("any", [only], true)];
}

/** A negated group's items may have been flattened from a group of its own kind. */
function unwrap(item: Group, items: Item[]): Item {
  const flat = items.flatMap((one) =>
    one.kind === "group" && !one.negated && one.join === item.join ? one.items : [one],
  );
  return group(item.join, flat, item.negated);
}

/** `hour >= 9 && hour < 17` is between nine and five, `hour < 9 || hour >= 17` is outside of it. */
function joinHours(join: Join, items: readonly Item[]): Item[] {
  const result: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const merged = hoursOf(join, items[at], items[at + 1]);
    const one = items[at];
    if (merged) {
      result.push(merged);
      at += 1;
    } else if (one) result.push(one);
  }
  return result;
}

const HOURS = /^now\.getHours\((.*)\)$/;

function hoursOf(join: Join, first: Item | undefined, second: Item | undefined): Row | null {
  if (first?.kind !== "row" || second?.kind !== "row" || first.field !== second.field) return null;
  const zone = zoneOf(HOURS.exec(first.field)?.[1]);
  const [from, to] = [hourOf(first), hourOf(second)];
  const [before, after] = join === "all" ? ["greaterOrEqual", "less"] : ["less", "greaterOrEqual"];
  if (!zone || from === null || to === null || first.test.op !== before || second.test.op !== after) return null;
  if (from >= to) return null;
  return row("now", { op: "hours", not: join === "any", from, to, zone });
}

const hourOf = ({ test }: Row): number | null =>
  "value" in test && test.value.kind === "integer" && test.value.value >= 0 && test.value.value <= 24
    ? test.value.value
    : null;
