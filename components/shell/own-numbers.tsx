"use client";
import { createContext, use, useEffect } from "react";
import type { NavCounts } from "./nav";

/** Numbers of the shell that a page knows better than the last rendering by the server. */
export interface OwnNumbers {
  counts: NavCounts;
  unread: number | undefined;
}

export const OwnNumbersContext = createContext<(own: OwnNumbers | null) => void>(() => undefined);

/** The shell follows what a person does on the page; the page does not wait for it. */
const AFTER_MS = 50;

/** Shows these numbers in the shell while the calling component is mounted: it keeps them fresh by itself. */
export function useOwnNumbers({ inbox, unread }: { inbox: number; unread: number | undefined }): void {
  const set = use(OwnNumbersContext);
  useEffect(() => {
    const timer = setTimeout(() => set({ counts: { inbox }, unread }), AFTER_MS);
    return () => clearTimeout(timer);
  }, [set, inbox, unread]);
  useEffect(() => () => set(null), [set]);
}
