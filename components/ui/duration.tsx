import { cn } from "./cn";
import { formatDuration } from "./format/duration";

/** A length of time; null is a dash. */
export function Duration({ ms, className }: { ms: number | null; className?: string }) {
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)} title={ms === null ? undefined : `${ms} ms`}>
      {ms === null ? "–" : formatDuration(ms)}
    </span>
  );
}
