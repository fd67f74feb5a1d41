"use client";
import { useEffect } from "react";

const TITLE = "Inbox · Remit";

/** "(12) Inbox · Remit": how much waits stands in the tab, also while another one is looked at. */
export function useTitleCount(count: number): void {
  // With each rendering: the page's own title is written anew by a refresh.
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${TITLE}` : TITLE;
  });
}
