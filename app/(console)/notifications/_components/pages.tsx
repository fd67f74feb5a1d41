import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { notificationsHref } from "../search-params";

/** Ways to the neighbouring pages; nothing where there is one page. */
export function Pages({ show, page, pages }: { show: "unread" | "all"; page: number; pages: number }) {
  if (pages <= 1) return null;
  return (
    <nav
      aria-label="Pages"
      className="flex items-center justify-end gap-2 border-t border-line px-4 py-1.5 text-xs text-muted"
    >
      <p className="flex-1 tabular-nums">
        Page {page} of {pages}
      </p>
      {page > 1 && (
        <Button asChild variant="ghost" size="icon-sm">
          <Link href={notificationsHref({ show, page: page - 1 })} aria-label="Newer notifications">
            <ChevronLeft aria-hidden />
          </Link>
        </Button>
      )}
      {page < pages && (
        <Button asChild variant="ghost" size="icon-sm">
          <Link href={notificationsHref({ show, page: page + 1 })} aria-label="Older notifications">
            <ChevronRight aria-hidden />
          </Link>
        </Button>
      )}
    </nav>
  );
}
