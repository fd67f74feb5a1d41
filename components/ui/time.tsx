"use client";
import { cn } from "./cn";
import { formatExact, formatRelative, formatTime, type TimeStyle, type TimeValue } from "./format/time";
import { useTimeZone } from "./time-zone";
import { makeUseNow } from "./use-now";

const useNow = makeUseNow(5_000);

export interface TimeProps {
  value: TimeValue;
  /** "relative" ("3m ago", ticking) or one of the styles, in the viewer's zone. */
  format?: "relative" | TimeStyle;
  className?: string;
}

/** A moment. Hovering shows it exactly, in UTC and in the viewer's zone. */
export function Time({ value, format = "relative", className }: TimeProps) {
  const timeZone = useTimeZone();
  const now = useNow();
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
