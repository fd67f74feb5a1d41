"use client";
import { useEffect } from "react";
import type { Item } from "@/lib/inbox/item";
import { prefetchPanels } from "../_panel/panel-store";
import { placeIn } from "./list-state";

/** So many of the next items, and the one before, are read ahead: whoever decides twice a second never waits. */
const AHEAD = 5;
/** Those that are run past are not read. */
const REST_MS = 40;

/** Reads the evidence of what comes next, while this one is looked at. */
export function usePrefetch(items: readonly Item[], current: Item | null): void {
  useEffect(() => {
    if (current === null) return;
    const timer = setTimeout(() => {
      const at = placeIn(items, current);
      const next = items.slice(at, at + AHEAD + 1);
      const before = items[at - 1];
      prefetchPanels([...next, ...(before ? [before] : [])].map((item) => item.key));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [items, current]);
}
