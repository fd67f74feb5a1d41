"use client";
import { formatExact, formatSoon, type TimeValue } from "@/components/ui/format/time";
import { useTimeZone } from "@/components/ui/time-zone";
import { makeUseNow } from "@/components/ui/use-now";

const useNow = makeUseNow(60_000);

/** A moment that is near: its hour, and its day where that is not today. Exact on hover. */
export function Soon({ at }: { at: TimeValue }) {
  const timeZone = useTimeZone();
  const now = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatExact(at, timeZone)}
      className="whitespace-nowrap tabular-nums"
      // The clock moves between the server's rendering and the browser's.
      suppressHydrationWarning
    >
      {formatSoon(at, now, timeZone)}
    </time>
  );
}
