"use client";
import { useMemo, useSyncExternalStore } from "react";
import { parsePreferences, type TablePreferences } from "./preferences";

const CHANGED = "remit:table-preferences";

function subscribe(listener: () => void): () => void {
  window.addEventListener("storage", listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("storage", listener);
    window.removeEventListener(CHANGED, listener);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** How this person likes this table, kept in the browser. The server renders the defaults. */
export function useTablePreferences(name: string): [TablePreferences, (next: TablePreferences) => void] {
  const key = `remit.table.${name}`;
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const preferences = useMemo(() => parsePreferences(text), [text]);
  const save = (next: TablePreferences) => {
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage is full or forbidden: the choice is not remembered, which is all that can be done.
    }
    window.dispatchEvent(new Event(CHANGED));
  };
  return [preferences, save];
}
