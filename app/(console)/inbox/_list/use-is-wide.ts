"use client";
import { useSyncExternalStore } from "react";

/** As Tailwind's `lg`: from here on list and evidence stand side by side. */
const WIDE = "(min-width: 64rem)";

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** Whether there is room for list and evidence; rendered on the server as if there were. */
export const useIsWide = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(WIDE).matches,
    () => true,
  );
