"use client";
import { useDeferredValue } from "react";
import type { Item } from "@/lib/inbox/item";
import { useIsHere } from "../_panel/panel-store";
import { placeIn } from "./list-state";

/** The key of the item that comes next, once its evidence has been read ahead and the page has time for it. */
export function useAhead(items: readonly Item[], current: Item | null): string | null {
  const next = current === null ? null : nextItem(items, current);
  const isHere = useIsHere(next?.key ?? null);
  return useDeferredValue(isHere ? (next?.key ?? null) : null, null);
}

function nextItem(items: readonly Item[], current: Item): Item | null {
  const at = placeIn(items, current);
  const next = items[at]?.key === current.key ? items[at + 1] : items[at];
  return next ?? null;
}
