import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import { cn } from "./cn";

export interface Crumb {
  label: string;
  /** Absent on the page itself. */
  href?: string;
}

export function Breadcrumb({ crumbs, className }: { crumbs: readonly Crumb[]; className?: string }) {
  return (
    <nav aria-label="Breadcrumb" className={cn("min-w-0", className)}>
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <Fragment key={`${crumb.label}:${crumb.href ?? ""}`}>
              {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />}
              <li className={cn("min-w-0", last ? "truncate" : "shrink-0")}>
                {crumb.href === undefined || last ? (
                  <span aria-current={last ? "page" : undefined} className={last ? "font-medium" : "text-muted"}>
                    {crumb.label}
                  </span>
                ) : (
                  <Link href={crumb.href} className="rounded-sm text-muted hover:text-foreground">
                    {crumb.label}
                  </Link>
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
