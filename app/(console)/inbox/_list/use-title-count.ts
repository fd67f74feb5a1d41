"use client";
import { useEffect } from "react";

const TITLE = "Inbox · Remit";

/** Writing it costs the browser milliseconds, which the next item must not wait for. */
const REST_MS = 100;

/** "(12) Inbox · Remit": how much waits stands in the tab, also while another one is looked at. */
export function useTitleCount(count: number): void {
  // With each rendering: the page's own title is written anew by a refresh.
  useEffect(() => {
    const title = count > 0 ? `(${count}) ${TITLE}` : TITLE;
    if (document.title === title) return undefined;
    const timer = setTimeout(() => {
      document.title = title;
    }, REST_MS);
    return () => clearTimeout(timer);
  });
}
