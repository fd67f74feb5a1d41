"use client";
import { useEffect } from "react";

/** Keeps the open item within the list's view as one goes through the queue by key. */
export function ScrollToCurrent({ current }: { current: string }) {
  useEffect(() => {
    document.querySelector(`[data-queue-item="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return null;
}
