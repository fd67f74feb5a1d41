"use client";
import { useLayoutEffect, useRef, type MouseEvent } from "react";

/** Longer ago than a double click takes. */
const LOOKED_MS = 600;

/**
 * A press that is meant for what is shown: of a double click the second half would otherwise decide the item that has just come under
 * the pointer, in the moment in which it appears.
 */
export function useDeliberate(act: () => void): (event: MouseEvent) => void {
  const shownMs = useRef(0);
  // Before anything can be pressed on it.
  useLayoutEffect(() => {
    shownMs.current = performance.now();
  }, []);
  return (event) => {
    // When it was pressed, however long the page was busy since.
    if (event.detail < 2 || event.timeStamp - shownMs.current > LOOKED_MS) act();
  };
}
