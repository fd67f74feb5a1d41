"use client";
import { useEffect, useState } from "react";
import type { PanelReadings } from "@/lib/inbox/panel";

/** A decision never changes, and neither does how its rules came out. */
const read = new Map<string, PanelReadings>();
const KEPT = 100;
/** Who passes over an item on the way to another asks for nothing. */
const REST_MS = 120;

/** How the tests of the rules came out for one decision: nothing until it is known, which takes a moment longer than the panel. */
export function useReadings(decisionId: string): PanelReadings {
  const [, show] = useState(0);
  useEffect(() => {
    if (read.has(decisionId)) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const readings = await fetchReadings(decisionId, controller.signal);
      if (readings === null) return;
      for (const oldest of read.keys()) {
        if (read.size < KEPT) break;
        read.delete(oldest);
      }
      read.set(decisionId, readings);
      show((turn) => turn + 1);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [decisionId]);
  return read.get(decisionId) ?? NONE;
}

const NONE: PanelReadings = [];

async function fetchReadings(decisionId: string, signal: AbortSignal): Promise<PanelReadings | null> {
  try {
    const response = await fetch(`/inbox/panel/readings?decision=${decisionId}`, { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
