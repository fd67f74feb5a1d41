import { cn } from "./cn";
import { CopyButton } from "./copy-button";

export interface HashProps {
  value: string;
  /** What it is: "run id", "record hash". Named by the copy button. */
  label: string;
  /** How many characters are shown: the end of a UUIDv7 tells apart, the start of a digest. */
  show?: { start?: number; end?: number };
  className?: string;
}

/** An id or digest: shortened, whole on hover, copied whole. */
export function Hash({ value, label, show = { start: 8 }, className }: HashProps) {
  const start = value.slice(0, show.start ?? 0);
  const end = show.end === undefined ? "" : value.slice(-show.end);
  const shortened = start.length + end.length < value.length ? `${start}…${end}` : value;
  return (
    <span className={cn("inline-flex max-w-full items-center gap-0.5", className)}>
      <span className="truncate font-mono text-xs" title={value}>
        {shortened}
      </span>
      <CopyButton text={value} label={`Copy ${label}`} />
    </span>
  );
}
