"use client";
import { useSyncExternalStore } from "react";
import { cn } from "./cn";
import { formatExact, formatRelative, formatTime, type TimeStyle, type TimeValue } from "./format/time";
import { useTimeZone } from "./time-zone";

const TICK_MS = 5_000;

// One timer for all the times on a page, and none while there are no times.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

// Rounded to the tick, so that every time in one rendering sees the same now.
const readNow = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

export interface TimeProps {
  value: TimeValue;
  /** "relative" ("3m ago", ticking) or one of the styles, in the viewer's zone. */
  format?: "relative" | TimeStyle;
  className?: string;
}

/** A moment. Hovering shows it exactly, in UTC and in the viewer's zone. */
export function Time({ value, format = "relative", className }: TimeProps) {
  const timeZone = useTimeZone();
  const now = useSyncExternalStore(subscribe, readNow, readNow);
  const date = new Date(value);
  const text = format === "relative" ? formatRelative(date, now) : formatTime(date, format, timeZone);
  return (
    <time
      dateTime={Number.isNaN(date.getTime()) ? undefined : date.toISOString()}
      title={formatExact(date, timeZone)}
      className={cn("whitespace-nowrap tabular-nums", className)}
      // The clock moves between the server's rendering and the browser's.
      suppressHydrationWarning
    >
      {text}
    </time>
  );
}
