import type { ReactNode } from "react";
import { cn } from "./cn";

export interface KeyValueItem {
  label: string;
  /** Null and undefined are shown as a dash. */
  value: ReactNode;
}

/** Facts about one thing: label and value, side by side where there is room. */
export function KeyValueList({ items, className }: { items: readonly KeyValueItem[]; className?: string }) {
  return (
    <dl className={cn("@container flex flex-col text-sm", className)}>
      {items.map((item) => (
        <div key={item.label} className="grid gap-x-4 py-1.5 @sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0 wrap-anywhere">{item.value ?? <span className="text-faint">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
