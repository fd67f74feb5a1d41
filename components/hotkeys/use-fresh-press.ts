"use client";
import { useEffect, useRef } from "react";

/**
 * Whether the key that fires was pressed anew. A key held down repeats: the next item would be approved the moment it opens.
 * The listener sees every key before the hotkeys do.
 */
export function useFreshPress(): () => boolean {
  const held = useRef(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      held.current = event.repeat;
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
  return () => !held.current;
}
