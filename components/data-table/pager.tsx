"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { type Paging, pageCount, pageRange } from "./page-range";
import type { TableQueryState } from "./use-table-query";

export interface Noun {
  one: string;
  many: string;
}

/** Where the neighbouring pages are; null at an end. */
export function neighbours(paging: Paging, query: TableQueryState) {
  if (paging.kind === "cursor") {
    return {
      previous: paging.previous === null ? null : { before: paging.previous },
      next: paging.next === null ? null : { after: paging.next },
    };
  }
  return {
    previous: query.page > 1 ? { page: query.page - 1 } : null,
    next: query.page < pageCount(paging.total, query.size) ? { page: query.page + 1 } : null,
  };
}

export function Pager({
  paging,
  query,
  shown,
  noun,
}: {
  paging: Paging;
  query: TableQueryState;
  shown: number;
  noun: Noun;
}) {
  const { previous, next } = neighbours(paging, query);
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-11 items-center gap-2 border-t border-line px-4 py-1.5 text-xs text-muted"
    >
      <p className="flex-1 tabular-nums">{summary(paging, query, shown, noun)}</p>
      {paging.kind === "page" && (
        <p className="tabular-nums max-sm:sr-only">
          Page {formatCount(query.page)} of {formatCount(pageCount(paging.total, query.size))}
        </p>
      )}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Previous page"
        disabled={previous === null}
        onClick={() => previous !== null && query.goTo(previous)}
      >
        <ChevronLeft aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Next page"
        disabled={next === null}
        onClick={() => next !== null && query.goTo(next)}
      >
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  );
}

function summary(paging: Paging, query: TableQueryState, shown: number, noun: Noun): string {
  if (paging.kind === "cursor") {
    return paging.total === undefined
      ? formatPlural(shown, noun.one, noun.many)
      : formatPlural(paging.total, noun.one, noun.many);
  }
  if (paging.total <= shown) return formatPlural(paging.total, noun.one, noun.many);
  const { first, last } = pageRange(query.page, query.size, shown);
  return `${formatCount(first)}–${formatCount(last)} of ${formatPlural(paging.total, noun.one, noun.many)}`;
}
