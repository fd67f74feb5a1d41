import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface StatProps {
  label: string;
  value: ReactNode;
  /** A line below: what it is compared with, or its unit. */
  hint?: ReactNode;
  /** A sparkline or icon at the right. */
  aside?: ReactNode;
  /** Where the number comes from; the whole tile leads there. */
  href?: string;
  className?: string;
}

/** One number. Lay several in `StatGrid`. */
export function Stat({ label, value, hint, aside, href, className }: StatProps) {
  return (
    <div
      className={cn(
        "relative flex min-w-0 items-end gap-3 bg-surface px-4 py-3",
        href !== undefined && "transition-colors hover:bg-surface-2",
        className,
      )}
    >
      <dl className="min-w-0 flex-1 self-start">
        <dt className="truncate text-xs text-muted">
          {href === undefined ? (
            label
          ) : (
            <Link
              href={href}
              className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
            >
              {label}
            </Link>
          )}
        </dt>
        <dd className="mt-0.5 text-xl font-semibold tabular-nums tracking-tight">{value}</dd>
        {hint !== undefined && <dd className="mt-0.5 truncate text-xs text-muted">{hint}</dd>}
      </dl>
      {aside}
    </div>
  );
}

export function StatGrid({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "flex flex-wrap gap-px overflow-hidden *:grow *:basis-38 rounded-lg border border-line bg-line",
        className,
      )}
    >
      {children}
    </div>
  );
}
