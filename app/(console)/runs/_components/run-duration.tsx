"use client";
import { useSyncExternalStore } from "react";
import { formatDuration } from "@/components/ui/format/duration";

const TICK_MS = 1_000;

const subscribe = (listener: () => void) => {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
};
const never = () => () => undefined;
const readNow = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** How long a run lasted, or has been going on. */
export function RunDuration({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }) {
  const now = useSyncExternalStore(endedAt === null ? subscribe : never, readNow, readNow);
  const ms = (endedAt?.getTime() ?? now) - startedAt.getTime();
  return (
    // The clock moves between the server's rendering and the browser's.
    <span className="whitespace-nowrap tabular-nums" title={`${ms} ms`} suppressHydrationWarning>
      {formatDuration(Math.max(0, ms))}
    </span>
  );
}
