"use client";
import { useSyncExternalStore } from "react";

/** Makes a hook that gives the time, moving on every `tickMs`: one timer for all that use it on a page, and none while nothing does. */
export function makeUseNow(tickMs: number): () => number {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    timer ??= setInterval(() => {
      for (const each of listeners) each();
    }, tickMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
  // Rounded to the tick, so that everything in one rendering sees the same now.
  const read = (): number => Math.floor(Date.now() / tickMs) * tickMs;
  return () => useSyncExternalStore(subscribe, read, read);
}
