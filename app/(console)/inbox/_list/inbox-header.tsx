"use client";
import { Gauge, History, ListFilter } from "lucide-react";
import Link from "next/link";
import type { Ref } from "react";
import { SearchBox } from "@/components/data-table/search-box";
import { useRestedText } from "@/components/data-table/use-rested-text";
import { Button } from "@/components/ui/button";
import type { ViewCounts } from "@/lib/inbox/counts";
import type { View } from "@/lib/inbox/filter";
import { ViewBar } from "./view-bar";

interface InboxHeaderProps {
  views: readonly View[];
  view: View;
  counts: ViewCounts;
  query: string;
  search: (q: string) => void;
  searchBox: Ref<HTMLInputElement>;
  chooseView: (id: string) => void;
  removeView: (view: View) => void;
  filtering: boolean;
  toggleFilter: () => void;
  /** The viewer may see how approvals went. */
  measures: boolean;
}

/** Which part of the inbox is looked at. */
export function InboxHeader({ searchBox, filtering, ...props }: InboxHeaderProps) {
  const typed = useRestedText(props.query, props.search);
  return (
    <header className="flex flex-wrap items-center gap-x-5 gap-y-1 px-4 pt-3 pb-2 sm:px-6">
      <h1 className="text-lg font-semibold tracking-tight">Inbox</h1>
      <ViewBar
        views={props.views}
        current={props.view.id}
        counts={props.counts}
        choose={props.chooseView}
        remove={props.removeView}
      />
      <span className="flex-1" />
      <div className="flex items-center gap-2 max-sm:w-full">
        <SearchBox ref={searchBox} label="Search the inbox" value={typed.text} onChange={typed.type} hint />
        <Button
          size="icon"
          aria-label="Filters"
          title="Filters (F)"
          aria-expanded={filtering}
          onClick={props.toggleFilter}
        >
          <ListFilter aria-hidden />
        </Button>
        {props.measures && (
          <Button asChild size="icon" variant="ghost" title="Measures">
            <Link href="/inbox/measures" aria-label="Measures">
              <Gauge aria-hidden />
            </Link>
          </Button>
        )}
        <Button asChild size="icon" variant="ghost" title="What was decided">
          <Link href="/approvals" aria-label="What was decided">
            <History aria-hidden />
          </Link>
        </Button>
      </div>
    </header>
  );
}
