import Link from "next/link";

import { overviewHref } from "@/app/(console)/_overview/search-params";
import { cn } from "@/components/ui/cn";
import { SPANS, type Span } from "@/lib/overview/buckets";

/** How far back the overview looks. Links, so that the choice has an address. */
export function SpanTabs({ span }: { span: Span }) {
  return (
    <nav aria-label="How far back" className="flex gap-0.5 rounded-md border border-line bg-surface-2 p-0.5">
      {(["day", "week"] as const).map((each) => (
        <Link
          key={each}
          href={overviewHref(each)}
          scroll={false}
          aria-current={each === span ? "true" : undefined}
          className={cn(
            "rounded-sm px-2 py-0.5 text-xs text-muted hover:text-foreground",
            each === span && "bg-surface font-medium text-foreground shadow-card",
          )}
        >
          {SPANS[each].label}
        </Link>
      ))}
    </nav>
  );
}
